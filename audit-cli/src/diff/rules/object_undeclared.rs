//! A metadata object that had a schema, and has none now: the service doesn't ask for the object any more.

use super::{Class, ForKey, Objects, Rule, Scope};

pub const RULE: Rule = Rule {
    name: "object-undeclared",
    summary: "Metadata has no schema any more: the object can be left out.",
    scope: Scope::Object(find),
};

fn find(pair: Objects<'_>, found: ForKey<'_>) {
    if pair.old.declared && !pair.new.declared {
        found(
            None,
            format!(
                "{} has no schema any more, so it can be left out",
                pair.object()
            ),
            Class::WIDER.into(),
        );
    }
}
