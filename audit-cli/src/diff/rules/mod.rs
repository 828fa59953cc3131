//! The rules by which changes are named: one a file, each with a pair of fixtures in `tests/rules`.
//!
//! Each is exact for what our derives can write. Keywords that they can't (`pattern` …) are opaque: a change of one counts as breaking unless it
//! can't be.

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
mod max_length_lowered;
mod max_length_raised;
mod object_closed;
mod object_opened;
mod target_added;
mod target_removed;
mod type_changed;
mod type_narrowed;
mod type_widened;

use super::meaning::{self, Meaning};
use super::{Body, Class, Metadata, Place};
use crate::body::{Keywords, Types};

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
    /// Of an object or of a value.
    Constraints(fn(Constraints<'_>, ForValue<'_>)),
}

type ForTarget<'r> = &'r mut dyn FnMut(&str, String, Class);
type ForKey<'r> = &'r mut dyn FnMut(Option<&str>, String, Class);
type ForValue<'r> = &'r mut dyn FnMut(String, Class);

/// Two schemas of one metadata object.
#[derive(Clone, Copy, Debug)]
pub(super) struct Objects<'b> {
    pub place: Place<'b>,
    pub old: &'b Metadata,
    pub new: &'b Metadata,
}

/// Two schemas of one value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Values<'b> {
    pub place: Place<'b>,
    pub key: &'b str,
    pub old: &'b Meaning,
    pub new: &'b Meaning,
}

/// What two schemas ask for beyond what the derives know.
#[derive(Clone, Copy, Debug)]
pub(super) struct Constraints<'b> {
    /// `` `role` of the actor ``, `the actor's metadata`
    pub subject: &'b str,
    pub old: &'b Keywords,
    pub new: &'b Keywords,
}

/// Every rule, sorted by name.
pub const ALL: [&Rule; 21] = [
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
    &object_closed::RULE,
    &object_opened::RULE,
    &target_added::RULE,
    &target_removed::RULE,
    &type_changed::RULE,
    &type_narrowed::RULE,
    &type_widened::RULE,
];

impl<'b> Objects<'b> {
    /// The same pair, seen from the other side.
    fn reversed(self) -> Self {
        Self { old: self.new, new: self.old, ..self }
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

    /// The keys that only the new object describes.
    fn added(self) -> impl Iterator<Item = &'b str> {
        self.new.properties.keys().filter(move |key| !self.old.properties.contains_key(*key)).map(String::as_str)
    }

    /// What it means that only the new object describes a key.
    fn class_of_added(self, key: &str) -> Class {
        if [self.old, self.new].into_iter().any(|side| side.constraints.keys().any(|keyword| reaches_further(keyword))) {
            return Class::OTHER;
        }
        let (was_required, is_required) = (self.old.required.contains(key), self.new.required.contains(key));
        if !self.old.open {
            return Class { backward: !is_required, forward: false };
        }
        let is_anything = self.new.properties.get(key).is_some_and(|property| meaning::of(property).is_anything());
        let was_anything = !self.old.constraints.contains_key("additionalProperties");
        Class { backward: is_anything && (was_required || !is_required), forward: was_anything && (is_required || !was_required) }
    }

    /// The keys that must be there now and needn't before, of those that both describe or neither does.
    fn became_required(self) -> impl Iterator<Item = &'b str> {
        let known = move |metadata: &Metadata, key: &String| metadata.properties.contains_key(key);
        let same = move |key: &&String| known(self.old, key) == known(self.new, key);
        self.new.required.difference(&self.old.required).filter(same).map(String::as_str)
    }
}

impl Values<'_> {
    /// The same pair, seen from the other side.
    fn reversed(self) -> Self {
        Self { old: self.new, new: self.old, ..self }
    }

    /// `` `role` of the actor ``
    pub fn name(self) -> String {
        format!("`{}`{}", self.key, self.place.words())
    }

    /// The types, where they aren't said by values on both sides.
    fn types(self) -> Option<(Types, Types)> {
        let both = self.old.values.is_some() && self.new.values.is_some();
        (!both && self.old.types != self.new.types).then_some((self.old.types, self.new.types))
    }

    /// The limits as they are written, where both sides are free text.
    fn lengths(self) -> Option<(Option<u64>, Option<u64>)> {
        let free = |side: &Meaning| side.values.is_none() && side.types.include(Types::STRING);
        (free(self.old) && free(self.new)).then_some((self.old.max_len, self.new.max_len))
    }

    /// The values that only the new enum has, where both sides are enums.
    fn new_values(self) -> Vec<String> {
        let (Some(old), Some(new)) = (&self.old.values, &self.new.values) else { return Vec::new() };
        new.iter().filter(|value| !old.contains(value)).map(shown).collect()
    }
}

/// Whether a keyword says which keys are described at all: with it neither an added key nor the keyword itself can be classed alone.
fn reaches_further(keyword: &str) -> bool {
    matches!(keyword, "patternProperties" | "unevaluatedProperties")
}

/// How many values of an enum are named in a sentence.
const NAMED: usize = 8;

/// `"admin", "guest"`
fn listed(values: &[String]) -> String {
    let named = values.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    if values.len() > NAMED { format!("{named} and {} more", values.len() - NAMED) } else { named }
}

fn shown(value: &serde_json::Value) -> String {
    value.to_string()
}

/// `12 characters`, `no limit`
fn length(max_len: Option<u64>) -> String {
    max_len.map_or_else(|| "no limit of its own".into(), |max_len| format!("{max_len}"))
}
