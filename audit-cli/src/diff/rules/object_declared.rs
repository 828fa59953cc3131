//! A metadata object that had no schema, and has one now: the service asks for the object from then on, also where nothing in it is required.

use super::{Class, ForKey, Objects, Rule, Scope};

pub const RULE: Rule = Rule {
    name: "object-declared",
    summary: "Metadata has a schema now: the object must be there, also an empty one.",
    scope: Scope::Object(find),
};

fn find(pair: Objects<'_>, found: ForKey<'_>) {
    if !pair.old.declared && pair.new.declared {
        found(
            None,
            format!("{} has a schema now, so it must be there", pair.object()),
            Class::NARROWER.into(),
        );
    }
}
