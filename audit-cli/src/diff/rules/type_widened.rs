//! A value of a wider type: an integer that may be any number now.

use super::{Class, ForValue, Rule, Scope, Values};

pub const RULE: Rule = Rule {
    name: "type-widened",
    summary: "The type of a metadata value takes more than before.",
    scope: Scope::Value(find),
};

fn find(pair: Values<'_>, found: ForValue<'_>) {
    if let Some((old, new)) = pair.types()
        && old.within(new)
    {
        found(
            format!(
                "{} was widened from {} to {}",
                pair.name(),
                old.words(),
                new.words()
            ),
            Class::WIDER.into(),
        );
    }
}
