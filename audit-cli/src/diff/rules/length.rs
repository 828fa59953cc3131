//! The maximum length of a text.

use audit_core::limits::VALUE_CHARS;

use crate::body::{Body, Property, Scope};
use crate::diff::meaning::Meaning;
use crate::diff::pair::{Collector, Pair, change};
use crate::diff::{Change, Class, pairs, place};

pub fn find(pair: &Pair<'_, Meaning>, collector: &mut Collector<'_>) {
    let (Some(old), Some(new)) = (pair.old.strings().length(), pair.new.strings().length()) else {
        return;
    };
    let class = Class::compare(old.max, new.max, |one, other| one <= other);
    if class != Class::SAME {
        let (rule, message) = wording(&pair.subject(), old.limit(), new.limit());
        collector.add(rule, message, class);
    }
}

/// A change for each limit in a different notation that accepts the same: the service's own limit or one above it equals none.
pub fn written(old: &Body, new: &Body) -> Vec<Change> {
    let keys = pairs(old, new).flat_map(|(at, old, new)| {
        old.properties
            .iter()
            .filter_map(move |(key, old)| of_key(at, key, old, new.properties.get(key)?))
    });
    keys.collect()
}

fn of_key(at: Scope<'_>, key: &str, old: &Property, new: &Property) -> Option<Change> {
    let limit = |side: &Property| side.max_len.unwrap_or(u64::MAX);
    let is_same = old.types == new.types && limit(old).min(limit(new)) >= u64::from(VALUE_CHARS);
    if !is_same || limit(old) == limit(new) {
        return None;
    }
    let subject = format!("`{key}`{}", at.words());
    let (rule, message) = wording(&subject, old.max_len, new.max_len);
    let message = message + ", which accepts the same";
    Some(change(rule, place(at), Some(key), message, Class::SAME))
}

/// The rule and the message.
fn wording(subject: &str, old: Option<u64>, new: Option<u64>) -> (&'static str, String) {
    let limit = |side: Option<u64>| side.unwrap_or(u64::MAX);
    let (rule, verb) = if limit(new) < limit(old) {
        ("max-length-lowered", "lowered")
    } else {
        ("max-length-raised", "raised")
    };
    let words = |limit: Option<u64>| {
        limit.map_or_else(|| "no limit of its own".into(), |limit| limit.to_string())
    };
    let (old, new) = (words(old), words(new));
    (
        rule,
        format!("the maximum length of {subject} was {verb} from {old} to {new}"),
    )
}
