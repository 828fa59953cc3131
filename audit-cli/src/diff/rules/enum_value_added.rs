//! One more value in a list.

use super::{Class, ForValue, Rule, Scope, Values, listed};

pub const RULE: Rule = Rule {
    name: "enum-value-added",
    summary: "A list has a value more.",
    scope: Scope::Value(find),
};

fn find(pair: Values<'_>, found: ForValue<'_>) {
    let values = pair.new_values();
    if !values.is_empty() {
        found(
            format!("{} can be {}, too", pair.name(), listed(&values)),
            Class::WIDER.into(),
        );
    }
}
