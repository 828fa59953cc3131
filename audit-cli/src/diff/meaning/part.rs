//! The values of one JSON type that a schema accepts: a list of them, or all that meet some conditions; and which keywords aren't understood.

use serde::Serialize;
use serde_json::Value;

use super::accepted::{Accepted, Schema};
use super::unread::{Keyword, Unread, Within};

/// What values of one type must meet.
pub trait Conditions: Clone + Serialize {
    /// Every value of the type.
    fn all() -> Set<Self>;

    fn hold(&self, value: &Value) -> bool;

    /// These and the other ones.
    fn and(&self, other: &Self) -> Self;

    /// Whether every value that meets these meets the other ones, too. Two values at least meet these.
    fn within(&self, other: &Self) -> bool;

    /// Every value that meets them, where there are at most `limit`.
    fn few(&self, limit: usize) -> Option<Vec<Value>>;
}

/// The accepted values of one type, as far as they are understood.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Set<C> {
    /// These, each once, sorted, and no others; none of the type where the list is empty.
    Listed(Vec<Value>),
    /// All that meet the conditions: two at least.
    Free(C),
}

/// The accepted values of one type.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Part<C> {
    pub set: Set<C>,
    /// Keywords that aren't understood. Each accepts all of the set, or less.
    pub unread: Unread,
}

impl<C: Conditions> Set<C> {
    /// The values that meet `conditions`, listed where there is one at most.
    pub fn of(conditions: C) -> Self {
        match conditions.few(1) {
            Some(values) => Self::Listed(values),
            None => Self::Free(conditions),
        }
    }

    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Listed(values) if values.is_empty())
    }

    pub fn holds(&self, value: &Value) -> bool {
        match self {
            Self::Listed(values) => values.contains(value),
            Self::Free(conditions) => conditions.hold(value),
        }
    }

    pub fn within(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Listed(values), _) => values.iter().all(|value| other.holds(value)),
            (Self::Free(own), Self::Free(others)) => own.within(others),
            (Self::Free(own), Self::Listed(values)) => own
                .few(values.len())
                .is_some_and(|few| few.iter().all(|value| values.contains(value))),
        }
    }

    fn meet(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Free(own), Self::Free(others)) => Self::of(own.and(others)),
            (Self::Listed(values), filter) | (filter, Self::Listed(values)) => Self::Listed(
                values
                    .iter()
                    .filter(|value| filter.holds(value))
                    .cloned()
                    .collect(),
            ),
        }
    }
}

impl<C> Part<C> {
    pub const NONE: Self = Self {
        set: Set::Listed(Vec::new()),
        unread: Unread::new(),
    };

    /// The values, where they are listed.
    pub fn listed(&self) -> Option<&[Value]> {
        match &self.set {
            Set::Listed(values) => Some(values),
            Set::Free(_) => None,
        }
    }

    /// The conditions, where the values aren't listed.
    pub fn conditions(&self) -> Option<&C> {
        match &self.set {
            Set::Listed(_) => None,
            Set::Free(conditions) => Some(conditions),
        }
    }
}

impl<C: Conditions> Part<C> {
    /// Of nothing, no keyword says anything.
    fn new(set: Set<C>, unread: Unread) -> Self {
        if set.is_empty() {
            Self::NONE
        } else {
            Self { set, unread }
        }
    }
}

impl<C: Conditions> From<Set<C>> for Part<C> {
    fn from(set: Set<C>) -> Self {
        Self {
            set,
            unread: Unread::new(),
        }
    }
}

impl<C: Conditions> Schema for Part<C> {
    fn everything() -> Self {
        C::all().into()
    }

    fn under(mut self, keyword: Keyword) -> Self {
        if !self.is_empty() {
            self.unread.insert(keyword);
        }
        self
    }
}

impl<C: Conditions> Accepted for Part<C> {
    fn nothing() -> Self {
        Self::NONE
    }

    fn is_empty(&self) -> bool {
        self.set.is_empty()
    }

    fn meet(&self, other: &Self) -> Self {
        Self::new(self.set.meet(&other.set), &self.unread | &other.unread)
    }

    fn within(&self, other: &Self) -> Within {
        if self.set.within(&other.set) {
            let unread = other.unread.difference(&self.unread);
            return Within::unless(unread.filter(|_| !self.is_empty()));
        }
        Within::no_unless(&self.unread)
    }

    fn join(&self, other: &Self) -> Option<Self> {
        let (Set::Listed(own), Set::Listed(others)) = (&self.set, &other.set) else {
            return None;
        };
        (self.unread == other.unread).then(|| Self {
            set: listed(own.iter().chain(others)),
            unread: self.unread.clone(),
        })
    }

    fn minus(&self, other: &Self) -> Option<Self> {
        let left = match &self.set {
            _ if !other.unread.is_empty() => None,
            Set::Listed(values) => Some(listed(
                values.iter().filter(|value| !other.set.holds(value)),
            )),
            Set::Free(_) if self.set.within(&other.set) => Some(Self::NONE.set),
            Set::Free(_) => None,
        };
        left.map(|set| Self::new(set, self.unread.clone()))
    }
}

/// A list of values, in the one order.
pub fn listed<'v, C>(values: impl IntoIterator<Item = &'v Value>) -> Set<C> {
    let mut values: Vec<_> = values.into_iter().cloned().collect();
    values.sort_by_cached_key(Value::to_string);
    values.dedup();
    Set::Listed(values)
}

/// Of a type whose values are always listed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Unconditional {}

impl Conditions for Unconditional {
    fn all() -> Set<Self> {
        Set::Listed(vec![false.into(), true.into()])
    }

    fn hold(&self, _: &Value) -> bool {
        match *self {}
    }

    fn and(&self, _: &Self) -> Self {
        match *self {}
    }

    fn within(&self, _: &Self) -> bool {
        match *self {}
    }

    fn few(&self, _: usize) -> Option<Vec<Value>> {
        match *self {}
    }
}
