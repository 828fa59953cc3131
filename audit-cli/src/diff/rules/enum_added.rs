//! A value that could be anything of its type, and must be one of a list now.

use super::{Class, ForValue, Rule, Scope, Values, listed, shown};

pub const RULE: Rule =
    Rule { name: "enum-added", summary: "A free metadata value must be one of a list.", scope: Scope::Value(find) };

fn find(pair: Values<'_>, found: ForValue<'_>) {
    if let Some((values, class)) = closed(pair) {
        found(format!("{} must be one of {} now", pair.name(), listed(&values)), class);
    }
}

/// The list that only the new side has, and what it means.
pub(super) fn closed(pair: Values<'_>) -> Option<(Vec<String>, Class)> {
    let (None, Some(values)) = (&pair.old.values, &pair.new.values) else { return None };
    let forward = values.iter().all(|value| pair.old.accepts(value));
    Some((values.iter().map(shown).collect(), Class { backward: false, forward }))
}
