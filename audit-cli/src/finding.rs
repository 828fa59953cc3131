//! What `check` and `export` have to report: each finding has a code, a sentence and a way out.

use serde::Serialize;

use crate::catalogue::{Catalogue, Conflict, Entry, source};
use crate::life::{Match, State, Version};
use crate::store::Store;

/// The kinds of findings. Their names are for scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// Code declares a version that isn't exported.
    Missing,
    /// The committed body isn't what the code renders.
    Stale,
    /// The registered body isn't what the code renders.
    Registered,
    /// Neither code nor a registration knows the file.
    Orphaned,
    /// `v<N>.event.json` isn't what the code renders.
    Event,
    /// Two different schemas for one version.
    Conflict,
    /// `index.txt` doesn't list the files that there are.
    Index,
}

impl Code {
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Stale => "stale",
            Self::Registered => "registered",
            Self::Orphaned => "orphaned",
            Self::Event => "event",
            Self::Conflict => "conflict",
            Self::Index => "index",
        }
    }
}

/// Something that isn't as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub code: Code,
    pub action: Option<String>,
    pub version: Option<u32>,
    /// One sentence.
    pub message: String,
    /// What to do.
    pub help: String,
    pub package: Option<String>,
    /// Where the event type stands.
    pub file: Option<String>,
    pub line: Option<u32>,
}

const EXPORT: &str = "run `cargo audit-schema export`";

impl Finding {
    /// What is wrong with a version; its body first: `event.json` is derived from it.
    pub fn of_version(version: &Version<'_>, store: &Store) -> Option<Self> {
        if version.breaks_registration() {
            return Some(registered(version));
        }
        match (version.state(), version.body, version.event) {
            (State::Retired, _, _) | (_, Match::Same, Match::Same) => None,
            (State::Orphaned, _, _) => Some(orphaned(version, store)),
            (_, Match::Absent, _) => Some(version_finding(version, Code::Missing, "isn't exported", EXPORT)),
            (_, Match::Differs, _) => Some(stale(version, store)),
            (_, Match::Same, event) => Some(event_schema(version, event, store)),
        }
    }

    /// Names every place.
    pub fn of_conflict(conflict: &Conflict) -> Self {
        let Conflict { action, version, places } = conflict;
        let places_text: Vec<_> =
            places.iter().map(|place| format!("{} (package `{}`)", source(&place.source), place.package)).collect();
        let first = places.first();
        Self {
            code: Code::Conflict,
            action: Some(action.clone()),
            version: Some(*version),
            message: format!("{action} version {version} has {} different schemas: {}", places.len(), places_text.join(", ")),
            help: "give one of them another action or version".into(),
            package: first.map(|place| place.package.clone()),
            file: first.map(|place| place.source.file.clone()),
            line: first.map(|place| place.source.line),
        }
    }

    pub fn of_index(store: &Store) -> Self {
        let path = store.root().join(crate::store::index::FILE);
        Self {
            code: Code::Index,
            action: None,
            version: None,
            message: format!("{} doesn't list the schemas that are there", path.display()),
            help: EXPORT.into(),
            package: None,
            file: None,
            line: None,
        }
    }
}

/// Everything that is wrong with the versions and their names.
pub fn all(catalogue: &Catalogue, versions: &[Version<'_>], store: &Store) -> Vec<Finding> {
    let conflicts = catalogue.conflicts.iter().map(Finding::of_conflict);
    let mut findings: Vec<_> = conflicts.chain(versions.iter().filter_map(|version| Finding::of_version(version, store))).collect();
    findings.sort_by(|a, b| (&a.action, a.version).cmp(&(&b.action, b.version)));
    findings
}

fn version_finding(version: &Version<'_>, code: Code, what: &str, help: &str) -> Finding {
    let place = version.entry.map(Entry::place);
    let at = place.as_ref().map(|place| format!(" ({})", source(&place.source))).unwrap_or_default();
    Finding {
        code,
        action: Some(version.action.into()),
        version: Some(version.number),
        message: format!("{} version {} {what}{at}", version.action, version.number),
        help: help.into(),
        package: place.as_ref().map(|place| place.package.clone()),
        file: place.as_ref().map(|place| place.source.file.clone()),
        line: place.map(|place| place.source.line),
    }
}

fn event_schema(version: &Version<'_>, event: Match, store: &Store) -> Finding {
    let path = store.event_path(version.action, version.number);
    let what = if event == Match::Absent { "is missing" } else { "isn't what the code renders" };
    version_finding(version, Code::Event, &format!("has no current event schema: {} {what}", path.display()), EXPORT)
}

fn stale(version: &Version<'_>, store: &Store) -> Finding {
    let path = store.body_path(version.action, version.number);
    let what = format!("isn't what {} holds", path.display());
    let help =
        "`cargo audit-schema export --update` rewrites it, as it is registered nowhere; or raise `version` and export the new one";
    version_finding(version, Code::Stale, &what, help)
}

fn registered(version: &Version<'_>) -> Finding {
    let (what, help) = if version.differs_in.is_empty() {
        let what = format!("was changed in the folder, although it is registered in {}", version.registered_in.join(", "));
        (what, "take the file back from version control: the code still renders what is registered")
    } else {
        let what = format!("isn't what is registered in {}", version.differs_in.join(", "));
        (what, "a registered version never changes: raise `version` and export the new one")
    };
    version_finding(version, Code::Registered, &what, help)
}

fn orphaned(version: &Version<'_>, store: &Store) -> Finding {
    let what =
        format!("is declared by no code and registered nowhere, but has files in {}", store.root().join(version.action).display());
    version_finding(version, Code::Orphaned, &what, "`cargo audit-schema export --prune` removes them")
}
