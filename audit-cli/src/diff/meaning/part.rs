//! The values of one JSON type that a schema accepts: a list of them, or all within some bounds; and which keywords aren't understood.

use audit_core::limits::VALUE_CHARS;
use serde::Serialize;
use serde_json::Value;

use super::range::Range;
use super::unread::{Keyword, Unread, Within};

/// How long a string may be, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Length {
    pub min: u64,
    /// Never above the service's own limit.
    pub max: u64,
}

/// The accepted values of one type, as far as they are understood.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Set {
    /// These, each once, sorted, and no others; none of the type where the list is empty. Booleans are always listed.
    Listed(Vec<Value>),
    /// All strings of these lengths: two at least.
    Strings(Length),
    /// All numbers in this range: two at least.
    Numbers(Range),
}

/// The accepted values of one type.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Part {
    pub set: Set,
    /// Keywords that aren't understood. Each accepts all of the set, or less.
    pub unread: Unread,
}

impl Length {
    pub const ANY: Self = Self {
        min: 0,
        max: VALUE_CHARS as u64,
    };

    /// The limit, where it isn't the service's own.
    pub fn limit(self) -> Option<u64> {
        Some(self.max).filter(|max| *max < Self::ANY.max)
    }

    fn holds(self, value: &Value) -> bool {
        let length = value.as_str().map(|text| text.chars().count() as u64);
        length.is_some_and(|length| (self.min..=self.max).contains(&length))
    }

    /// Every string of these lengths, if at most one: no list has all strings of one character.
    fn few(self) -> Option<Vec<Value>> {
        match self.max {
            max if self.min > max => Some(Vec::new()),
            0 => Some(vec!["".into()]),
            _ => None,
        }
    }
}

impl Set {
    /// The same as a list, if it has at most one value.
    pub fn reduced(self) -> Self {
        self.few(1).map_or(self, Self::Listed)
    }

    /// A list of values, in the one order.
    pub fn of_values<'v>(values: impl IntoIterator<Item = &'v Value>) -> Self {
        let mut values: Vec<_> = values.into_iter().cloned().collect();
        values.sort_by_cached_key(Value::to_string);
        values.dedup();
        Self::Listed(values)
    }

    fn few(&self, limit: usize) -> Option<Vec<Value>> {
        match self {
            Self::Listed(_) => None,
            Self::Strings(length) => length.few(),
            Self::Numbers(range) => range.few(limit),
        }
    }

    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Listed(values) if values.is_empty())
    }

    pub fn holds(&self, value: &Value) -> bool {
        match self {
            Self::Listed(values) => values.contains(value),
            Self::Strings(length) => length.holds(value),
            Self::Numbers(range) => range.holds(value),
        }
    }

    pub fn within(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Listed(values), _) => values.iter().all(|value| other.holds(value)),
            (Self::Strings(own), Self::Strings(others)) => {
                own.min >= others.min && own.max <= others.max
            }
            (Self::Numbers(own), Self::Numbers(others)) => own.within(*others),
            (free, Self::Listed(values)) => free
                .few(values.len())
                .is_some_and(|few| few.iter().all(|value| values.contains(value))),
            _ => false,
        }
    }

    fn meet(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Listed(values), filter) | (filter, Self::Listed(values)) => {
                let values = values.iter().filter(|value| filter.holds(value));
                Self::Listed(values.cloned().collect())
            }
            (Self::Strings(own), Self::Strings(others)) => Self::Strings(Length {
                min: own.min.max(others.min),
                max: own.max.min(others.max),
            })
            .reduced(),
            (Self::Numbers(own), Self::Numbers(others)) => {
                Self::Numbers(own.and(*others)).reduced()
            }
            _ => Self::Listed(Vec::new()),
        }
    }
}

impl Part {
    pub const NONE: Self = Self {
        set: Set::Listed(Vec::new()),
        unread: Unread::new(),
    };

    /// An empty set has no keywords.
    pub fn new(set: Set, unread: Unread) -> Self {
        if set.is_empty() {
            Self::NONE
        } else {
            Self { set, unread }
        }
    }

    /// The values, where they are listed.
    pub fn listed(&self) -> Option<&[Value]> {
        match &self.set {
            Set::Listed(values) => Some(values),
            _ => None,
        }
    }

    /// The lengths of free text.
    pub fn length(&self) -> Option<Length> {
        match self.set {
            Set::Strings(length) => Some(length),
            _ => None,
        }
    }

    /// The range of numbers that aren't listed.
    pub fn range(&self) -> Option<Range> {
        match self.set {
            Set::Numbers(range) => Some(range),
            _ => None,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.set.is_empty()
    }

    /// The same under a keyword that isn't understood.
    pub fn under(mut self, keyword: Keyword) -> Self {
        if !self.is_empty() {
            self.unread.insert(keyword);
        }
        self
    }

    /// The intersection.
    pub fn meet(&self, other: &Self) -> Self {
        Self::new(self.set.meet(&other.set), &self.unread | &other.unread)
    }

    /// Whether `other` accepts everything that this accepts.
    pub fn within(&self, other: &Self) -> Within {
        if self.set.within(&other.set) {
            let unread = other.unread.difference(&self.unread);
            return Within::unless(unread.filter(|_| !self.is_empty()));
        }
        Within::no_unless(&self.unread)
    }
}

impl From<Set> for Part {
    fn from(set: Set) -> Self {
        Self {
            set,
            unread: Unread::new(),
        }
    }
}
