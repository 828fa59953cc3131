//! What a build can't tell: which of the versions that it doesn't declare another configuration of the same packages may declare
//! (features, `cfg`, targets, tests, examples). Decides for each whether its code is gone.

mod lock;
mod mention;
mod sources;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::console::Console;
use crate::discover::Discovery;
use crate::discover::graph::Graph;
use crate::report::words::named;
use crate::store::{Name, Store};

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
    /// A dependency that wasn't built may have events.
    Dependency(String),
    /// Some events come from source that the build generates.
    Generated,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Source { file, line } => write!(f, "{file}:{line}"),
            Self::Dependency(name) => write!(f, "the dependency `{name}` wasn't built"),
            Self::Generated => f.write_str("the build generates source"),
        }
    }
}

impl Coverage {
    /// Looks for those of `names` that `found` doesn't declare. Where not every package was built, nothing can be said of any.
    pub fn new(whole: bool, names: impl IntoIterator<Item = Name>, found: &Discovery, graph: &Graph, store: &Store) -> Self {
        let mut coverage = Self { whole, has_features_off: graph.has_features_off(), ..Self::default() };
        let undeclared: BTreeSet<_> =
            names.into_iter().filter(|(action, version)| !found.catalogue.declares(action, *version)).collect();
        if !whole || undeclared.is_empty() {
            return coverage;
        }
        coverage.elsewhere = sources::search(&undeclared, &found.declared, graph);
        // What is registered stays where it is, so nothing hangs on what can't be seen of it.
        let unregistered = |name: &&Name| store.registered(&name.0, name.1).next().is_none();
        let unseen: Vec<_> =
            undeclared.iter().filter(unregistered).filter(|name| !coverage.elsewhere.contains_key(*name)).cloned().collect();
        if let Some(reason) = (!unseen.is_empty()).then(|| coverage.blind_spot(found, graph)).flatten() {
            coverage.elsewhere.extend(unseen.into_iter().map(|name| (name, reason.clone())));
        }
        coverage
    }

    /// The same for every version that has files.
    pub fn of_folder(whole: bool, found: &Discovery, graph: &Graph, store: &Store) -> Self {
        Self::new(whole, store.versions.keys().cloned(), found, graph, store)
    }

    /// Code that the sources of the packages don't show.
    fn blind_spot(&self, found: &Discovery, graph: &Graph) -> Option<Reason> {
        let dependency = || lock::not_built(graph).map(Reason::Dependency);
        let generated = || {
            self.has_features_off
                && found.declared.iter().any(|declared| graph.is_generated(&graph.workspace_root().join(&declared.file)))
        };
        dependency().or_else(|| generated().then_some(Reason::Generated))
    }

    /// Everything was built, and nothing else declares anything.
    #[cfg(test)]
    pub fn complete() -> Self {
        Self { whole: true, ..Self::default() }
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

    /// Says what wasn't looked at.
    pub fn mention(&self, console: &Console) {
        if !self.whole {
            console.progress(NOT_WHOLE);
        } else if let Some(names) = self.names(|_| true) {
            console.progress(format_args!(
                "not compared with code, as only another configuration may declare it: {names}{}",
                self.way_out()
            ));
        }
    }

    /// Says what isn't removed, as it may not be gone.
    pub fn warn_of_pruning(&self, store: &Store, console: &Console) {
        if !self.whole {
            console.warn(NOT_WHOLE);
        } else if let Some(names) = self.names(|(action, version)| store.registered(action, *version).next().is_none()) {
            console.warn(&format!("not removed, as another configuration may declare it: {names}{}", self.way_out()));
        }
    }

    fn way_out(&self) -> &'static str {
        if self.has_features_off { "; build with `--all-features` to compare what features declare" } else { "" }
    }

    /// `user.signed_in version 1 (src/lib.rs:12), team.created version 2 (src/sso.rs:3) and 3 more`
    fn names(&self, is_meant: impl Fn(&Name) -> bool) -> Option<String> {
        let meant = self.elsewhere.iter().filter(|(name, _)| is_meant(name));
        let names: Vec<_> = meant.map(|((action, version), reason)| format!("{action} version {version} ({reason})")).collect();
        (!names.is_empty()).then(|| named(&names))
    }
}

const NOT_WHOLE: &str =
    "orphaned schemas weren't looked for, as not every package that has schemas in this folder was built: use `--workspace`";
