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
    pub blind_spot: Option<Reason>,
}

/// Looks for `names`, and for what this build declares: a search that doesn't find that isn't to be trusted with the rest.
pub fn search(
    names: &BTreeSet<Name>,
    declared: &[Declared],
    graph: &Graph,
    store: &Store,
) -> Found {
    let mut search = Search::new(names, declared, graph, store);
    let (mut found, mut said) = (Found::default(), HashSet::new());
    let walked = walk::files(graph);
    let (mut seen, mut files, mut are_walked) = (HashSet::new(), walked.clone(), true);
    let (mut leads, gone): (Vec<_>, Vec<_>) = graph
        .sources()
        .filter(|path| walked.binary_search(path).is_err())
        .cloned()
        .partition(|path| path.is_file());
    found.blind_spot = gone
        .iter()
        .find(|path| search.may_declare(path))
        .map(|path| search.unseen(path, 1));
    while !files.is_empty() {
        let read = parallel::map(&files, |path| search.file(path, are_walked), |_| {});
        // All of them are known before it is asked what macros may make.
        search
            .own
            .extend(read.iter().flat_map(|of_file| &of_file.own));
        let read_at: Vec<_> = files.iter().zip(&read).collect();
        let mentions = parallel::map(
            &read_at,
            |(path, of_file)| search.mentions(path, of_file),
            |_| {},
        );
        for (name, reason) in mentions.into_iter().flatten() {
            found.mentions.entry(name).or_insert(reason);
        }
        for of_file in read {
            said.extend(of_file.said);
            leads.extend(of_file.leads);
            found.blind_spot = found.blind_spot.or(of_file.blind_spot);
        }
        if are_walked && !leads.is_empty() {
            seen = walked
                .iter()
                .filter_map(|path| path.canonicalize().ok())
                .collect();
        }
        files = leads
            .drain(..)
            .filter_map(|path| path.canonicalize().ok())
            .filter(|path| seen.insert(path.clone()))
            .collect();
        are_walked = false;
    }
    let lost = search.declared().find(|action| !said.contains(action));
    found.blind_spot = found
        .blind_spot
        .or_else(|| lost.map(|action| Reason::Lost(action.to_owned())));
    found
}

struct Search<'a> {
    graph: &'a Graph,
    store: &'a Store,
    names: &'a BTreeSet<Name>,
    /// What this build declares, by file.
    built: BTreeMap<PathBuf, Vec<&'a Declared>>,
    /// All that is looked for.
    actions: HashSet<&'a str>,
    /// Names of std's macros that others have here.
    own: HashSet<&'static str>,
    /// Packages that run in the compiler.
    in_the_compiler: HashSet<&'a str>,
}

/// What one file says.
#[derive(Default)]
struct OfFile<'a> {
    said: HashSet<&'a str>,
    /// All of it, where anything is said.
    text: String,
    own: Vec<&'static str>,
    leads: Vec<PathBuf>,
    blind_spot: Option<Reason>,
}

impl<'a> Search<'a> {
    fn new(
        names: &'a BTreeSet<Name>,
        declared: &'a [Declared],
        graph: &'a Graph,
        store: &'a Store,
    ) -> Self {
        let mut built: BTreeMap<PathBuf, Vec<&Declared>> = BTreeMap::new();
        // Packages without business in the folder aren't searched.
        for one in declared
            .iter()
            .filter(|one| !graph.is_kept_apart(&one.package))
        {
            let path = graph.workspace_root().join(&one.file);
            built
                .entry(path.canonicalize().unwrap_or(path))
                .or_default()
                .push(one);
        }
        let (own, in_the_compiler) = (HashSet::new(), graph.in_the_compiler());
        let mut search = Self {
            graph,
            store,
            names,
            built,
            actions: HashSet::new(),
            own,
            in_the_compiler,
        };
        search.actions = names
            .iter()
            .map(|(action, _)| action.as_str())
            .chain(search.declared())
            .collect();
        search
    }

    fn declared(&self) -> impl Iterator<Item = &'a str> {
        self.built.values().flatten().map(|one| one.action.as_str())
    }

    fn own(&self, path: &Path, text: &str) -> Vec<&'static str> {
        let is_macro = |package: &Package| package.kind == Kind::Macro;
        mention::own(text, || self.graph.around(path).is_some_and(is_macro))
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
        let said = if is_script(path) {
            mention::anywhere(&text, &self.actions)
        } else {
            mention::said(&text, &self.actions)
        };
        let own = if is_walked {
            self.own(path, &text)
        } else {
            Vec::new()
        };
        let (mut leads, mut blind_spot) = (
            Vec::new(),
            self.makes_events(path, &text).map(Reason::Macro),
        );
        for lead in leads::all(path, &text, is_walked) {
            match lead {
                Lead::File(path) => leads.push(path),
                // A macro's text is compiled where it is used.
                Lead::Unseen(line) if self.may_declare(path) || text.contains("macro_rules!") => {
                    blind_spot = blind_spot.or_else(|| Some(self.unseen(path, line)));
                }
                Lead::Unseen(_) => {}
            }
        }
        let text = if said.is_empty() {
            String::new()
        } else {
            text.into_owned()
        };
        OfFile {
            said,
            text,
            own,
            leads,
            blind_spot,
        }
    }

    fn mentions(&self, path: &Path, OfFile { said, text, .. }: &OfFile<'_>) -> Vec<(Name, Reason)> {
        let names: Vec<_> = self
            .names
            .iter()
            .filter(|(action, _)| said.contains(action.as_str()))
            .collect();
        if names.is_empty() {
            return Vec::new();
        }
        let built = path
            .canonicalize()
            .ok()
            .and_then(|path| self.built.get(&path))
            .map_or(&[][..], Vec::as_slice);
        let found = if is_script(path) {
            mention::in_text(text, &names)
        } else {
            mention::all(text, &names, &self.own, |name, call| {
                self.may_make(name, call, built)
            })
        };
        let file = from(self.graph.workspace_root(), path);
        let reason = |line| Reason::Source {
            file: file.clone(),
            line,
        };
        found
            .into_iter()
            .map(|Mention { name, line }| (name, reason(line)))
            .collect()
    }

    /// Whether a macro that is given the action may make this version. One that is given the number of a version of this build is given
    /// that of each that it makes; the line of what it made may be its own.
    fn may_make(&self, (action, version): &Name, call: &Call, built: &[&Declared]) -> bool {
        let mut declared = self
            .built
            .values()
            .flatten()
            .filter(|one| one.action == *action);
        if declared.any(|one| call.numbers.contains(&one.version)) {
            return call.numbers.contains(version);
        }
        let is_made = |one: &&Declared| {
            one.action == *action && (call.first..=call.last).contains(&(one.line as usize))
        };
        // What is registered is never removed, so nothing hangs on numbers that macros have of their own.
        !built.iter().any(is_made) || !self.store.is_registered(action, *version)
    }

    fn unseen(&self, path: &Path, line: usize) -> Reason {
        Reason::Unseen {
            file: from(self.graph.workspace_root(), path),
            line,
        }
    }

    /// Whether a file's package can declare events at all.
    fn may_declare(&self, path: &Path) -> bool {
        self.graph
            .around(path)
            .is_none_or(|package| package.can_reach_core)
    }

    /// The package around a file, if its procedural macros may make events of what names no action.
    fn makes_events(&self, path: &Path, text: &str) -> Option<String> {
        let package = if text.contains(DERIVE) {
            self.graph.around(path)?
        } else {
            return None;
        };
        let is_meant = (self.in_the_compiler.contains(&*package.name) || !package.can_reach_core)
            && ![CORE, MACROS].contains(&&*package.name);
        is_meant.then(|| package.name.clone())
    }
}

fn is_script(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == BUILD_SCRIPT)
}
