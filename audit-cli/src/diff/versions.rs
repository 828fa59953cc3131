//! Pairs of versions that are compared, and the differences of each.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use audit_core::schema::record::read::Event;
use serde::Serialize;

use super::{Change, Class, bodies, locate};
use crate::body::Body;
use crate::location::{self, Location};
use crate::names::Name;

/// One schema of a side.
#[derive(Clone, Debug)]
pub struct Schema {
    /// The registration body as it is sent: the file's text, or the record's.
    pub text: String,
    pub body: Body,
    pub sha256: String,
    /// The declaration, where the side is the code.
    pub event: Option<Event>,
    /// Its file otherwise.
    pub file: Option<PathBuf>,
}

/// Every schema of a side.
pub type Snapshot = BTreeMap<Name, Schema>;

/// The kind of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Only the new side has it, and no lower version of its action is known.
    Added,
    /// Only the new side has it; it is compared with its predecessor.
    NewVersion,
    /// Both sides have it, with different schemas.
    Changed,
    /// Only the old side has it.
    Removed,
}

impl Status {
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::NewVersion => "new version",
            Self::Changed => "changed",
            Self::Removed => "removed",
        }
    }
}

/// A version that differs between the sides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    pub action: String,
    pub version: u32,
    pub status: Status,
    /// The version that it is compared with.
    pub against: Option<u32>,
    pub old_sha256: Option<String>,
    pub new_sha256: Option<String>,
    #[serde(flatten)]
    pub class: Class,
    pub changes: Vec<Change>,
    /// The location in the code, or else its file.
    #[serde(flatten)]
    pub location: Location,
}

/// Everything that differs, sorted by action and version.
pub fn compare(old: &Snapshot, new: &Snapshot) -> Vec<Difference> {
    let names: BTreeSet<_> = old.keys().chain(new.keys()).collect();
    let differences = names.into_iter().map(|name| difference(name, old, new));
    differences.flatten().collect()
}

fn difference(name: &Name, old: &Snapshot, new: &Snapshot) -> Option<Difference> {
    let (before, after) = (old.get(name), new.get(name));
    let lower = || predecessor(old, name).or_else(|| predecessor(new, name));
    let (status, base) = match (before, after) {
        (Some(before), Some(after)) if before.sha256 == after.sha256 => return None,
        (Some(before), Some(_)) => (Status::Changed, Some((name.1, before))),
        (Some(_), None) => (Status::Removed, None),
        (None, _) => lower().map_or((Status::Added, None), |lower| {
            (Status::NewVersion, Some(lower))
        }),
    };
    let old = base.map(|(_, schema)| schema).or(before);
    let changes = old.zip(after).map(|(old, new)| changes(old, new));
    let changes = changes.unwrap_or_default();
    Some(Difference {
        action: name.0.clone(),
        version: name.1,
        status,
        against: base.map(|(version, _)| version),
        old_sha256: old.map(|old| old.sha256.clone()),
        new_sha256: after.map(|after| after.sha256.clone()),
        class: Class::of(&changes),
        changes,
        location: after.or(old).map(location).unwrap_or_default(),
    })
}

/// The highest lower version of the same action.
fn predecessor<'s>(snapshot: &'s Snapshot, (action, version): &Name) -> Option<(u32, &'s Schema)> {
    lower(snapshot, (action, *version)).next_back()
}

/// Every lower version of the same action, ascending.
pub fn lower<'s>(
    snapshot: &'s Snapshot,
    (action, version): (&str, u32),
) -> impl DoubleEndedIterator<Item = (u32, &'s Schema)> {
    snapshot
        .range((action.to_owned(), 0)..(action.to_owned(), version))
        .map(|((_, version), schema)| (*version, schema))
}

/// The changes between two schemas, each with its location where the new one is code.
pub fn changes(old: &Schema, new: &Schema) -> Vec<Change> {
    let mut changes = bodies(&old.body, &new.body);
    if let Some(event) = &new.event {
        locate(&mut changes, event);
    }
    changes
}

fn location(schema: &Schema) -> Location {
    let file = || schema.file.as_ref().map(|path| path.display().to_string());
    schema.event.as_ref().map_or_else(
        || Location {
            file: file(),
            ..Location::default()
        },
        |event| location::of_source(&event.source),
    )
}
