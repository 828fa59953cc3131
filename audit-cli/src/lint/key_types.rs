//! `key-types`: one key has one type in all events, so that whoever stores or searches them needs one column.

use std::collections::BTreeMap;

use audit_core::schema::JsonType;
use audit_core::schema::record::read::{Event, Field};

use super::{Check, Form, Lint, finding_of, keys, subject};
use crate::body::Place;
use crate::finding::{Finding, code};
use crate::location::source;

pub const LINT: Lint = Lint {
    code: code::KEY_TYPES,
    form: Form::Plain(|| Box::new(KeyTypes)),
};

#[derive(Debug)]
struct KeyTypes;

/// A key where it stands.
#[derive(Clone, Copy)]
struct Use<'e> {
    event: &'e Event,
    place: Place<'e>,
    field: &'e Field,
}

impl Check for KeyTypes {
    fn findings(&self, events: &[&Event]) -> Vec<Finding> {
        let mut by_key: BTreeMap<_, Vec<Use<'_>>> = BTreeMap::new();
        for event in events {
            for (place, field) in keys(event) {
                by_key
                    .entry((column(place), &field.key))
                    .or_default()
                    .push(Use {
                        event,
                        place,
                        field,
                    });
            }
        }
        by_key.into_values().flat_map(|uses| odd(&uses)).collect()
    }
}

/// All targets are in one list, so that their metadata is one column.
fn column(place: Place<'_>) -> u8 {
    match place {
        Place::Root => 0,
        Place::Actor => 1,
        Place::Target(_) => 2,
    }
}

/// Every use that isn't of the type that most have; of types that are equally frequent the first is right.
fn odd(uses: &[Use<'_>]) -> Vec<Finding> {
    let mut counts = BTreeMap::new();
    for one in uses {
        *counts.entry(one.field.json as u8).or_insert(0_usize) += 1;
    }
    let most = counts.values().max();
    let Some(usual) = uses
        .iter()
        .find(|one| counts.get(&(one.field.json as u8)) == most)
    else {
        return Vec::new();
    };
    uses.iter()
        .filter(|one| one.field.json != usual.field.json)
        .map(|one| differs(one, usual))
        .collect()
}

fn differs(one: &Use<'_>, usual: &Use<'_>) -> Finding {
    let what = format!(
        "the key `{}`{} is {} ({}), but {} in {} ({})",
        one.field.key,
        one.place.words(),
        kind(one.field.json),
        source(&one.field.source),
        kind(usual.field.json),
        subject(&usual.event.action, usual.event.version),
        source(&usual.field.source),
    );
    let help = "give it that type or another name, in a new version where this one is registered";
    finding_of(code::KEY_TYPES, one.event, one.field, &what, help)
}

fn kind(json: JsonType) -> &'static str {
    match json {
        JsonType::String => "a string",
        JsonType::Integer => "an integer",
        JsonType::Number => "a number",
        JsonType::Boolean => "a boolean",
    }
}
