//! An object that took any key, and takes only those that it describes now.

use super::{Class, ForKey, Objects, Rule, Scope};

pub const RULE: Rule = Rule {
    name: "object-closed",
    summary: "Metadata takes no other keys any more than those described.",
    scope: Scope::Object(find),
};

fn find(pair: Objects<'_>, found: ForKey<'_>) {
    if !pair.old.is_closed() && pair.new.is_closed() {
        found(
            None,
            format!(
                "{} was closed: other keys aren't accepted any more",
                pair.object()
            ),
            Class::NARROWER.into(),
        );
    }
}
