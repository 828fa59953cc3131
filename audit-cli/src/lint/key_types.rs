//! `key-types`: one key has one type in all events, so that one column can store it.

use std::collections::BTreeMap;

use audit_core::schema::JsonType;
use audit_core::schema::record::read::Event;

use super::{Key, Lint, Report, keys, subject};
use crate::body::Scope;
use crate::finding::code;
use crate::location::of_source;

pub const LINT: Lint = Lint::plain(code::KEY_TYPES, check);

fn check(events: &[&Event], report: &mut Report) {
    let mut by_key: BTreeMap<_, Vec<Key<'_>>> = BTreeMap::new();
    for key in keys(events) {
        let name = (column(key.place), &key.field.key);
        by_key.entry(name).or_default().push(key);
    }
    for uses in by_key.into_values() {
        let Some(usual) = usual(&uses) else { continue };
        for one in uses.iter().filter(|one| one.field.json != usual.field.json) {
            report_difference(*one, usual, report);
        }
    }
}

/// All targets are in one list, so that their metadata is one column.
fn column(place: Scope<'_>) -> u8 {
    match place {
        Scope::Root => 0,
        Scope::Actor => 1,
        Scope::Target(_) => 2,
    }
}

/// The first use of the most frequent type.
fn usual<'e>(uses: &[Key<'e>]) -> Option<Key<'e>> {
    let frequency = |one: &Key<'_>| {
        let same = uses
            .iter()
            .filter(|other| other.field.json == one.field.json);
        same.count()
    };
    // Of equal ones `max_by_key` returns the last.
    uses.iter().rev().max_by_key(|one| frequency(one)).copied()
}

fn report_difference(one: Key<'_>, usual: Key<'_>, report: &mut Report) {
    let what = format!(
        "is {} ({}), but {} in {} ({})",
        kind(one.field.json),
        of_source(&one.field.source),
        kind(usual.field.json),
        subject(&usual.event.action, usual.event.version),
        of_source(&usual.field.source),
    );
    let help = "give it that type or another name, in a new version where this one is registered";
    report.key(one, &what, help);
}

fn kind(json: JsonType) -> &'static str {
    match json {
        JsonType::String => "a string",
        JsonType::Integer => "an integer",
        JsonType::Number => "a number",
        JsonType::Boolean => "a boolean",
    }
}
