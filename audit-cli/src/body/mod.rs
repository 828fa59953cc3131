//! A registration body: which keys it declares where, of which types. And its name: its SHA-256.

pub mod canonical;
pub mod read;

use std::collections::{BTreeMap, BTreeSet};

use audit_rules::registrations::hexadecimal;
use serde_json::Value;

/// `POST /audit_logs/actions/{action}/schemas`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    pub actor: Metadata,
    pub metadata: Metadata,
    /// By type.
    pub targets: BTreeMap<String, Metadata>,
}

/// What a JSON Schema says beyond what has a place of its own here, by keyword: `pattern`, `minimum` …
pub type Keywords = BTreeMap<String, Value>;

/// The schema of one metadata object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metadata {
    /// Whether the body has a schema for it at all: the service asks for the object then, and doesn't otherwise.
    pub declared: bool,
    pub properties: BTreeMap<String, Property>,
    pub required: BTreeSet<String>,
    /// Whether keys beyond `properties` are accepted.
    pub open: bool,
    /// What else it asks for.
    pub constraints: Keywords,
    /// What it says without asking for anything: `title`, `description` …
    pub annotations: Keywords,
}

/// What isn't described may be anything.
impl Default for Metadata {
    fn default() -> Self {
        Self {
            declared: false,
            properties: BTreeMap::new(),
            required: BTreeSet::new(),
            open: true,
            constraints: Keywords::new(),
            annotations: Keywords::new(),
        }
    }
}

/// The schema of one metadata value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    pub types: Types,
    /// The values of an `enum`, sorted, each once.
    pub values: Option<Vec<Value>>,
    pub max_len: Option<u64>,
    /// What else it asks for.
    pub constraints: Keywords,
    /// What it says without asking for anything: `title`, `description` …
    pub annotations: Keywords,
}

impl Property {
    /// Any value of these types.
    pub fn of(types: Types) -> Self {
        Self {
            types,
            values: None,
            max_len: None,
            constraints: Keywords::new(),
            annotations: Keywords::new(),
        }
    }

    /// The values of an `enum` of strings.
    pub fn names(&self) -> Option<Vec<&str>> {
        self.values.as_ref()?.iter().map(Value::as_str).collect()
    }
}

/// The types that a metadata value may have: a set of strings, integers, fractions and booleans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Types(u8);

impl Types {
    pub const STRING: Self = Self(1);
    pub const INTEGER: Self = Self(2);
    /// Integers are numbers, too.
    pub const NUMBER: Self = Self(2 | 4);
    pub const BOOLEAN: Self = Self(8);
    pub const ANY: Self = Self(15);
    pub const NONE: Self = Self(0);

    /// What JSON Schema calls `name`; `None` for what no metadata value can be.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "string" => Self::STRING,
            "integer" => Self::INTEGER,
            "number" => Self::NUMBER,
            "boolean" => Self::BOOLEAN,
            _ => return None,
        })
    }

    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether every value of these types is of the other ones, too.
    pub fn within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    pub fn include(self, other: Self) -> bool {
        other.within(self)
    }

    pub fn is_empty(self) -> bool {
        self == Self::NONE
    }

    /// The one type, as JSON Schema calls it.
    pub fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::STRING => "string",
            Self::INTEGER => "integer",
            Self::NUMBER => "number",
            Self::BOOLEAN => "boolean",
            _ => return None,
        })
    }

    /// `string`, `integer or boolean`, `any type`, `no value`
    pub fn words(self) -> String {
        if self == Self::ANY {
            return "any type".into();
        }
        if self.is_empty() {
            return "no value".into();
        }
        let number = if self.include(Self::NUMBER) {
            Self::NUMBER
        } else {
            Self::INTEGER
        };
        let parts = [Self::STRING, number, Self::BOOLEAN]
            .into_iter()
            .filter(|part| self.include(*part));
        parts
            .filter_map(Self::name)
            .collect::<Vec<_>>()
            .join(" or ")
    }
}

impl Body {
    /// How many metadata keys it declares, wherever they stand.
    pub fn keys(&self) -> usize {
        self.places()
            .map(|(_, metadata)| metadata.properties.len())
            .sum()
    }

    /// Every metadata object that it describes, and where.
    pub fn places(&self) -> impl Iterator<Item = (Place<'_>, &Metadata)> {
        let targets = self
            .targets
            .iter()
            .map(|(kind, metadata)| (Place::Target(kind), metadata));
        [(Place::Root, &self.metadata), (Place::Actor, &self.actor)]
            .into_iter()
            .chain(targets)
    }
}

/// Where in an event a metadata object stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place<'b> {
    Root,
    Actor,
    /// A target of this type.
    Target(&'b str),
}

impl Place<'_> {
    /// How a key there is named in a sentence: ` of the actor`.
    pub fn words(self) -> String {
        match self {
            Self::Root => String::new(),
            Self::Actor => " of the actor".into(),
            Self::Target(kind) => format!(" of target {kind:?}"),
        }
    }
}

/// A body's identity, in hexadecimal.
pub fn sha256(body: &str) -> String {
    hexadecimal(&hmac_sha256::Hash::hash(body.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes() {
        assert_eq!(
            sha256("hello\n"),
            "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"
        );
    }

    #[test]
    fn types_are_sets() {
        assert!(Types::INTEGER.within(Types::NUMBER) && !Types::NUMBER.within(Types::INTEGER));
        assert_eq!(Types::STRING.and(Types::NUMBER).words(), "string or number");
        assert_eq!(
            Types::INTEGER.and(Types::BOOLEAN).words(),
            "integer or boolean"
        );
        assert_eq!(
            (Types::ANY.name(), Types::NUMBER.name()),
            (None, Some("number"))
        );
        assert_eq!(
            (Types::ANY.words(), Types::NONE.words()),
            ("any type".into(), "no value".into())
        );
    }
}
