//! What becomes of an organization that is changed.

use serde_json::{Map, Value};

/// What becomes of one; what isn't said stays.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    /// What people call it.
    pub name: Option<String>,
    /// What the customer calls it.
    pub external_id: Option<ExternalId>,
    /// Its metadata.
    pub metadata: Option<Metadata>,
    /// Domains and their states: these and no others.
    pub domains: Option<Vec<(String, String)>>,
}

/// What becomes of the customer's id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExternalId {
    /// There is none any more.
    Removed,
    /// It is this one.
    Set(String),
}

impl ExternalId {
    /// The id, if there is one then.
    pub fn into_option(self) -> Option<String> {
        match self {
            Self::Removed => None,
            Self::Set(id) => Some(id),
        }
    }
}

/// What becomes of an organization's metadata.
#[derive(Clone, Debug, PartialEq)]
pub enum Metadata {
    /// No key stays.
    Cleared,
    /// These keys are set; those that are `null` are removed.
    Merged(Map<String, Value>),
}

impl Metadata {
    /// What it makes of the metadata that was there.
    pub fn over(self, before: &Value) -> Value {
        let Self::Merged(new) = self else {
            return Value::Object(Map::new());
        };
        let mut all = before.as_object().cloned().unwrap_or_default();
        all.extend(new);
        all.retain(|_, value| !value.is_null());
        all.into()
    }
}
