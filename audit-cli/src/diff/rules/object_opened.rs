//! An object that took only the keys that it describes, and takes any now.

use super::{Class, ForKey, Objects, Rule, Scope};

pub const RULE: Rule = Rule {
    name: "object-opened",
    summary: "Metadata takes other keys than those described.",
    scope: Scope::Object(find),
};

fn find(pair: Objects<'_>, found: ForKey<'_>) {
    if pair.old.is_closed() && !pair.new.is_closed() {
        found(
            None,
            format!("{} was opened: other keys are accepted, too", pair.object()),
            Class::WIDER.into(),
        );
    }
}
