//! The status of a version, by code, folder and registrations.

use std::borrow::Cow;
use std::collections::BTreeSet;

use audit_core::schema::record::read::Event;
use serde::Serialize;

use crate::catalogue::{Catalogue, Entry};
use crate::coverage::Coverage;
use crate::event_schema;
use crate::parallel;
use crate::store::{Files, Name, Store, holds};

/// The states of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Code, no file.
    Draft,
    /// Code and file, registered nowhere.
    Committed,
    /// Code, and registered in some environment.
    Registered,
    /// Registered, without code.
    Retired,
    /// A file only.
    Orphaned,
}

impl State {
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Committed => "committed",
            Self::Registered => "registered",
            Self::Retired => "retired",
            Self::Orphaned => "orphaned",
        }
    }
}

/// How a file compares with what the code renders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Match {
    #[serde(rename = "not-in-folder")]
    Absent,
    Same,
    Differs,
}

/// One version of one action.
#[derive(Debug)]
pub struct Version<'a> {
    pub action: &'a str,
    pub number: u32,
    /// Its declaration in the code.
    pub entry: Option<&'a Entry>,
    pub files: Option<&'a Files>,
    /// How `v<N>.json` compares with it.
    pub body: Match,
    /// How `v<N>.event.json` compares with it.
    pub event: Match,
    /// The environments in which it is registered.
    pub registered_in: Vec<&'a str>,
    /// Those of them with another body than the code's.
    pub differs_in: Vec<&'a str>,
}

impl Version<'_> {
    pub fn name(&self) -> Name {
        (self.action.to_owned(), self.number)
    }

    pub fn state(&self) -> State {
        match (self.entry, self.registered_in.is_empty(), self.body) {
            (None, false, _) => State::Retired,
            (None, true, _) => State::Orphaned,
            (Some(_), false, _) => State::Registered,
            (Some(_), true, Match::Absent) => State::Draft,
            (Some(_), true, _) => State::Committed,
        }
    }

    /// Whether it is registered with another body than the code's, or its file was changed.
    pub fn breaks_registration(&self) -> bool {
        self.state() == State::Registered
            && (self.body == Match::Differs || !self.differs_in.is_empty())
    }
}

/// Every version in code or folder, sorted; those with two schemas are the catalogue's conflicts. Files of versions that another
/// configuration may declare are left out: their state is unknown.
pub fn versions<'a>(
    catalogue: &'a Catalogue,
    store: &'a Store,
    coverage: &Coverage,
) -> Vec<Version<'a>> {
    let mut names: BTreeSet<(&str, u32)> = catalogue
        .entries
        .iter()
        .map(|entry| (entry.event.action.as_str(), entry.event.version))
        .collect();
    let in_folder = store
        .versions
        .keys()
        .map(|(action, version)| (action.as_str(), *version));
    names.extend(in_folder.filter(|(action, version)| {
        !catalogue.declares(action, *version) && coverage.is_gone(action, *version)
    }));
    let names: Vec<_> = names.into_iter().collect();
    parallel::map(
        &names,
        |(action, version)| one(action, *version, catalogue, store),
        |_| {},
    )
}

fn one<'a>(
    action: &'a str,
    version: u32,
    catalogue: &'a Catalogue,
    store: &'a Store,
) -> Version<'a> {
    let files = store.versions.get(&(action.to_owned(), version));
    let entry = catalogue.find(action, version);
    let differs_in = |entry: &Entry| {
        store
            .registered_otherwise(action, version, &entry.sha256)
            .collect()
    };
    Version {
        action,
        number: version,
        entry,
        files,
        body: compare(
            files.and_then(|files| files.body.as_deref()),
            entry,
            |event| Cow::Borrowed(&event.body),
        ),
        event: compare(
            files.and_then(|files| files.event.as_deref()),
            entry,
            |event| Cow::Owned(event_schema::render(event)),
        ),
        registered_in: store
            .registered(action, version)
            .map(|(environment, _)| environment)
            .collect(),
        differs_in: entry.map(differs_in).unwrap_or_default(),
    }
}

/// Renders only where a file exists.
fn compare(
    file: Option<&[u8]>,
    entry: Option<&Entry>,
    render: impl Fn(&Event) -> Cow<'_, str>,
) -> Match {
    match (file, entry) {
        (None, _) => Match::Absent,
        (Some(file), Some(entry)) if holds(file, &render(&entry.event)) => Match::Same,
        (Some(_), _) => Match::Differs,
    }
}

#[cfg(test)]
mod tests;
