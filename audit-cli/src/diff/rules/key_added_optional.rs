//! A key that may be there, and wasn't described before.

use super::{ForKey, Objects, Rule, Scope};

pub const RULE: Rule = Rule {
    name: "key-added-optional",
    summary: "A metadata key was added that may be left out.",
    scope: Scope::Object(find),
};

fn find(pair: Objects<'_>, found: ForKey<'_>) {
    for key in pair.added().filter(|key| !pair.new.requires(key)) {
        found(
            Some(key),
            format!("{} was added, optional", pair.name(key)),
            pair.verdict_of_added(key),
        );
    }
}
