//! Limits of texts that differ in what is written only: the service's own, or one above it, accepts what none does.

use audit_core::limits::VALUE_CHARS;

use super::rules::{length, max_length_lowered, max_length_raised};
use super::{Change, Class, change, pairs, place};
use crate::body::{Body, Place, Property};

/// A change for each limit that is written in another way and accepts the same.
pub fn written(old: &Body, new: &Body) -> Vec<Change> {
    let keys = pairs(old, new).flat_map(|(at, old, new)| {
        old.properties
            .iter()
            .filter_map(move |(key, old)| of_key(at, key, old, new.properties.get(key)?))
    });
    keys.collect()
}

fn of_key(at: Place<'_>, key: &str, old: &Property, new: &Property) -> Option<Change> {
    let limit = |side: &Property| side.max_len.unwrap_or(u64::MAX);
    let is_same = old.types == new.types && limit(old).min(limit(new)) >= u64::from(VALUE_CHARS);
    if !is_same || limit(old) == limit(new) {
        return None;
    }
    let (rule, verb) = if limit(new) < limit(old) {
        (&max_length_lowered::RULE, "lowered")
    } else {
        (&max_length_raised::RULE, "raised")
    };
    let message = format!(
        "the maximum length of `{key}`{} was {verb} from {} to {}, which accepts the same",
        at.words(),
        length(old.max_len),
        length(new.max_len)
    );
    Some(change(
        rule,
        place(at),
        Some(key),
        message,
        Class::SAME.into(),
    ))
}
