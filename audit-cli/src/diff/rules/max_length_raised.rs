//! A text that may be longer.

use super::max_length_lowered::lowered;
use super::{Class, ForValue, Rule, Scope, Values};

pub const RULE: Rule = Rule {
    name: "max-length-raised",
    summary: "A text may be longer than before.",
    scope: Scope::Value(find),
};

fn find(pair: Values<'_>, found: ForValue<'_>) {
    if let Some((to, from)) = lowered(pair.reversed()) {
        found(
            format!(
                "the maximum length of {} was raised from {from} to {to}",
                pair.name()
            ),
            Class::WIDER.into(),
        );
    }
}
