//! A keyword that our derives can't write (`pattern` …) and that isn't there any more.

use super::{Class, Constraints, ForValue, Rule, Scope, reaches_further};

pub const RULE: Rule = Rule {
    name: "constraint-removed",
    summary: "A keyword was removed that the derives don't know.",
    scope: Scope::Constraints(find),
};

fn find(pair: Constraints<'_>, found: ForValue<'_>) {
    for (keyword, value) in pair.old.iter().filter(|(keyword, _)| !pair.new.contains_key(*keyword)) {
        found(
            format!("`{keyword}: {value}` of {} was removed", pair.subject),
            if reaches_further(keyword) { Class::OTHER } else { Class::WIDER },
        );
    }
}
