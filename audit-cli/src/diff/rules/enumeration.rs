//! Lists of values: their presence and their values.

use serde_json::Value;

use crate::body::Types;
use crate::diff::meaning::Meaning;
use crate::diff::meaning::part::{Part, Set};
use crate::diff::pair::{Collector, Pair};
use crate::diff::{Class, Verdict};

type Values<'b> = Pair<'b, Meaning>;

pub fn find(pair: &Values<'_>, collector: &mut Collector<'_>) {
    let (subject, reversed) = (pair.subject(), pair.reversed());
    for (values, verdict) in new_lists(pair) {
        let message = format!("{subject} must be one of {values} now");
        collector.add("enum-added", message, verdict);
    }
    for (values, verdict) in new_lists(&reversed) {
        let message = format!("{subject} needn't be one of {values} any more");
        collector.add("enum-removed", message, verdict.reversed());
    }
    if let Some(values) = new_values(pair) {
        let message = format!("{subject} can be {values}, too");
        collector.add("enum-value-added", message, Class::WIDER);
    }
    if let Some(values) = new_values(&reversed) {
        let message = format!("{subject} can't be {values} any more");
        collector.add("enum-value-removed", message, Class::NARROWER);
    }
}

/// The values of both sides, where both are lists. Booleans are one beside another.
pub fn lists(Pair { old, new, .. }: &Values<'_>) -> Option<(Vec<Value>, Vec<Value>)> {
    let lists = (old.listed()?, new.listed()?);
    let has_booleans = [old, new].map(|side| Types::BOOLEAN.within(side.types())) == [true; 2];
    let is_list = match (old.is_list(), new.is_list()) {
        (true, true) => true,
        (false, false) => false,
        _ => has_booleans,
    };
    is_list.then_some(lists)
}

/// The values that only the new list has, where both sides have one.
fn new_values(pair: &Values<'_>) -> Option<String> {
    let Pair { old, new, .. } = pair;
    let values = match lists(pair) {
        Some((old, new)) => missing(&old, &new),
        None if old.is_list() || new.is_list() => Vec::new(),
        None => old.pairs(new).flat_map(new_of).collect(),
    };
    (!values.is_empty()).then(|| words(&values))
}

fn missing(old: &[Value], new: &[Value]) -> Vec<Value> {
    let values = new.iter().filter(|value| !old.contains(value));
    values.cloned().collect()
}

/// The values that only the new list of a type has, where both sides have one.
fn new_of((old, new): (&Part, &Part)) -> Vec<Value> {
    match (old.listed(), new.listed()) {
        (Some(old), Some(new)) if !old.is_empty() => missing(old, new),
        _ => Vec::new(),
    }
}

/// The lists that only the new side has, with their verdicts: of all that it accepts, or of a type.
fn new_lists(pair: &Values<'_>) -> Vec<(String, Verdict)> {
    let Pair { old, new, .. } = pair;
    if lists(pair).is_some() || old.is_list() {
        return Vec::new();
    }
    let changed = |values: &[Value], class: Class| {
        (class != Class::SAME).then(|| (words(values), class.into()))
    };
    if let Some(values) = new.listed().filter(|_| new.is_list()) {
        let class = Class::compare(*old, *new, Meaning::set_within);
        return changed(&values, class).into_iter().collect();
    }
    let closed = old.pairs(new).filter_map(|(old, new)| {
        let values = new.listed().filter(|values| !values.is_empty())?;
        let class = Class::compare(&old.set, &new.set, Set::within);
        old.listed().is_none().then(|| changed(values, class))?
    });
    closed.collect()
}

/// The maximum number of enum values in a message.
const NAMED: usize = 8;

/// `"admin", "guest"`
fn words(values: &[Value]) -> String {
    let named: Vec<_> = values.iter().take(NAMED).map(Value::to_string).collect();
    let named = named.join(", ");
    match values.len().saturating_sub(NAMED) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}
