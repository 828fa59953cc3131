//! A key that isn't described any more.

use super::{ForKey, Objects, Rule, Scope};

pub const RULE: Rule = Rule {
    name: "key-removed",
    summary: "A metadata key was removed.",
    scope: Scope::Object(find),
};

fn find(pair: Objects<'_>, found: ForKey<'_>) {
    let reversed = pair.reversed();
    for key in reversed.added() {
        let was = if pair.old.requires(key) {
            "required"
        } else {
            "optional"
        };
        found(
            Some(key),
            format!("{} was removed, it was {was}", pair.name(key)),
            reversed.verdict_of_added(key).reversed(),
        );
    }
}
