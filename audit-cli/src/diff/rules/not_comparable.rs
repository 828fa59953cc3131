//! A metadata object or value whose schema can't be compared: keywords that lead to other schemas aren't understood.

use super::{Rule, Scope};

pub const RULE: Rule = Rule {
    name: "not-comparable",
    summary: "A schema can't be compared: it has keywords that aren't understood.",
    scope: Scope::Otherwise,
};

/// What there is to say of it; the keywords are named behind.
pub fn message(subject: &str) -> String {
    format!("{subject} may accept other things than before")
}
