//! A target type that every event must have now, and none could have before.

use super::{Body, Class, ForTarget, Rule, Scope};

pub const RULE: Rule = Rule {
    name: "target-added",
    summary: "A target type was added: every declared type must be there.",
    scope: Scope::Body(find),
};

fn find(old: &Body, new: &Body, found: ForTarget<'_>) {
    for kind in new
        .targets
        .keys()
        .filter(|kind| !old.targets.contains_key(*kind))
    {
        found(kind, format!("target {kind:?} was added"), Class::OTHER);
    }
}
