//! What the source of the packages may declare, whatever configuration it is compiled in.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::Reason;
use super::leads::{self, Lead};
use super::mention::{self, Call, Mention};
use super::walk;
use crate::body::read::bytes_of;
use crate::discover::Declared;
use crate::discover::graph::{CORE, Graph, Kind, MACROS, Package, is_hidden};
use crate::location::from;
use crate::parallel;
use crate::store::{Name, Store};

/// No source that people write is larger.
const MAX_BYTES: u64 = 16 << 20;

/// What may write source for configurations that aren't built.
const BUILD_SCRIPT: &str = "build.rs";

/// What a procedural macro names that makes event types.
const DERIVE: &str = "AuditEvent";

/// What the source says.
#[derive(Default)]
pub struct Found {
    /// Which of the names some file may declare, and where.
    pub mentions: BTreeMap<Name, Reason>,
    /// Why there may be declarations that no file shows.
    pub blind_spot: Option<String>,
}

/// Looks for `names`, and for what this build declares: a search that doesn't find that isn't to be trusted with the rest.
pub fn search(
    names: &BTreeSet<Name>,
    declared: &[Declared],
    graph: &Graph,
    store: &Store,
) -> Found {
    let search = Search::new(names, declared, graph, store);
    let (mut found, mut said) = (Found::default(), HashSet::new());
    let (mut mentions, mut redefined) = (Vec::new(), HashSet::new());
    let walked = walk::files(graph);
    let (mut leads, gone): (Vec<_>, Vec<_>) = graph
        .sources()
        .filter(|path| !walked.contains(*path))
        .cloned()
        .partition(|path| path.is_file());
    let mut gone = gone.iter().filter(|path| search.may_declare(path));
    found.blind_spot = gone.next().map(|path| search.unseen(path, 1));
    let canonical = |path: &PathBuf| path.canonicalize().ok();
    let mut seen: HashSet<_> = walked.iter().filter_map(canonical).collect();
    let (mut files, mut are_walked) = (walked.into_iter().collect::<Vec<_>>(), true);
    while !files.is_empty() {
        for of_file in parallel::map(&files, |path| search.file(path, are_walked), |_| {}) {
            mentions.extend(of_file.mentions);
            redefined.extend(of_file.redefined);
            said.extend(of_file.said);
            leads.extend(of_file.leads);
            found.blind_spot = found.blind_spot.or(of_file.blind_spot);
        }
        files = leads.iter().filter_map(canonical).collect();
        files.retain(|path| seen.insert(path.clone()));
        (leads, are_walked) = (Vec::new(), false);
    }
    for (Mention { name, common, .. }, reason) in mentions {
        if common.is_empty() || common.iter().any(|name| redefined.contains(name)) {
            found.mentions.entry(name).or_insert(reason);
        }
    }
    let mut built = search.built.iter().map(|one| &one.action);
    let lost = built.find(|action| !said.contains(action.as_str()));
    let lost =
        lost.map(|action| format!("no source file names {action:?} either, which this build has"));
    found.blind_spot = found.blind_spot.or(lost);
    found
}

struct Search<'a> {
    graph: &'a Graph,
    store: &'a Store,
    names: &'a BTreeSet<Name>,
    /// The declarations of this build.
    built: Vec<&'a Declared>,
    /// All that is looked for.
    actions: HashSet<&'a str>,
    /// Packages that run in the compiler.
    in_the_compiler: HashSet<&'a str>,
}

/// The findings of one file.
#[derive(Default)]
struct OfFile<'a> {
    said: HashSet<&'a str>,
    mentions: Vec<(Mention, Reason)>,
    redefined: Vec<&'static str>,
    leads: Vec<PathBuf>,
    blind_spot: Option<String>,
}

impl<'a> Search<'a> {
    fn new(
        names: &'a BTreeSet<Name>,
        declared: &'a [Declared],
        graph: &'a Graph,
        store: &'a Store,
    ) -> Self {
        // Packages without business in the folder aren't searched.
        let built = declared.iter();
        let built: Vec<_> = built
            .filter(|one| !graph.is_kept_apart(&one.package))
            .collect();
        let names_of_built = built.iter().map(|one| one.action.as_str());
        let actions = names.iter().map(|(action, _)| action.as_str());
        Self {
            graph,
            store,
            names,
            actions: actions.chain(names_of_built).collect(),
            built,
            in_the_compiler: graph.in_the_compiler(),
        }
    }

    /// A file that was walked to has its modules in files that were walked to.
    fn file(&self, path: &Path, is_walked: bool) -> OfFile<'a> {
        let bytes = match bytes_of(path, MAX_BYTES) {
            Ok(bytes) => bytes,
            // Editors keep such links for locks, too.
            Err(error)
                if error.kind() == ErrorKind::NotFound
                    && (!path.is_symlink() || is_hidden(path) || !self.may_declare(path)) =>
            {
                return OfFile::default();
            }
            Err(_) => {
                return OfFile {
                    blind_spot: Some(self.unseen(path, 1)),
                    ..OfFile::default()
                };
            }
        };
        let text = String::from_utf8_lossy(&bytes);
        let (said, mentions) = self.mentions(path, &text);
        let package = self.graph.around(path);
        let is_of_macros = package.is_some_and(|package| package.kind == Kind::Macro);
        let makes_events = package.filter(|package| self.makes_events(package, &text));
        let mut of_file = OfFile {
            said,
            mentions,
            redefined: mention::redefined(&text, is_of_macros).collect(),
            leads: Vec::new(),
            blind_spot: makes_events
                .map(|package| format!("the macros of `{}` make events", package.name)),
        };
        for lead in leads::all(path, &text, is_walked) {
            match lead {
                Lead::File(path) => of_file.leads.push(path),
                // A macro's text is compiled where it is used.
                Lead::Unseen(line) if self.may_declare(path) || text.contains("macro_rules!") => {
                    let unseen = || Some(self.unseen(path, line));
                    of_file.blind_spot = of_file.blind_spot.or_else(unseen);
                }
                Lead::Unseen(_) => {}
            }
        }
        of_file
    }

    /// The actions in a file, and the versions that it may declare.
    fn mentions(&self, path: &Path, text: &str) -> (HashSet<&'a str>, Vec<(Mention, Reason)>) {
        let is_script = path.file_name().is_some_and(|name| name == BUILD_SCRIPT);
        let said: HashSet<_> = if is_script {
            let actions = self.actions.iter().copied();
            actions.filter(|action| text.contains(action)).collect()
        } else {
            mention::said(text, &self.actions)
        };
        let names = self.names.iter();
        let names: Vec<_> = names.filter(|name| said.contains(&*name.0)).collect();
        let found = if names.is_empty() {
            Vec::new()
        } else if is_script {
            mention::in_text(text, &names)
        } else {
            mention::all(text, &names, |name, call| self.may_make(name, call))
        };
        let file = from(self.graph.workspace_root(), path);
        let with_reason = |mention: Mention| {
            let reason = Reason::Source {
                file: file.clone(),
                line: mention.line,
            };
            (mention, reason)
        };
        (said, found.into_iter().map(with_reason).collect())
    }

    /// Whether a macro that is given the action may make this version. One that is given the number of a version of this build is given
    /// that of each that it makes.
    fn may_make(&self, (action, version): &Name, call: &Call) -> bool {
        let built = self.built.iter().filter(|one| one.action == *action);
        let built: Vec<_> = built.map(|one| one.version).collect();
        if built.iter().any(|version| call.numbers.contains(version)) {
            return call.numbers.contains(version);
        }
        // What is registered is never removed, so nothing hangs on numbers that macros have of their own.
        built.is_empty() || !self.store.is_registered(action, *version)
    }

    /// A file takes in source that isn't there, or that something computes.
    fn unseen(&self, path: &Path, line: usize) -> String {
        let file = from(self.graph.workspace_root(), path);
        format!("{file}:{line} includes source that can't be searched")
    }

    /// Whether a file's package can declare events at all.
    fn may_declare(&self, path: &Path) -> bool {
        self.graph
            .around(path)
            .is_none_or(|package| package.can_reach_core)
    }

    /// Whether the procedural macros of a package may make events of what names no action.
    fn makes_events(&self, package: &Package, text: &str) -> bool {
        let name = package.name.as_str();
        text.contains(DERIVE)
            && (self.in_the_compiler.contains(name) || !package.can_reach_core)
            && ![CORE, MACROS].contains(&name)
    }
}
