//! A key that had to be there, and can be left out now.

use super::{Class, ForKey, Objects, Rule, Scope};

pub const RULE: Rule = Rule {
    name: "key-optional",
    summary: "A metadata key that had to be there can be left out.",
    scope: Scope::Object(find),
};

fn find(pair: Objects<'_>, found: ForKey<'_>) {
    for key in pair.reversed().became_required() {
        found(
            Some(key),
            format!("{} became optional", pair.name(key)),
            Class::WIDER.into(),
        );
    }
}
