//! A value that had to be one of a list, and can be anything of its type now.

use super::{ForValue, Rule, Scope, Values, listed};

pub const RULE: Rule = Rule {
    name: "enum-removed",
    summary: "A metadata value needn't be one of a list any more.",
    scope: Scope::Value(find),
};

fn find(pair: Values<'_>, found: ForValue<'_>) {
    for (values, verdict) in pair.reversed().new_lists() {
        found(
            format!(
                "{} needn't be one of {} any more",
                pair.name(),
                listed(&values)
            ),
            verdict.reversed(),
        );
    }
}
