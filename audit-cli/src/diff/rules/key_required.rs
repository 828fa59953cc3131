//! A key that could be left out, and can't any more.

use super::{Class, ForKey, Objects, Rule, Scope};

pub const RULE: Rule = Rule {
    name: "key-required",
    summary: "A metadata key that could be left out must be there.",
    scope: Scope::Object(find),
};

fn find(pair: Objects<'_>, found: ForKey<'_>) {
    for key in pair.became_required() {
        found(
            Some(key),
            format!("{} became required", pair.name(key)),
            Class::NARROWER.into(),
        );
    }
}
