//! How long a string may be, in characters.

use audit_core::limits::VALUE_CHARS;
use serde_json::Value;

use super::part::Conditions;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Length {
    pub min: u64,
    /// As it is written: the service has a limit of its own.
    pub max: Option<u64>,
}

impl Length {
    /// The limit that holds.
    pub fn most(self) -> u64 {
        self.max.unwrap_or(u64::MAX).min(VALUE_CHARS.into())
    }
}

impl Conditions for Length {
    fn hold(&self, value: &Value) -> bool {
        value.as_str().is_some_and(|text| (self.min..=self.most()).contains(&(text.chars().count() as u64)))
    }

    fn and(&self, other: &Self) -> Self {
        let max = [self.max, other.max].into_iter().flatten().min();
        Self { min: self.min.max(other.min), max }
    }

    fn within(&self, other: &Self) -> bool {
        self.min >= other.min && self.most() <= other.most()
    }

    /// There are more strings of one character than any list has.
    fn few(&self, limit: usize) -> Option<Vec<Value>> {
        match self.most() {
            most if self.min > most => Some(Vec::new()),
            0 if limit > 0 => Some(vec!["".into()]),
            _ => None,
        }
    }
}
