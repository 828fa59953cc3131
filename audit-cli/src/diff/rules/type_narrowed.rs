//! A value of a narrower type: a number that must be an integer now.

use super::{Class, ForValue, Rule, Scope, Values};

pub const RULE: Rule = Rule {
    name: "type-narrowed",
    summary: "The type of a metadata value takes less than before.",
    scope: Scope::Value(find),
};

fn find(pair: Values<'_>, found: ForValue<'_>) {
    if let Some((old, new)) = pair.types()
        && new.within(old)
    {
        found(
            format!(
                "{} was narrowed from {} to {}",
                pair.name(),
                old.words(),
                new.words()
            ),
            Class::NARROWER.into(),
        );
    }
}
