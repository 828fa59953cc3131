//! A target type that every event had to have, and none can have now.

use super::{Body, Class, ForTarget, Rule, Scope};

pub const RULE: Rule = Rule {
    name: "target-removed",
    summary: "A target type was removed: undeclared types are refused.",
    scope: Scope::Body(find),
};

fn find(old: &Body, new: &Body, found: ForTarget<'_>) {
    for kind in old
        .targets
        .keys()
        .filter(|kind| !new.targets.contains_key(*kind))
    {
        found(kind, format!("target {kind:?} was removed"), Class::OTHER);
    }
}
