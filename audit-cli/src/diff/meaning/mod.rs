//! What the schema of a value means: which strings, which numbers and which booleans it accepts. Two that are written in different ways and
//! accept the same are equal here, and keywords that refuse nothing are gone; those that aren't understood are kept with what they are about.

pub mod accepted;
pub mod length;
pub mod object;
pub mod part;
pub mod range;
mod read;
mod read_object;
mod references;
pub mod unread;

use serde::Serialize;
use serde_json::Value;

use crate::body::read::keywords::{OF_NUMBERS, OF_STRINGS};
use crate::body::{Property, Types};
use accepted::{Accepted, Composed, Schema};
use length::Length;
use part::{Conditions, Part, Set, Unconditional, listed};
use range::{Range, Step};
use unread::{Keyword, Unread, Within};

/// What a value may be.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Meaning {
    pub strings: Part<Length>,
    pub numbers: Part<Range>,
    pub booleans: Part<Unconditional>,
}

/// Says what a property accepts.
pub fn of(property: &Property) -> Meaning {
    let Property {
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
    if let Some(max) = max_len {
        meaning = meaning.meet(&Meaning::of_strings(Length {
            max: *max,
            ..Length::ANY
        }));
    }
    read::keywords(meaning, constraints.clone())
}

impl Meaning {
    pub const NOTHING: Self = Self {
        strings: Part::NONE,
        numbers: Part::NONE,
        booleans: Part::NONE,
    };

    /// What a JSON Schema accepts.
    pub fn of_schema(schema: &Value) -> Self {
        read::schema(schema)
    }

    fn of_types(types: Types) -> Self {
        fn only<C: Conditions>(is_included: bool, set: Set<C>) -> Part<C> {
            if is_included { set.into() } else { Part::NONE }
        }
        let numbers = if types.include(Types::NUMBER) {
            Range::default()
        } else {
            Range::multiples_of(Step::WHOLE)
        };
        Self {
            strings: only(types.include(Types::STRING), Length::all()),
            numbers: only(types.include(Types::INTEGER), Set::Free(numbers)),
            booleans: only(types.include(Types::BOOLEAN), Unconditional::all()),
        }
    }

    /// Nothing but these. No metadata value is `null`, a list or an object.
    fn of_values(values: &[Value]) -> Self {
        let values: Vec<_> = values.iter().map(read::plain).collect();
        Self {
            strings: listed(values.iter().filter(|value| Length::ANY.hold(value))).into(),
            numbers: listed(values.iter().filter(|value| value.is_number())).into(),
            booleans: listed(values.iter().filter(|value| value.is_boolean())).into(),
        }
    }

    /// Anything, but of strings only those.
    fn of_strings(length: Length) -> Self {
        Self {
            strings: Set::of(length).into(),
            ..Self::everything()
        }
    }

    /// Anything, but of numbers only those.
    fn of_numbers(range: Range) -> Self {
        Self {
            numbers: Set::of(range).into(),
            ..Self::everything()
        }
    }

    pub fn is_empty(&self) -> bool {
        self.strings.is_empty() && self.numbers.is_empty() && self.booleans.is_empty()
    }

    /// The types of what is accepted.
    pub fn types(&self) -> Types {
        let fraction = |values: &[Value]| {
            values
                .iter()
                .any(|value| value.as_f64().is_some_and(|number| number.fract() != 0.0))
        };
        let numbers = match &self.numbers.set {
            Set::Listed(values) if values.is_empty() => Types::NONE,
            Set::Listed(values) if fraction(values) => Types::NUMBER,
            Set::Free(range) if !range.step.is_some_and(|step| step.within(Step::WHOLE)) => {
                Types::NUMBER
            }
            Set::Listed(_) | Set::Free(_) => Types::INTEGER,
        };
        let strings = if self.strings.is_empty() {
            Types::NONE
        } else {
            Types::STRING
        };
        let booleans = if self.booleans.is_empty() {
            Types::NONE
        } else {
            Types::BOOLEAN
        };
        strings.and(numbers).and(booleans)
    }

    /// Every value, where they are listed.
    pub fn listed(&self) -> Option<Vec<Value>> {
        Some(
            [
                self.strings.listed()?,
                self.numbers.listed()?,
                self.booleans.listed()?,
            ]
            .concat(),
        )
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
        self.strings.set.within(&other.strings.set)
            && self.numbers.set.within(&other.numbers.set)
            && self.booleans.set.within(&other.booleans.set)
    }

    /// Whether `other` accepts everything that this accepts.
    pub fn within(&self, other: &Self) -> Within {
        let scalars = self
            .strings
            .within(&other.strings)
            .and(self.numbers.within(&other.numbers));
        scalars.and(self.booleans.within(&other.booleans))
    }

    /// What both accept.
    pub fn meet(&self, other: &Self) -> Self {
        Self {
            strings: self.strings.meet(&other.strings),
            numbers: self.numbers.meet(&other.numbers),
            booleans: self.booleans.meet(&other.booleans),
        }
    }

    /// Keywords that aren't understood, of all types that `other` accepts, too.
    pub fn unread_beside(&self, other: &Self) -> Unread {
        let of = |is_other_empty: bool, unread: &Unread| {
            if is_other_empty {
                Unread::new()
            } else {
                unread.clone()
            }
        };
        let strings = of(other.strings.is_empty(), &self.strings.unread);
        let numbers = of(other.numbers.is_empty(), &self.numbers.unread);
        &(&strings | &numbers) | &of(other.booleans.is_empty(), &self.booleans.unread)
    }
}

/// Formats of numbers; all others are of strings.
const NUMERIC: [&str; 4] = ["double", "float", "int32", "int64"];

impl Schema for Meaning {
    fn everything() -> Self {
        Self::of_types(Types::ANY)
    }

    /// A keyword of one type says nothing about the values of another.
    fn under(self, keyword: Keyword) -> Self {
        let Self {
            mut strings,
            mut numbers,
            mut booleans,
        } = self;
        let name = keyword.name.as_str();
        let is_numeric = keyword
            .value
            .as_str()
            .is_some_and(|format| NUMERIC.contains(&format));
        let is_of_strings = OF_STRINGS.contains(&name) || (name == "format" && !is_numeric);
        let is_of_numbers = OF_NUMBERS.contains(&name) || (name == "format" && is_numeric);
        if !is_of_numbers {
            strings = strings.under(keyword.clone());
        }
        if !is_of_strings {
            numbers = numbers.under(keyword.clone());
        }
        if !is_of_strings && !is_of_numbers {
            booleans = booleans.under(keyword);
        }
        Self {
            strings,
            numbers,
            booleans,
        }
    }
}

/// Type by type.
impl Composed for Meaning {
    fn any_of(&self, keyword: &str, branches: Vec<Self>) -> Self {
        let (strings, numbers, booleans) = split(branches);
        Self {
            strings: self.strings.any_of(keyword, strings),
            numbers: self.numbers.any_of(keyword, numbers),
            booleans: self.booleans.any_of(keyword, booleans),
        }
    }

    fn one_of(&self, keyword: &str, branches: Vec<Self>) -> Self {
        let (strings, numbers, booleans) = split(branches);
        Self {
            strings: self.strings.one_of(keyword, strings),
            numbers: self.numbers.one_of(keyword, numbers),
            booleans: self.booleans.one_of(keyword, booleans),
        }
    }

    fn without(&self, keyword: &str, other: &Self) -> Self {
        Self {
            strings: self.strings.without(keyword, &other.strings),
            numbers: self.numbers.without(keyword, &other.numbers),
            booleans: self.booleans.without(keyword, &other.booleans),
        }
    }
}

/// Branches, type by type.
type Split = (
    Vec<Part<Length>>,
    Vec<Part<Range>>,
    Vec<Part<Unconditional>>,
);

fn split(branches: Vec<Meaning>) -> Split {
    branches
        .into_iter()
        .map(
            |Meaning {
                 strings,
                 numbers,
                 booleans,
             }| (strings, numbers, booleans),
        )
        .collect()
}
