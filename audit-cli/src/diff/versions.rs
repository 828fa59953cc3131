//! Which versions of two sides are held against each other, and what each pair tells.

use std::collections::BTreeMap;
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
    pub body: Body,
    pub sha256: String,
    /// What declares it, where the side is the code.
    pub event: Option<Event>,
    /// Where it stands otherwise.
    pub file: Option<PathBuf>,
}

/// Every schema of a side.
pub type Snapshot = BTreeMap<Name, Schema>;

/// What happened to a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Only the new side has it, and no lower version of its action is known.
    Added,
    /// Only the new side has it; it is held against its predecessor.
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

/// A version that isn't the same on both sides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    pub action: String,
    pub version: u32,
    pub status: Status,
    /// The version that it is held against.
    pub against: Option<u32>,
    pub old_sha256: Option<String>,
    pub new_sha256: Option<String>,
    pub backward: bool,
    pub forward: bool,
    pub changes: Vec<Change>,
    /// Where the code has it, or else its file.
    #[serde(flatten)]
    pub location: Location,
}

impl Difference {
    pub fn class(&self) -> Class {
        Class {
            backward: self.backward,
            forward: self.forward,
        }
    }
}

/// Everything that differs, sorted by action and version.
pub fn compare(old: &Snapshot, new: &Snapshot) -> Vec<Difference> {
    let mut differences = Vec::new();
    for (name, schema) in new {
        let before = old.get(name).map(|before| (name.1, before));
        let lower = || predecessor(old, name).or_else(|| predecessor(new, name));
        let (status, before) = match before {
            Some((_, before)) if before.sha256 == schema.sha256 => continue,
            Some(_) => (Status::Changed, before),
            None => lower().map_or((Status::Added, None), |before| {
                (Status::NewVersion, Some(before))
            }),
        };
        differences.push(difference(name, status, before, Some(schema)));
    }
    for (name, schema) in old.iter().filter(|(name, _)| !new.contains_key(*name)) {
        differences.push(Difference {
            against: None,
            ..difference(name, Status::Removed, Some((name.1, schema)), None)
        });
    }
    differences.sort_by(|a, b| (&a.action, a.version).cmp(&(&b.action, b.version)));
    differences
}

/// The highest lower version of the same action.
pub fn predecessor<'s>(
    snapshot: &'s Snapshot,
    (action, version): &Name,
) -> Option<(u32, &'s Schema)> {
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

/// The changes between two schemas, each at its place in the code where the new one has it.
pub fn changes(old: &Schema, new: &Schema) -> Vec<Change> {
    let mut changes = bodies(&old.body, &new.body);
    if let Some(event) = &new.event {
        locate(&mut changes, event);
    }
    changes
}

fn difference(
    (action, version): &Name,
    status: Status,
    before: Option<(u32, &Schema)>,
    after: Option<&Schema>,
) -> Difference {
    let old = before.map(|(_, before)| before);
    let changes = old
        .zip(after)
        .map_or_else(Vec::new, |(old, new)| changes(old, new));
    let Class { backward, forward } = Class::of(&changes);
    Difference {
        action: action.clone(),
        version: *version,
        status,
        against: before.map(|(version, _)| version),
        old_sha256: old.map(|old| old.sha256.clone()),
        new_sha256: after.map(|after| after.sha256.clone()),
        backward,
        forward,
        changes,
        location: after.or(old).map(location).unwrap_or_default(),
    }
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
