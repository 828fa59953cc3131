//! What a build can't tell: which of the versions that it doesn't declare another configuration of the same packages may declare
//! (features, `cfg`, targets, tests, examples). Decides for each whether its code is gone.

mod leads;
mod lock;
mod mention;
mod sources;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::args::Build;
use crate::console::Console;
use crate::discover::graph::Graph;
use crate::discover::{Artifacts, Discovery, nothing};
use crate::failure::Failure;
use crate::store::{Name, Store};
use crate::text::named;
use crate::text::printable;

/// What is known of the versions that a build doesn't declare.
#[derive(Debug, Default)]
pub struct Coverage {
    /// Whether every package was built whose events belong into the folder.
    whole: bool,
    elsewhere: BTreeMap<Name, Reason>,
    /// Whether the workspace has features that were off.
    has_features_off: bool,
}

/// Why another configuration may declare a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A source file declares it, or passes its action to a macro.
    Source { file: String, line: usize },
    /// There may be declarations that no file shows: the reason.
    BlindSpot(String),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Source { file, line } => write!(f, "{file}:{line}"),
            Self::BlindSpot(reason) => f.write_str(reason),
        }
    }
}

impl Coverage {
    /// Looks for what the folder has, and for what it lost. A build without events is one that can't be read, unless the source says that
    /// other configurations have them.
    pub fn of_folder(
        artifacts: &Artifacts,
        found: &Discovery,
        build: &Build,
        graph: &Graph,
        store: &Store,
    ) -> Result<(Self, Self), Failure> {
        let whole = artifacts.covers(store.root(), build, graph);
        let lost = store.lost();
        let all = Self::new(
            whole,
            store.versions.keys().chain(&lost).cloned(),
            found,
            graph,
            store,
        );
        all.explains(found, build, graph)?;
        Ok((
            all.only(|name| store.versions.contains_key(name)),
            all.only(|name| lost.contains(name)),
        ))
    }

    fn only(&self, is_meant: impl Fn(&Name) -> bool) -> Self {
        let meant = self.elsewhere().filter(|(name, _)| is_meant(name));
        Self {
            elsewhere: meant
                .map(|(name, reason)| (name.clone(), reason.clone()))
                .collect(),
            ..*self
        }
    }

    /// Looks for those of `names` that `found` doesn't declare. Where not every package was built, nothing can be said of any.
    pub fn new(
        whole: bool,
        names: impl IntoIterator<Item = Name>,
        found: &Discovery,
        graph: &Graph,
        store: &Store,
    ) -> Self {
        let mut coverage = Self {
            whole,
            has_features_off: graph.has_features_off(),
            ..Self::default()
        };
        let undeclared = undeclared(names, found);
        if undeclared.is_empty() || !(whole || found.is_empty()) {
            return coverage;
        }
        let sources = sources::search(&undeclared, &found.declared, graph, store);
        coverage.elsewhere = sources.mentions;
        // What is registered stays where it is, so nothing hangs on what can't be seen of it.
        let unregistered = |name: &Name| !store.is_registered(&name.0, name.1);
        let unseen: Vec<_> = undeclared
            .into_iter()
            .filter(|name| !coverage.elsewhere.contains_key(name) && unregistered(name))
            .collect();
        if !unseen.is_empty()
            && let Some(reason) = lock::not_built(graph)
                .map(|name| format!("the dependency `{name}` wasn't built"))
                .or(sources.blind_spot)
        {
            let blind_spot = Reason::BlindSpot(reason);
            let unseen = unseen.into_iter().map(|name| (name, blind_spot.clone()));
            coverage.elsewhere.extend(unseen);
        }
        coverage
    }

    /// Fails where a build has no events, unless other configurations of the same packages have some.
    pub fn explains(&self, found: &Discovery, build: &Build, graph: &Graph) -> Result<(), Failure> {
        let root = graph.workspace_root();
        let is_declared = |reason: &Reason| matches!(reason, Reason::Source { file, .. } if graph.selects(build, &root.join(file)));
        if found.is_empty() && !self.elsewhere.values().any(is_declared) {
            Err(nothing(build, graph))
        } else {
            Ok(())
        }
    }

    /// Everything was built, and nothing else declares anything.
    #[cfg(test)]
    pub fn complete() -> Self {
        Self {
            whole: true,
            ..Self::default()
        }
    }

    /// Not every package was built.
    pub fn partial() -> Self {
        Self::default()
    }

    /// Whether every version that isn't declared is known to be declared nowhere.
    pub fn is_complete(&self) -> bool {
        self.whole && self.elsewhere.is_empty()
    }

    /// Whether no configuration declares a version that this build doesn't.
    pub fn is_gone(&self, action: &str, version: u32) -> bool {
        self.whole && !self.elsewhere.contains_key(&(action.to_owned(), version))
    }

    /// The versions that another configuration may declare, and why.
    pub fn elsewhere(&self) -> impl Iterator<Item = (&Name, &Reason)> {
        self.elsewhere.iter()
    }

    /// Says what wasn't looked at.
    pub fn mention(&self, console: &Console) {
        if !self.whole {
            console.progress(NOT_WHOLE);
        }
        self.mention_of(|_| true, console);
    }

    /// The same of some actions.
    pub fn mention_of(&self, is_meant: impl Fn(&str) -> bool, console: &Console) {
        if let Some(names) = self.names(|(action, _)| is_meant(action)) {
            console.progress(format_args!("{UNSEEN}: {names}{}", self.way_out()));
        }
    }

    /// Says what isn't removed, as it may not be gone.
    pub fn warn_of_pruning(&self, store: &Store, console: &Console) {
        if !self.whole {
            console.warn(NOT_WHOLE);
        } else if let Some(names) =
            self.names(|(action, version)| !store.is_registered(action, *version))
        {
            console.warn(&format!(
                "not removed, as another configuration may declare it: {names}{}",
                self.way_out()
            ));
        }
    }

    /// Why an action isn't in this build, where another configuration may declare it.
    pub fn missing(&self, action: &str) -> Option<Failure> {
        let names = self.names(|(name, _)| name == action)?;
        Some(
            Failure::new(format!("no code of this build declares {names}"))
                .help(self.way_out().trim_start_matches("; ")),
        )
    }

    /// What is known of the code of a version that this build doesn't declare.
    pub fn sentence(&self, action: &str, version: u32) -> String {
        match self.elsewhere.get(&(action.to_owned(), version)) {
            Some(reason) => {
                format!(
                    "This build doesn't declare it; another configuration may: {}.",
                    printable(&reason.to_string())
                )
            }
            None if self.whole => "No code declares it any more.".into(),
            None => "This build doesn't declare it.".into(),
        }
    }

    /// What to do, behind what wasn't looked at.
    fn way_out(&self) -> &'static str {
        if self.has_features_off {
            "; build with `--all-features` to compare what features declare"
        } else {
            "; what another target declares is compared there, and of what is gone and registered nowhere remove the files and the line in index.txt"
        }
    }

    /// `user.signed_in version 1 (src/lib.rs:12), team.created version 2 (src/sso.rs:3) and 3 more`
    fn names(&self, is_meant: impl Fn(&Name) -> bool) -> Option<String> {
        let meant = self.elsewhere.iter().filter(|(name, _)| is_meant(name));
        let names: Vec<_> = meant
            .map(|((action, version), reason)| format!("{action} version {version} ({reason})"))
            .collect();
        (!names.is_empty()).then(|| named(&names))
    }
}

/// Those of `names` that `found` doesn't declare and a source file may.
pub fn in_source(
    names: impl IntoIterator<Item = Name>,
    found: &Discovery,
    graph: &Graph,
    store: &Store,
) -> BTreeSet<Name> {
    let undeclared = undeclared(names, found);
    if undeclared.is_empty() {
        return undeclared;
    }
    sources::search(&undeclared, &found.declared, graph, store)
        .mentions
        .into_keys()
        .collect()
}

fn undeclared(names: impl IntoIterator<Item = Name>, found: &Discovery) -> BTreeSet<Name> {
    names
        .into_iter()
        .filter(|(action, version)| !found.catalogue.declares(action, *version))
        .collect()
}

const UNSEEN: &str = "not compared with code, as only another configuration may declare it";

const NOT_WHOLE: &str = "skipped the orphan check: not all packages of this folder were built (use `--workspace`), or the folder is outside of the workspace";
