//! The changes between two bodies: each has a rule's name and a class in both directions.

pub mod evolution;
pub mod meaning;
pub mod origin;
mod pair;
pub mod rules;
mod verdict;
pub mod versions;

use std::collections::BTreeSet;

use audit_core::schema::record::read::Event;
use serde::Serialize;

use crate::body::{Body, Metadata, Scope};
use crate::location::{self, Location};
use meaning::Meaning;
use meaning::object::{Object, of_metadata};
use origin::{Origin, field, origin};
use pair::Pair;
use rules::{constraint, enumeration, key, length, object, target, types};
use verdict::Verdict;
pub use verdict::{Class, Unread};

/// One change between two bodies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The rule's name: `key-removed`.
    pub rule: &'static str,
    /// The metadata object: `metadata`, `actor.metadata`, `targets[team].metadata`, or `targets`.
    pub place: String,
    pub key: Option<String>,
    /// `` `role` of the actor became required ``
    pub message: String,
    #[serde(flatten)]
    pub class: Class,
    #[serde(skip)]
    pub unread: Unread,
    /// The struct field, where code has it.
    #[serde(flatten)]
    pub location: Location,
    /// The declaration of the key in the code.
    #[serde(skip)]
    pub origin: Origin,
}

/// Every change: the root's, the actor's, the targets'.
pub fn bodies(old: &Body, new: &Body) -> Vec<Change> {
    let mut changes = Vec::new();
    for (place, old, new) in pairs(old, new).filter(|(_, old, new)| old != new) {
        let pair = Pair {
            place,
            key: None,
            old: &of_metadata(old),
            new: &of_metadata(new),
        };
        objects(&pair, &mut changes);
    }
    target::find(old, new, &mut changes);
    changes
}

/// The metadata objects that both describe.
fn pairs<'b>(
    old: &'b Body,
    new: &'b Body,
) -> impl Iterator<Item = (Scope<'b>, &'b Metadata, &'b Metadata)> {
    old.scopes().filter_map(|(scope, old)| {
        let (_, new) = new.scopes().find(|(other, _)| *other == scope)?;
        Some((scope, old, new))
    })
}

fn objects(pair: &Pair<'_, Object>, changes: &mut Vec<Change>) {
    let (whole, subject, before) = (pair.verdict(), pair.subject(), changes.len());
    let mut collector = pair.collector(&whole, changes);
    if pair.is_comparable(&whole) {
        let constraints = constraint::of_objects(pair.old, pair.new);
        constraint::find(&subject, constraints, &mut collector);
        key::find(pair, &mut collector);
        object::find(pair, &mut collector);
        let keys: BTreeSet<_> = pair.old.keys.keys().chain(pair.new.keys.keys()).collect();
        for key in keys.into_iter().filter(|key| pair.compares(key)) {
            let (value, whole) = pair.value(key);
            values(&value, &whole, collector.changes);
        }
    }
    collector.add_rest(before, &subject);
}

fn values(pair: &Pair<'_, Meaning>, whole: &Verdict, changes: &mut Vec<Change>) {
    let (subject, before) = (pair.subject(), changes.len());
    let mut collector = pair.collector(whole, changes);
    if pair.is_comparable(whole) {
        let constraints = constraint::of_values(pair.old, pair.new);
        constraint::find(&subject, constraints, &mut collector);
        enumeration::find(pair, &mut collector);
        length::find(pair, &mut collector);
        types::find(pair, &mut collector);
    }
    collector.add_rest(before, &subject);
}

fn place(place: Scope<'_>) -> String {
    match place {
        Scope::Root => "metadata".into(),
        Scope::Actor => "actor.metadata".into(),
        Scope::Target(kind) => format!("{}.metadata", place_of_target(kind)),
    }
}

fn place_of_target(kind: &str) -> String {
    format!("targets[{kind}]")
}

/// Locates each change in the code: at the struct's field, or else at the event type.
pub fn locate(changes: &mut [Change], event: &Event) {
    for change in changes {
        let key = change.key.as_deref();
        let found = key.and_then(|key| field(event, &change.place, key));
        change.origin = origin(change, found, event);
        let mut targets = event.targets.iter();
        let target = targets.find(|target| {
            let place = place_of_target(&target.type_name);
            change.place.starts_with(&place)
        });
        let of_target = target.map(|target| &target.source);
        let source = found.map(|(field, _)| &field.source).or(of_target);
        change.location = location::of_source(source.unwrap_or(&event.source));
    }
}

#[cfg(test)]
mod tests;
