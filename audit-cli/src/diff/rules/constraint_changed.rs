//! A keyword that our derives can't write (`pattern`, `minimum` …) with another value.

use super::{Constraint, ForValue, Rule, Scope};

pub const RULE: Rule = Rule {
    name: "constraint-changed",
    summary: "A keyword was changed that the derives don't know.",
    scope: Scope::Constraint(find),
};

fn find(subject: &str, Constraint { old, new, verdict }: &Constraint, found: ForValue<'_>) {
    let (Some((old, before)), Some((new, after))) = (old, new) else {
        return;
    };
    let message = if old == new {
        format!("`{old}` of {subject} changed from {before} to {after}")
    } else {
        format!("`{old}: {before}` of {subject} changed to `{new}: {after}`")
    };
    found(message, verdict.clone());
}
