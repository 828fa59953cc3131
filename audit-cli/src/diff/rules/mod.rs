//! The rules that name changes: a table of them, and a file for each group, in both directions.
//!
//! They compare the meaning of schemas, not their notation. Keywords that aren't understood (`pattern` …) count as breaking
//! unless a change of one can't be.

pub mod constraint;
pub(super) mod enumeration;
pub(super) mod key;
pub mod length;
pub(super) mod object;
pub(super) mod target;
pub(super) mod types;

/// A kind of change.
#[derive(Debug)]
pub struct Rule {
    pub name: &'static str,
    /// A line for `explain`.
    pub summary: &'static str,
}

const fn rule(name: &'static str, summary: &'static str) -> Rule {
    Rule { name, summary }
}

/// Every rule, sorted by name. Each has a pair of fixtures in `tests/rules` and a row in `docs/evolution.md`.
#[rustfmt::skip]
pub const ALL: &[Rule] = &[
    rule("constraint-added", "A keyword was added that the derives don't know."),
    rule("constraint-changed", "A keyword was changed that the derives don't know."),
    rule("constraint-removed", "A keyword was removed that the derives don't know."),
    rule("enum-added", "A free metadata value became one of a list."),
    rule("enum-removed", "A metadata value is no longer one of a list."),
    rule("enum-value-added", "A list has another value."),
    rule("enum-value-removed", "A list lost a value."),
    rule("key-added-optional", "An optional metadata key was added."),
    rule("key-added-required", "A required metadata key was added."),
    rule("key-optional", "A required metadata key became optional."),
    rule("key-removed", "A metadata key was removed."),
    rule("key-required", "An optional metadata key became required."),
    rule("max-length-lowered", "The maximum length of a string was lowered."),
    rule("max-length-raised", "The maximum length of a string was raised."),
    rule("not-comparable", "A schema has keywords that aren't compared."),
    rule("object-closed", "Metadata no longer accepts undescribed keys."),
    rule("object-declared", "Metadata has a schema now: the object is required, even if empty."),
    rule("object-opened", "Metadata accepts undescribed keys."),
    rule("object-undeclared", "Metadata has no schema any more: the object is optional."),
    rule("target-added", "A target type was added: every declared type is required."),
    rule("target-removed", "A target type was removed: undeclared types are rejected."),
    rule("type-changed", "The type of a metadata value was changed."),
    rule("type-narrowed", "The type of a metadata value was narrowed."),
    rule("type-widened", "The type of a metadata value was widened."),
];
