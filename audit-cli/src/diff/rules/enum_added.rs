//! A value that could be anything of its type, and must be one of a list now.

use super::{ForValue, Rule, Scope, Values, listed};

pub const RULE: Rule = Rule {
    name: "enum-added",
    summary: "A free metadata value must be one of a list.",
    scope: Scope::Value(find),
};

fn find(pair: Values<'_>, found: ForValue<'_>) {
    for (values, verdict) in pair.new_lists() {
        found(
            format!("{} must be one of {} now", pair.name(), listed(&values)),
            verdict,
        );
    }
}
