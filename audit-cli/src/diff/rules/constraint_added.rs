//! A keyword that our derives can't write (`pattern` …) and that wasn't there before.

use super::{Class, Constraints, ForValue, Rule, Scope, reaches_further};

pub const RULE: Rule =
    Rule { name: "constraint-added", summary: "A keyword was added that the derives don't know.", scope: Scope::Constraints(find) };

fn find(pair: Constraints<'_>, found: ForValue<'_>) {
    for (keyword, value) in pair.new.iter().filter(|(keyword, _)| !pair.old.contains_key(*keyword)) {
        found(
            format!("`{keyword}: {value}` of {} was added", pair.subject),
            if reaches_further(keyword) { Class::OTHER } else { Class::NARROWER },
        );
    }
}
