//! How long a string may be, in characters.

use audit_core::limits::VALUE_CHARS;
use serde::Serialize;
use serde_json::Value;

use super::part::{Conditions, Set};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Length {
    pub min: u64,
    /// Never above the service's own limit.
    pub max: u64,
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
}

impl Conditions for Length {
    fn all() -> Set<Self> {
        Set::Free(Self::ANY)
    }

    fn hold(&self, value: &Value) -> bool {
        value
            .as_str()
            .is_some_and(|text| (self.min..=self.max).contains(&(text.chars().count() as u64)))
    }

    fn and(&self, other: &Self) -> Self {
        Self {
            min: self.min.max(other.min),
            max: self.max.min(other.max),
        }
    }

    fn within(&self, other: &Self) -> bool {
        self.min >= other.min && self.max <= other.max
    }

    /// There are more strings of one character than any list has.
    fn few(&self, limit: usize) -> Option<Vec<Value>> {
        match self.max {
            max if self.min > max => Some(Vec::new()),
            0 if limit > 0 => Some(vec!["".into()]),
            _ => None,
        }
    }
}
