//! Keywords that aren't understood, and comparisons in spite of them.

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;
use serde_json::{Value, json};

use crate::json::normal;

/// A keyword that isn't understood. Its value is the same for all ways to write it, as far as they are understood.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Keyword {
    pub name: String,
    /// In JSON.
    pub value: String,
}

pub type Unread = BTreeSet<Keyword>;

/// Keywords that refer to other schemas: beside them, little can be compared.
const OF_SCHEMAS: [&str; 8] = [
    "$defs",
    "$dynamicRef",
    "$ref",
    "anyOf",
    "definitions",
    "if",
    "not",
    "oneOf",
];

impl Keyword {
    pub fn new(name: &str, value: &Value) -> Self {
        Self {
            name: name.into(),
            value: normal(value).to_string(),
        }
    }
}

impl fmt::Display for Keyword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.value)
    }
}

/// Whether a keyword refers to other schemas.
pub fn is_of_schemas(keyword: &str) -> bool {
    OF_SCHEMAS.contains(&keyword)
}

/// Whether one accepts everything that another one does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Within {
    No,
    /// As far as it is understood; these keywords aren't.
    Unless(BTreeSet<String>),
}

impl Within {
    pub const YES: Self = Self::Unless(BTreeSet::new());

    pub fn is_yes(&self) -> bool {
        *self == Self::YES
    }

    /// Yes, but for these keywords.
    pub fn unless<'k>(unread: impl IntoIterator<Item = &'k Keyword>) -> Self {
        let names = unread.into_iter().map(|keyword| keyword.name.clone());
        Self::Unless(names.collect())
    }

    /// No, unless these keywords reject the counterexample.
    pub fn no_unless<'k>(unread: impl IntoIterator<Item = &'k Keyword>) -> Self {
        let unless = Self::unless(unread);
        if unless.is_yes() { Self::No } else { unless }
    }

    /// Both of two.
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unless(own), Self::Unless(others)) => Self::Unless(&own | &others),
            _ => Self::No,
        }
    }

    /// The keywords that it depends on.
    pub fn unread(&self) -> BTreeSet<String> {
        match self {
            Self::No => BTreeSet::new(),
            Self::Unless(unread) => unread.clone(),
        }
    }
}

impl From<bool> for Within {
    fn from(is_within: bool) -> Self {
        if is_within { Self::YES } else { Self::No }
    }
}

/// Whether a schema refers to another one. References aren't followed: their base in the service's own schema isn't
/// documented.
pub fn refers(schema: &impl Serialize) -> bool {
    let text = json!(schema).to_string();
    text.contains("\"$ref\"") || text.contains("\"$dynamicRef\"")
}
