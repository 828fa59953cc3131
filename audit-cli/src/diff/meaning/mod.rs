//! The meaning of a value's schema: the strings, numbers and booleans that it accepts. Different notations of the same values are equal here,
//! and annotations are gone; keywords that aren't understood are kept with their types.

mod composed;
pub mod object;
pub mod part;
pub mod range;
mod read;
mod read_object;
pub mod unread;

use std::array::from_fn;

use serde::Serialize;
use serde_json::Value;

use crate::body::read::keywords::Subject::{Numbers, Strings};
use crate::body::read::keywords::subject;
use crate::body::{Property, Types};
use crate::json::normal;
use part::{Length, Part, Set};
use range::{Range, Step};
use unread::{Keyword, Unread, Within};

/// The accepted values: strings, numbers, booleans.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Meaning([Part; 3]);

/// Reads the meaning of a property.
pub fn of(property: &Property) -> Meaning {
    let Property {
        at: _,
        types,
        values,
        max_len,
        constraints,
        annotations: _,
    } = property;
    let mut meaning = Meaning::of_types(*types);
    if let Some(values) = values {
        meaning = meaning.meet(&Meaning::of_values(values));
    }
    if let Some(max) = *max_len {
        meaning = meaning.meet(&Meaning::of_set(Set::Strings(Length {
            max,
            ..Length::ANY
        })));
    }
    read::keywords(meaning, constraints)
}

impl Meaning {
    pub const NOTHING: Self = Self([Part::NONE; 3]);

    pub fn everything() -> Self {
        Self::of_types(Types::ANY)
    }

    /// The meaning of a JSON Schema.
    pub fn of_schema(schema: &Value) -> Self {
        read::schema(schema)
    }

    fn of_types(types: Types) -> Self {
        let only = |of: Types, set: Set| {
            if of.within(types) {
                set.into()
            } else {
                Part::NONE
            }
        };
        let numbers = if Types::NUMBER.within(types) {
            Range::default()
        } else {
            Range::multiples_of(Step::WHOLE)
        };
        Self([
            only(Types::STRING, Set::Strings(Length::ANY)),
            only(Types::INTEGER, Set::Numbers(numbers)),
            only(Types::BOOLEAN, Set::Listed(vec![false.into(), true.into()])),
        ])
    }

    /// Nothing but these. No metadata value is `null`, a list or an object, and no string is longer than the service's limit.
    fn of_values(values: &[Value]) -> Self {
        let values: Vec<_> = values.iter().map(normal).collect();
        let Self(all) = Self::everything();
        Self(
            all.map(|part| {
                Set::of_values(values.iter().filter(|value| part.set.holds(value))).into()
            }),
        )
    }

    /// Anything, but of strings or of numbers only those.
    fn of_set(set: Set) -> Self {
        let Self([strings, numbers, booleans]) = Self::everything();
        match set {
            Set::Strings(_) => Self([set.reduced().into(), numbers, booleans]),
            _ => Self([strings, set.reduced().into(), booleans]),
        }
    }

    pub fn strings(&self) -> &Part {
        &self.0[0]
    }

    pub fn numbers(&self) -> &Part {
        &self.0[1]
    }

    fn booleans(&self) -> &Part {
        &self.0[2]
    }

    /// The parts of both, type by type.
    pub fn pairs<'m>(&'m self, other: &'m Self) -> impl Iterator<Item = (&'m Part, &'m Part)> {
        self.0.iter().zip(&other.0)
    }

    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Part::is_empty)
    }

    /// The types of accepted values.
    pub fn types(&self) -> Types {
        let is_fraction =
            |value: &Value| value.as_f64().is_some_and(|number| number.fract() != 0.0);
        let is_whole = match &self.numbers().set {
            Set::Listed(values) => !values.iter().any(is_fraction),
            Set::Numbers(range) => range.step.is_some_and(|step| step.within(Step::WHOLE)),
            Set::Strings(_) => false,
        };
        let only = |part: &Part, types| {
            if part.is_empty() { Types::NONE } else { types }
        };
        let numbers = if is_whole {
            Types::INTEGER
        } else {
            Types::NUMBER
        };
        only(self.strings(), Types::STRING)
            .and(only(self.numbers(), numbers))
            .and(only(self.booleans(), Types::BOOLEAN))
    }

    /// Every value, where they are listed.
    pub fn listed(&self) -> Option<Vec<Value>> {
        let lists: Option<Vec<_>> = self.0.iter().map(Part::listed).collect();
        Some(lists?.concat())
    }

    /// Whether it is a list of values, and not just of a type.
    pub fn is_list(&self) -> bool {
        let is_free = |values: &[Value]| {
            values.is_empty() || (values.len() == 2 && self.types() == Types::BOOLEAN)
        };
        self.listed().is_some_and(|values| !is_free(&values))
    }

    /// Whether `other` accepts everything that this accepts, as far as it is understood.
    pub fn set_within(&self, other: &Self) -> bool {
        self.pairs(other)
            .all(|(own, other)| own.set.within(&other.set))
    }

    /// Whether `other` accepts everything that this accepts.
    pub fn within(&self, other: &Self) -> Within {
        self.pairs(other)
            .map(|(own, other)| own.within(other))
            .fold(Within::YES, Within::and)
    }

    /// The intersection.
    pub fn meet(&self, other: &Self) -> Self {
        Self(from_fn(|of| self.0[of].meet(&other.0[of])))
    }

    /// Keywords that aren't understood, of all types that `other` accepts, too.
    pub fn unread_beside(&self, other: &Self) -> Unread {
        let shared = self.pairs(other).filter(|(_, other)| !other.is_empty());
        shared.flat_map(|(own, _)| own.unread.clone()).collect()
    }

    /// The same under a keyword that isn't understood. A keyword of one type doesn't restrict another type.
    fn under(self, keyword: &Keyword) -> Self {
        let subject = match keyword.value.trim_matches('"') {
            _ if keyword.name != "format" => subject(&keyword.name),
            format if NUMERIC.contains(&format) => Some(Numbers),
            _ => Some(Strings),
        };
        let Self([strings, numbers, booleans]) = self;
        let under = |part: Part| part.under(keyword.clone());
        match subject {
            Some(Strings) => Self([under(strings), numbers, booleans]),
            Some(Numbers) => Self([strings, under(numbers), booleans]),
            _ => Self([strings, numbers, booleans].map(under)),
        }
    }
}

/// Formats of numbers; all others are of strings.
const NUMERIC: [&str; 4] = ["double", "float", "int32", "int64"];
