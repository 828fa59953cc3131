//! A keyword that our derives can't write (`pattern`, `minimum` …) and that isn't there any more.

use super::{Constraint, ForValue, Rule, Scope};

pub const RULE: Rule = Rule {
    name: "constraint-removed",
    summary: "A keyword was removed that the derives don't know.",
    scope: Scope::Constraint(find),
};

fn find(subject: &str, Constraint { old, new, verdict }: &Constraint, found: ForValue<'_>) {
    if let (Some((keyword, value)), None) = (old, new) {
        found(
            format!("`{keyword}: {value}` of {subject} was removed"),
            verdict.clone(),
        );
    }
}
