//! A text that must be shorter.

use super::{Class, ForValue, Rule, Scope, Values, length};

pub const RULE: Rule = Rule {
    name: "max-length-lowered",
    summary: "A text must be shorter than before.",
    scope: Scope::Value(find),
};

fn find(pair: Values<'_>, found: ForValue<'_>) {
    if let Some((from, to)) = lowered(pair) {
        found(
            format!(
                "the maximum length of {} was lowered from {from} to {to}",
                pair.name()
            ),
            Class::NARROWER.into(),
        );
    }
}

/// Both limits, where the new one is lower.
pub(super) fn lowered(pair: Values<'_>) -> Option<(String, String)> {
    let (old, new) = pair.lengths()?;
    (new.max < old.max).then(|| (length(old.limit()), length(new.limit())))
}
