//! A keyword that our derives can't write (`pattern`, `minimum` …) and that wasn't there before.

use super::{Constraint, ForValue, Rule, Scope};

pub const RULE: Rule = Rule {
    name: "constraint-added",
    summary: "A keyword was added that the derives don't know.",
    scope: Scope::Constraint(find),
};

fn find(subject: &str, Constraint { old, new, verdict }: &Constraint, found: ForValue<'_>) {
    if let (None, Some((keyword, value))) = (old, new) {
        found(
            format!("`{keyword}: {value}` of {subject} was added"),
            verdict.clone(),
        );
    }
}
