//! What the schema of a value means: which strings, which numbers and which booleans it accepts. Two that are written in different ways and
//! accept the same are equal here; keywords that aren't understood are kept beside it.

pub mod length;
pub mod object;
pub mod part;
pub mod range;
mod read;

use serde_json::Value;

use crate::body::{Keywords, Property, Types};
use length::Length;
use part::{Conditions as _, Part, Unconditional};
use range::Range;

/// What a value may be.
#[derive(Clone, Debug, PartialEq)]
pub struct Meaning {
    pub strings: Part<Length>,
    pub numbers: Part<Range>,
    pub booleans: Part<Unconditional>,
    /// Keywords that aren't understood. Each accepts all of it, or less.
    pub unread: Keywords,
}

/// Whether one accepts everything that another one does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Within {
    Yes,
    No,
    /// As far as it is understood; these keywords aren't.
    Unless(Vec<String>),
}

impl Within {
    /// Both of two.
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Unless(own), Self::Unless(others)) => Self::Unless([own, others].concat()),
            (Self::Unless(unread), _) | (_, Self::Unless(unread)) => Self::Unless(unread),
            (Self::Yes, Self::Yes) => Self::Yes,
        }
    }

    /// The keywords that it hangs on.
    pub fn unread(self) -> Vec<String> {
        match self {
            Self::Yes | Self::No => Vec::new(),
            Self::Unless(unread) => unread,
        }
    }
}

/// Says what a property accepts.
pub fn of(property: &Property) -> Meaning {
    let Property { types, values, max_len, constraints, annotations: _ } = property;
    let mut meaning = Meaning::of_types(*types);
    if let Some(values) = values {
        meaning = meaning.narrowed(&Meaning::of_values(values));
    }
    if let Some(max) = max_len {
        meaning = meaning.narrowed(&Meaning::of_strings(Length { min: 0, max: Some(*max) }));
    }
    read::keywords(meaning, constraints)
}

impl Meaning {
    pub const NOTHING: Self = Self { strings: Part::NONE, numbers: Part::NONE, booleans: Part::NONE, unread: Keywords::new() };

    /// What a JSON Schema accepts.
    pub fn of_schema(schema: &Value) -> Self {
        read::schema(schema)
    }

    pub fn anything() -> Self {
        Self::of_types(Types::ANY)
    }

    fn of_types(types: Types) -> Self {
        let numbers = match (types.include(Types::NUMBER), types.include(Types::INTEGER)) {
            (true, _) => Part::Free(Range::default()),
            (false, true) => Part::Free(Range::multiples_of(1)),
            (false, false) => Part::NONE,
        };
        Self {
            strings: if types.include(Types::STRING) { Part::Free(Length::default()) } else { Part::NONE },
            numbers,
            booleans: if types.include(Types::BOOLEAN) { Part::Listed(vec![false.into(), true.into()]) } else { Part::NONE },
            unread: Keywords::new(),
        }
    }

    /// Nothing but these. No metadata value is `null`, a list or an object.
    fn of_values(values: &[Value]) -> Self {
        let mut once: Vec<Value> = Vec::with_capacity(values.len());
        for value in values.iter().map(read::plain) {
            if !once.contains(&value) {
                once.push(value);
            }
        }
        let those = |is: fn(&Value) -> bool| once.iter().filter(|value| is(value)).cloned().collect();
        Self {
            strings: Part::Listed(those(|value| Length::default().hold(value))),
            numbers: Part::Listed(those(Value::is_number)),
            booleans: Part::Listed(those(Value::is_boolean)),
            unread: Keywords::new(),
        }
    }

    /// Anything, but of strings only those.
    fn of_strings(length: Length) -> Self {
        Self { strings: Part::of(length), ..Self::anything() }
    }

    /// Anything, but of numbers only those.
    fn of_numbers(range: Range) -> Self {
        Self { numbers: Part::of(range), ..Self::anything() }
    }

    pub fn is_empty(&self) -> bool {
        self.strings.is_empty() && self.numbers.is_empty() && self.booleans.is_empty()
    }

    /// The types of what is accepted.
    pub fn types(&self) -> Types {
        let fraction = |values: &[Value]| values.iter().any(|value| value.as_f64().is_some_and(|number| number.fract() != 0.0));
        let numbers = match &self.numbers {
            Part::Listed(values) if values.is_empty() => Types::NONE,
            Part::Listed(values) if fraction(values) => Types::NUMBER,
            Part::Free(range) if range.step.is_none() => Types::NUMBER,
            Part::Listed(_) | Part::Free(_) => Types::INTEGER,
        };
        let strings = if self.strings.is_empty() { Types::NONE } else { Types::STRING };
        let booleans = if self.booleans.is_empty() { Types::NONE } else { Types::BOOLEAN };
        strings.and(numbers).and(booleans)
    }

    /// Every value, where they are listed.
    pub fn listed(&self) -> Option<Vec<Value>> {
        Some([self.strings.listed()?, self.numbers.listed()?, self.booleans.listed()?].concat())
    }

    /// Whether it is a list of values, and not just of a type.
    pub fn is_list(&self) -> bool {
        let is_free = |values: &[Value]| values.is_empty() || (values.len() == 2 && self.types() == Types::BOOLEAN);
        self.listed().is_some_and(|values| !is_free(&values))
    }

    /// Whether `other` accepts everything that this accepts, as far as it is understood.
    pub fn accepts_within(&self, other: &Self) -> bool {
        self.strings.within(&other.strings) && self.numbers.within(&other.numbers) && self.booleans.within(&other.booleans)
    }

    /// Whether `other` accepts everything that this accepts.
    pub fn within(&self, other: &Self) -> Within {
        let is_within = self.accepts_within(other);
        let unread = other.unread.iter().filter(|(keyword, value)| self.unread.get(*keyword) != Some(value));
        let unread: Vec<_> = unread.map(|(keyword, _)| keyword.clone()).collect();
        match is_within {
            _ if self.is_empty() => Within::Yes,
            false => Within::No,
            true if unread.is_empty() => Within::Yes,
            true => Within::Unless(unread),
        }
    }

    /// What both accept; `None` where keywords contradict each other that aren't understood.
    pub fn meet(&self, other: &Self) -> Option<Self> {
        let mut unread = self.unread.clone();
        for (keyword, value) in &other.unread {
            if unread.insert(keyword.clone(), value.clone()).is_some_and(|own| own != *value) {
                return None;
            }
        }
        Some(Self { unread, ..self.narrowed(other) })
    }

    /// What both accept, without the keywords of `other`.
    fn narrowed(&self, other: &Self) -> Self {
        Self {
            strings: self.strings.meet(&other.strings),
            numbers: self.numbers.meet(&other.numbers),
            booleans: self.booleans.meet(&other.booleans),
            unread: self.unread.clone(),
        }
    }

    /// What either accepts, where that can be said.
    pub fn join(&self, other: &Self) -> Option<Self> {
        let accepts_all = |one: &Self, two: &Self| two.within(one) == Within::Yes;
        if accepts_all(self, other) || accepts_all(other, self) {
            return Some(if accepts_all(self, other) { self.clone() } else { other.clone() });
        }
        let mut unread = self.unread.clone();
        unread.extend(other.unread.clone());
        let says_nothing_to = |keyword: &str, value: &Value, other: &Self| {
            other.unread.get(keyword) == Some(value) || !read::concerns(keyword, value, other)
        };
        let is_shared =
            unread.iter().all(|(keyword, value)| [self, other].into_iter().all(|side| says_nothing_to(keyword, value, side)));
        Some(Self {
            strings: self.strings.join(&other.strings)?,
            numbers: self.numbers.join(&other.numbers)?,
            booleans: self.booleans.join(&other.booleans)?,
            unread,
        })
        .filter(|_| is_shared)
    }

    /// What this accepts and `other` doesn't, where that can be said.
    fn without(&self, other: &Self) -> Option<Self> {
        if !other.unread.is_empty() {
            return None;
        }
        Some(Self {
            strings: self.strings.without(&other.strings)?,
            numbers: self.numbers.without(&other.numbers)?,
            booleans: self.booleans.without(&other.booleans)?,
            unread: self.unread.clone(),
        })
    }
}
