//! The rules by which changes are named: one a file, each with a pair of fixtures in `tests/rules`.
//!
//! They compare what schemas mean, not how they are written. Keywords that aren't understood (`pattern` …) count as breaking unless a change of
//! one can't be.

mod constraint_added;
mod constraint_changed;
mod constraint_removed;
mod enum_added;
mod enum_removed;
mod enum_value_added;
mod enum_value_removed;
mod key_added_optional;
mod key_added_required;
mod key_optional;
mod key_removed;
mod key_required;
pub(super) mod max_length_lowered;
pub(super) mod max_length_raised;
pub(super) mod not_comparable;
mod object_closed;
mod object_declared;
mod object_opened;
mod object_undeclared;
mod target_added;
mod target_removed;
mod type_changed;
mod type_narrowed;
mod type_widened;

use serde_json::Value;

use super::constraints::Constraint;
use super::meaning::Meaning;
use super::meaning::accepted::Accepted as _;
use super::meaning::length::Length;
use super::meaning::object::Object;
use super::meaning::part::{Conditions, Part};
use super::meaning::unread::is_of_schemas;
use super::{Body, Class, Place, Verdict};
use crate::body::Types;

/// Names a kind of change.
#[derive(Debug)]
pub struct Rule {
    pub name: &'static str,
    /// What happened, in one line.
    pub summary: &'static str,
    pub(super) scope: Scope,
}

/// What a rule looks at, and how it says what it found.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scope {
    Body(fn(&Body, &Body, ForTarget<'_>)),
    Object(fn(Objects<'_>, ForKey<'_>)),
    Value(fn(Values<'_>, ForValue<'_>)),
    /// A keyword of an object or of a value. The text is what it belongs to: `` `role` of the actor ``, `the actor's metadata`.
    Constraint(fn(&str, &Constraint, ForValue<'_>)),
    /// What the other rules can't say of an object or a value.
    Otherwise,
}

type ForTarget<'r> = &'r mut dyn FnMut(&str, String, Class);
type ForKey<'r> = &'r mut dyn FnMut(Option<&str>, String, Verdict);
type ForValue<'r> = &'r mut dyn FnMut(String, Verdict);

/// Two schemas of one metadata object.
#[derive(Clone, Copy, Debug)]
pub(super) struct Objects<'b> {
    pub place: Place<'b>,
    pub old: &'b Object,
    pub new: &'b Object,
}

/// Two schemas of one value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Values<'b> {
    pub place: Place<'b>,
    pub key: &'b str,
    pub old: &'b Meaning,
    pub new: &'b Meaning,
}

/// Every rule, sorted by name.
pub const ALL: [&Rule; 24] = [
    &constraint_added::RULE,
    &constraint_changed::RULE,
    &constraint_removed::RULE,
    &enum_added::RULE,
    &enum_removed::RULE,
    &enum_value_added::RULE,
    &enum_value_removed::RULE,
    &key_added_optional::RULE,
    &key_added_required::RULE,
    &key_optional::RULE,
    &key_removed::RULE,
    &key_required::RULE,
    &max_length_lowered::RULE,
    &max_length_raised::RULE,
    &not_comparable::RULE,
    &object_closed::RULE,
    &object_declared::RULE,
    &object_opened::RULE,
    &object_undeclared::RULE,
    &target_added::RULE,
    &target_removed::RULE,
    &type_changed::RULE,
    &type_narrowed::RULE,
    &type_widened::RULE,
];

impl<'b> Objects<'b> {
    /// The same pair, seen from the other side.
    fn reversed(self) -> Self {
        Self {
            old: self.new,
            new: self.old,
            ..self
        }
    }

    /// `` `role` of the actor ``
    fn name(self, key: &str) -> String {
        format!("`{key}`{}", self.place.words())
    }

    /// `the actor's metadata`
    pub fn object(self) -> String {
        match self.place {
            Place::Root => "metadata".into(),
            Place::Actor => "the actor's metadata".into(),
            Place::Target(kind) => format!("metadata of target {kind:?}"),
        }
    }

    /// Whether both sides say what a key accepts: by its own schema, or where only that of all other keys would do it by another keyword.
    pub fn says_of(self, key: &str) -> bool {
        let is_like_others = |side: &Object| side.meaning(key) == &side.rest;
        match (self.old.describes(key), self.new.describes(key)) {
            (true, true) => true,
            (false, false) => !is_like_others(self.old) || !is_like_others(self.new),
            _ => false,
        }
    }

    /// The keys that only the new object describes.
    fn added(self) -> impl Iterator<Item = &'b str> {
        self.new
            .keys
            .keys()
            .map(String::as_str)
            .filter(move |key| self.new.describes(key) && !self.old.describes(key))
    }

    /// What it means that only the new object describes a key.
    fn verdict_of_added(self, key: &str) -> Verdict {
        Verdict::new(
            self.old.within_at(key, self.new),
            self.new.within_at(key, self.old),
        )
    }

    /// What the change from one to the other breaks.
    pub fn verdict(self) -> Verdict {
        Verdict::new(self.old.within(self.new), self.new.within(self.old))
    }

    /// The same of what they accept under a key.
    pub fn verdict_at(self, key: &str) -> Verdict {
        Verdict::new(
            self.old.value_within(key, self.new),
            self.new.value_within(key, self.old),
        )
    }

    /// Whether only one side has keywords that aren't understood, and what they accept matters.
    pub fn is_comparable(self, verdict: &Verdict) -> bool {
        self.old.unread == self.new.unread || verdict.unread.all().is_empty()
    }

    /// The keys that must be there now and needn't before, of those that both describe or neither does.
    fn became_required(self) -> impl Iterator<Item = &'b str> {
        let both_or_neither = move |key: &&str| self.old.describes(key) == self.new.describes(key);
        let keys = self
            .new
            .keys
            .keys()
            .map(String::as_str)
            .filter(both_or_neither);
        keys.filter(move |key| self.new.requires(key) && !self.old.requires(key))
    }
}

impl Values<'_> {
    /// The same pair, seen from the other side.
    fn reversed(self) -> Self {
        Self {
            old: self.new,
            new: self.old,
            ..self
        }
    }

    /// `` `role` of the actor ``
    pub fn name(self) -> String {
        format!("`{}`{}", self.key, self.place.words())
    }

    /// The same of values, where a pattern or a format says nothing of the other keywords.
    pub fn is_comparable(self, verdict: &Verdict) -> bool {
        let is_same = self.old.unread_beside(self.new) == self.new.unread_beside(self.old);
        is_same || !verdict.unread.all().into_iter().any(is_of_schemas)
    }

    /// The values of both sides, where both are lists. Booleans are one beside another.
    fn lists(self) -> Option<(Vec<Value>, Vec<Value>)> {
        let lists = (self.old.listed()?, self.new.listed()?);
        let is_list = [self.old, self.new].map(Meaning::is_list);
        let has_booleans = [self.old, self.new]
            .iter()
            .all(|side| side.types().include(Types::BOOLEAN));
        (is_list == [true, true] || (is_list != [false, false] && has_booleans)).then_some(lists)
    }

    /// The types, where they aren't said by values on both sides.
    fn types(self) -> Option<(Types, Types)> {
        let (old, new) = (self.old.types(), self.new.types());
        (self.lists().is_none() && old != new).then_some((old, new))
    }

    /// The lengths, where both sides are free text.
    fn lengths(self) -> Option<(Length, Length)> {
        Some((
            *self.old.strings.conditions()?,
            *self.new.strings.conditions()?,
        ))
    }

    /// The values that only the new list has, where both sides have one.
    fn new_values(self) -> Vec<String> {
        if let Some((old, new)) = self.lists() {
            return new
                .iter()
                .filter(|value| !old.contains(value))
                .map(Value::to_string)
                .collect();
        }
        if self.old.is_list() || self.new.is_list() {
            return Vec::new();
        }
        let Self { old, new, .. } = self;
        let parts = [
            new_of(&old.strings, &new.strings),
            new_of(&old.numbers, &new.numbers),
            new_of(&old.booleans, &new.booleans),
        ];
        parts.concat()
    }

    /// The lists that only the new side has, and what that means: all that it accepts, or all of a type.
    fn new_lists(self) -> Vec<(Vec<String>, Verdict)> {
        let Self { old, new, .. } = self;
        if self.lists().is_some() || old.is_list() {
            return Vec::new();
        }
        if let Some(values) = new.listed().filter(|_| new.is_list()) {
            let class = Class {
                backward: old.set_within(new),
                forward: new.set_within(old),
            };
            if class == Class::SAME {
                return Vec::new();
            }
            return vec![(values.iter().map(Value::to_string).collect(), class.into())];
        }
        [
            closed(&old.strings, &new.strings),
            closed(&old.numbers, &new.numbers),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// The values that only the new list of a type has, where both sides have one.
fn new_of<C: Conditions>(old: &Part<C>, new: &Part<C>) -> Vec<String> {
    let (Some(before), Some(after)) = (old.listed(), new.listed()) else {
        return Vec::new();
    };
    let is_listed = !before.is_empty() && !after.is_empty();
    after
        .iter()
        .filter(|value| is_listed && !before.contains(value))
        .map(Value::to_string)
        .collect()
}

/// The list of a type whose values were free, and what that means.
fn closed<C: Conditions>(old: &Part<C>, new: &Part<C>) -> Option<(Vec<String>, Verdict)> {
    old.conditions()?;
    let values = new.listed().filter(|values| !values.is_empty())?;
    let class = Class {
        backward: old.set.within(&new.set),
        forward: new.set.within(&old.set),
    };
    (class != Class::SAME).then(|| (values.iter().map(Value::to_string).collect(), class.into()))
}

/// How many values of an enum are named in a sentence.
const NAMED: usize = 8;

/// `"admin", "guest"`
fn listed(values: &[String]) -> String {
    let named = values
        .iter()
        .take(NAMED)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    if values.len() > NAMED {
        format!("{named} and {} more", values.len() - NAMED)
    } else {
        named
    }
}

/// `12 characters`, `no limit`
pub(super) fn length(max_len: Option<u64>) -> String {
    max_len.map_or_else(
        || "no limit of its own".into(),
        |max_len| format!("{max_len}"),
    )
}
