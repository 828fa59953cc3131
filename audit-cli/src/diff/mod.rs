//! What changed between two bodies: each change is named by its rule, and classed in both directions.

pub mod constraints;
pub mod evolution;
pub mod limits;
pub mod meaning;
pub mod origin;
pub mod rules;
mod verdict;
pub mod versions;

use std::collections::BTreeSet;

use audit_core::schema::record::read::Event;
use serde::Serialize;

use crate::body::{Body, Metadata, Place};
use crate::catalogue;
use crate::finding::Location;
use meaning::object::of_metadata;
use origin::{Origin, field, origin};
use rules::{ALL, Objects, Rule, Scope, Values, not_comparable};
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
    /// What happened to what: `` `role` of the actor became required ``.
    pub message: String,
    /// Every event that the old body accepts is accepted by the new one, as far as this change goes.
    pub backward: bool,
    /// Every event that the new body accepts is accepted by the old one, as far as this change goes.
    pub forward: bool,
    #[serde(skip)]
    pub unread: Unread,
    /// The struct field, where code has it.
    #[serde(flatten)]
    pub location: Location,
    /// What declares the key in the code.
    #[serde(skip)]
    pub origin: Origin,
}

impl Change {
    pub fn class(&self) -> Class {
        Class {
            backward: self.backward,
            forward: self.forward,
        }
    }
}

/// Every change, place by place: the root's, the actor's, the targets'.
pub fn bodies(old: &Body, new: &Body) -> Vec<Change> {
    let mut changes = Vec::new();
    for (place, old, new) in pairs(old, new) {
        if old != new {
            objects(
                Objects {
                    place,
                    old: &of_metadata(old),
                    new: &of_metadata(new),
                },
                &mut changes,
            );
        }
    }
    for rule in ALL {
        if let Scope::Body(find) = rule.scope {
            find(old, new, &mut |kind, message, class| {
                changes.push(change(
                    rule,
                    place_of_target(kind),
                    None,
                    message,
                    class.into(),
                ));
            });
        }
    }
    changes
}

/// The metadata objects that both describe.
fn pairs<'b>(
    old: &'b Body,
    new: &'b Body,
) -> impl Iterator<Item = (Place<'b>, &'b Metadata, &'b Metadata)> {
    let root = (Place::Root, &old.metadata, &new.metadata);
    let actor = (Place::Actor, &old.actor, &new.actor);
    let targets = old
        .targets
        .iter()
        .filter_map(|(kind, old)| Some((Place::Target(kind), old, new.targets.get(kind)?)));
    [root, actor].into_iter().chain(targets)
}

fn objects(pair: Objects<'_>, changes: &mut Vec<Change>) {
    let (verdict, before) = (pair.verdict(), changes.len());
    if pair.is_comparable(&verdict) {
        in_object(pair, &verdict, changes);
        let keys: BTreeSet<_> = pair.old.keys.keys().chain(pair.new.keys.keys()).collect();
        for key in keys.into_iter().filter(|key| pair.says_of(key)) {
            let of_key = Values {
                place: pair.place,
                key,
                old: pair.old.meaning(key),
                new: pair.new.meaning(key),
            };
            values(of_key, pair.verdict_at(key), changes);
        }
    }
    if Class::of(&changes[before..]) != verdict.class {
        let message = not_comparable::message(&pair.object());
        changes.push(change(
            &not_comparable::RULE,
            place(pair.place),
            None,
            message,
            verdict,
        ));
    }
}

fn in_object(pair: Objects<'_>, whole: &Verdict, changes: &mut Vec<Change>) {
    let subject = pair.object();
    let constraints = constraints::of_objects(pair.old, pair.new);
    for rule in ALL {
        let mut found = |key: Option<&str>, message, verdict| {
            changes.push(change(
                rule,
                place(pair.place),
                key,
                message,
                whole.of_part(verdict),
            ));
        };
        match rule.scope {
            Scope::Object(find) => find(pair, &mut found),
            Scope::Constraint(find) => {
                for constraint in &constraints {
                    find(&subject, constraint, &mut |message, verdict| {
                        found(None, message, verdict)
                    });
                }
            }
            Scope::Body(_) | Scope::Value(_) | Scope::Otherwise => {}
        }
    }
}

fn values(pair: Values<'_>, whole: Verdict, changes: &mut Vec<Change>) {
    let (subject, before) = (pair.name(), changes.len());
    if pair.is_comparable(&whole) {
        let constraints = constraints::of_values(pair.old, pair.new);
        for rule in ALL {
            let mut found = |message, verdict| {
                changes.push(change(
                    rule,
                    place(pair.place),
                    Some(pair.key),
                    message,
                    whole.of_part(verdict),
                ));
            };
            match rule.scope {
                Scope::Value(find) => find(pair, &mut found),
                Scope::Constraint(find) => constraints
                    .iter()
                    .for_each(|constraint| find(&subject, constraint, &mut found)),
                Scope::Body(_) | Scope::Object(_) | Scope::Otherwise => {}
            }
        }
    }
    if Class::of(&changes[before..]) != whole.class {
        let message = not_comparable::message(&subject);
        changes.push(change(
            &not_comparable::RULE,
            place(pair.place),
            Some(pair.key),
            message,
            whole,
        ));
    }
}

fn change(
    rule: &Rule,
    place: String,
    key: Option<&str>,
    message: String,
    Verdict { class, unread }: Verdict,
) -> Change {
    let Class { backward, forward } = class;
    let message = match unread.all().as_slice() {
        [] => message,
        [one] => format!("{message} (`{one}` isn't compared)"),
        several => format!("{message} (`{}` aren't compared)", several.join("`, `")),
    };
    Change {
        rule: rule.name,
        place,
        key: key.map(Into::into),
        message,
        backward,
        forward,
        unread,
        location: Location::default(),
        origin: Origin::Own,
    }
}

fn place(place: Place<'_>) -> String {
    match place {
        Place::Root => "metadata".into(),
        Place::Actor => "actor.metadata".into(),
        Place::Target(kind) => format!("{}.metadata", place_of_target(kind)),
    }
}

fn place_of_target(kind: &str) -> String {
    format!("targets[{kind}]")
}

/// Says of each change where the code has it: at the struct's field, or else at the event type.
pub fn locate(changes: &mut [Change], event: &Event) {
    for change in changes {
        let found = change
            .key
            .as_deref()
            .and_then(|key| field(event, &change.place, key));
        change.origin = origin(change, found, event);
        let found = found.map(|(field, _)| &field.source);
        let target = || {
            event.targets.iter().find(|target| {
                change
                    .place
                    .starts_with(&place_of_target(&target.type_name))
            })
        };
        let place = found
            .or_else(|| target().map(|target| &target.source))
            .unwrap_or(&event.source);
        change.location = catalogue::location(place);
    }
}

#[cfg(test)]
mod tests;
