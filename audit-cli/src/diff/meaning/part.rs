//! The values of one JSON type that a schema accepts: a list of them, or all that meet some conditions.

use serde_json::Value;

/// What values of one type must meet.
pub trait Conditions: Clone {
    fn hold(&self, value: &Value) -> bool;

    /// These and the other ones.
    fn and(&self, other: &Self) -> Self;

    /// Whether every value that meets these meets the other ones, too. Two values at least meet these.
    fn within(&self, other: &Self) -> bool;

    /// Every value that meets them, where there are at most `limit`.
    fn few(&self, limit: usize) -> Option<Vec<Value>>;
}

/// The accepted values of one type.
#[derive(Clone, Debug, PartialEq)]
pub enum Part<C> {
    /// These, each once, and no others; none of the type where the list is empty.
    Listed(Vec<Value>),
    /// All that meet the conditions: two at least.
    Free(C),
}

impl<C: Conditions> Part<C> {
    pub const NONE: Self = Self::Listed(Vec::new());

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

    /// The values, where they are listed.
    pub fn listed(&self) -> Option<&[Value]> {
        match self {
            Self::Listed(values) => Some(values),
            Self::Free(_) => None,
        }
    }

    /// The conditions, where the values aren't listed.
    pub fn conditions(&self) -> Option<&C> {
        match self {
            Self::Listed(_) => None,
            Self::Free(conditions) => Some(conditions),
        }
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
            (Self::Free(own), Self::Listed(values)) => {
                own.few(values.len()).is_some_and(|few| few.iter().all(|value| values.contains(value)))
            }
        }
    }

    /// The values of both.
    pub fn meet(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Free(own), Self::Free(others)) => Self::of(own.and(others)),
            (Self::Listed(values), filter) | (filter, Self::Listed(values)) => {
                Self::Listed(values.iter().filter(|value| filter.holds(value)).cloned().collect())
            }
        }
    }

    /// The values of either, where that can be said.
    pub fn join(&self, other: &Self) -> Option<Self> {
        match (self, other) {
            _ if self.within(other) => Some(other.clone()),
            _ if other.within(self) => Some(self.clone()),
            (Self::Listed(own), Self::Listed(others)) => {
                let new = others.iter().filter(|value| !own.contains(value));
                Some(Self::Listed(own.iter().chain(new).cloned().collect()))
            }
            _ => None,
        }
    }

    /// The values that the other one hasn't, where that can be said.
    pub fn without(&self, other: &Self) -> Option<Self> {
        match self {
            Self::Listed(values) => Some(Self::Listed(values.iter().filter(|value| !other.holds(value)).cloned().collect())),
            Self::Free(_) if self.within(other) => Some(Self::NONE),
            Self::Free(_) if self.meet(other).is_empty() => Some(self.clone()),
            Self::Free(_) => None,
        }
    }
}

/// Of a type whose values are always listed.
#[derive(Clone, Debug, PartialEq)]
pub enum Unconditional {}

impl Conditions for Unconditional {
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
