//! Target types: every declared one is required, and no other is accepted.

use crate::diff::pair::change;
use crate::diff::{Body, Change, Class, place_of_target};

pub fn find(old: &Body, new: &Body, changes: &mut Vec<Change>) {
    for (rule, verb, one, other) in [
        ("target-added", "added", new, old),
        ("target-removed", "removed", old, new),
    ] {
        let kinds = one.targets.keys();
        changes.extend(
            kinds
                .filter(|kind| !other.targets.contains_key(*kind))
                .map(|kind| {
                    let message = format!("target {kind:?} was {verb}");
                    change(rule, place_of_target(kind), None, message, Class::OTHER)
                }),
        );
    }
}
