//! A value of another type: neither side takes all that the other takes.

use super::{Class, ForValue, Rule, Scope, Values};

pub const RULE: Rule = Rule {
    name: "type-changed",
    summary: "The type of a metadata value was changed.",
    scope: Scope::Value(find),
};

fn find(pair: Values<'_>, found: ForValue<'_>) {
    if let Some((old, new)) = pair.types()
        && !old.within(new)
        && !new.within(old)
    {
        found(
            format!(
                "{} changed from {} to {}",
                pair.name(),
                old.words(),
                new.words()
            ),
            Class::OTHER.into(),
        );
    }
}
