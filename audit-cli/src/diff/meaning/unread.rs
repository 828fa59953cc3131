//! Keywords that aren't understood, and comparisons in spite of them.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Value, json};

/// A keyword that isn't understood. Its value is the same for all ways to write it, as far as they are understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Keyword {
    pub name: String,
    pub value: Value,
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
    pub fn new(name: impl Into<String>, value: Value) -> Self {
        Self {
            name: name.into(),
            value,
        }
    }
}

/// Whether a keyword refers to other schemas.
pub fn is_of_schemas(keyword: &str) -> bool {
    OF_SCHEMAS.contains(&keyword)
}

impl Ord for Keyword {
    fn cmp(&self, other: &Self) -> Ordering {
        self.name
            .cmp(&other.name)
            .then_with(|| self.value.to_string().cmp(&other.value.to_string()))
    }
}

impl PartialOrd for Keyword {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Whether one accepts everything that another one does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Within {
    Yes,
    No,
    /// As far as it is understood; these keywords aren't.
    Unless(BTreeSet<String>),
}

impl Within {
    /// Yes, but for these keywords.
    pub fn unless<'k>(unread: impl IntoIterator<Item = &'k Keyword>) -> Self {
        let names: BTreeSet<_> = unread
            .into_iter()
            .map(|keyword| keyword.name.clone())
            .collect();
        if names.is_empty() {
            Self::Yes
        } else {
            Self::Unless(names)
        }
    }

    /// No, unless these keywords reject the counterexample.
    pub fn no_unless<'k>(unread: impl IntoIterator<Item = &'k Keyword>) -> Self {
        match Self::unless(unread) {
            Self::Yes => Self::No,
            unless => unless,
        }
    }

    /// Both of two.
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Unless(own), Self::Unless(others)) => Self::Unless(&own | &others),
            (Self::Unless(unread), Self::Yes) | (Self::Yes, Self::Unless(unread)) => {
                Self::Unless(unread)
            }
            (Self::Yes, Self::Yes) => Self::Yes,
        }
    }

    /// The keywords that it depends on.
    pub fn unread(&self) -> BTreeSet<String> {
        match self {
            Self::Yes | Self::No => BTreeSet::new(),
            Self::Unless(unread) => unread.clone(),
        }
    }
}

impl From<bool> for Within {
    fn from(is_within: bool) -> Self {
        if is_within { Self::Yes } else { Self::No }
    }
}

/// Whether a schema refers to another one. References aren't followed: their base in the service's own schema isn't
/// documented.
pub fn refers(schema: &impl Serialize) -> bool {
    let text = json!(schema).to_string();
    text.contains("\"$ref\"") || text.contains("\"$dynamicRef\"")
}
