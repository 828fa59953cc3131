//! A text that must be shorter. Nothing changes where the service's own limit is the lower one on both sides.

use super::{Class, ForValue, Rule, Scope, Values, length};

pub const RULE: Rule =
    Rule { name: "max-length-lowered", summary: "A text must be shorter than before.", scope: Scope::Value(find) };

fn find(pair: Values<'_>, found: ForValue<'_>) {
    if let Some((from, to, class)) = lowered(pair) {
        found(format!("the maximum length of {} was lowered from {from} to {to}", pair.name()), class.into());
    }
}

/// Both limits, where the new one is lower, and what that means.
pub(super) fn lowered(pair: Values<'_>) -> Option<(String, String, Class)> {
    let (old, new) = pair.lengths()?;
    let is_lower = new.max.is_some_and(|new| old.max.is_none_or(|old| new < old));
    is_lower.then(|| (length(old.max), length(new.max), Class { backward: new.most() == old.most(), forward: true }))
}
