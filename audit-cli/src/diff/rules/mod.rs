//! The rules by which changes are named: a table of them, and a file for what each group is about, in both directions.
//!
//! They compare what schemas mean, not how they are written. Keywords that aren't understood (`pattern` …) count as breaking
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
    /// What happened, in one line.
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
    rule("enum-added", "A free metadata value must be one of a list."),
    rule("enum-removed", "A metadata value needn't be one of a list any more."),
    rule("enum-value-added", "A list has a value more."),
    rule("enum-value-removed", "A list has a value less."),
    rule("key-added-optional", "A metadata key was added that may be left out."),
    rule("key-added-required", "A metadata key was added that must be there."),
    rule("key-optional", "A metadata key that had to be there can be left out."),
    rule("key-removed", "A metadata key was removed."),
    rule("key-required", "A metadata key that could be left out must be there."),
    rule("max-length-lowered", "A text must be shorter than before."),
    rule("max-length-raised", "A text may be longer than before."),
    rule("not-comparable", "A schema can't be compared: it has keywords that aren't understood."),
    rule("object-closed", "Metadata takes no other keys any more than those described."),
    rule("object-declared", "Metadata has a schema now: the object must be there, also an empty one."),
    rule("object-opened", "Metadata takes other keys than those described."),
    rule("object-undeclared", "Metadata has no schema any more: the object can be left out."),
    rule("target-added", "A target type was added: every declared type must be there."),
    rule("target-removed", "A target type was removed: undeclared types are refused."),
    rule("type-changed", "The type of a metadata value was changed."),
    rule("type-narrowed", "The type of a metadata value takes less than before."),
    rule("type-widened", "The type of a metadata value takes more than before."),
];
