//! One value less in a list.

use super::{Class, ForValue, Rule, Scope, Values, listed};

pub const RULE: Rule = Rule {
    name: "enum-value-removed",
    summary: "A list has a value less.",
    scope: Scope::Value(find),
};

fn find(pair: Values<'_>, found: ForValue<'_>) {
    let values = pair.reversed().new_values();
    if !values.is_empty() {
        found(
            format!("{} can't be {} any more", pair.name(), listed(&values)),
            Class::NARROWER.into(),
        );
    }
}
