//! A registration body: the keys of each metadata object and their types. And its identity: its SHA-256.

pub mod canonical;
pub mod read;

use std::collections::{BTreeMap, BTreeSet};

use audit_rules::registrations::hexadecimal;
use serde_json::Value;

use crate::json::Position;

/// `POST /audit_logs/actions/{action}/schemas`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    pub actor: Metadata,
    pub metadata: Metadata,
    /// By type.
    pub targets: BTreeMap<String, Metadata>,
}

/// Keywords of a JSON Schema without a field here: `pattern`, `minimum` …
pub type Keywords = BTreeMap<String, Value>;

/// The notation of a metadata object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// `null`, or no object.
    Absent,
    /// `{key: "string"}`
    Flat,
    /// A JSON Schema.
    Schema,
    /// A JSON Schema whose keywords were taken for keys.
    Mangled,
}

/// A position in a file. Schemas that differ in it alone are equal.
#[derive(Clone, Copy, Debug, Default)]
pub struct At(pub Option<Position>);

impl PartialEq for At {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for At {}

/// The schema of one metadata object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metadata {
    /// Only where it has a schema the service requires the object.
    pub notation: Notation,
    pub at: At,
    pub properties: BTreeMap<String, Property>,
    pub required: BTreeSet<String>,
    /// Whether keys beyond `properties` are accepted.
    pub open: bool,
    /// Other keywords that reject values.
    pub constraints: Keywords,
    /// Annotations: `title`, `description` …
    pub annotations: Keywords,
}

/// Without a schema, anything is accepted.
impl Default for Metadata {
    fn default() -> Self {
        Self {
            notation: Notation::Absent,
            at: At::default(),
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
    pub at: At,
    pub types: Types,
    /// The values of an `enum`, sorted, each once.
    pub values: Option<Vec<Value>>,
    pub max_len: Option<u64>,
    /// Other keywords that reject values.
    pub constraints: Keywords,
    /// Annotations: `title`, `description` …
    pub annotations: Keywords,
}

impl Property {
    /// Any value of these types.
    pub fn of(types: Types) -> Self {
        Self {
            at: At::default(),
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

    const NAMES: [(Self, &str); 4] = [
        (Self::STRING, "string"),
        (Self::INTEGER, "integer"),
        (Self::NUMBER, "number"),
        (Self::BOOLEAN, "boolean"),
    ];

    /// The type with this name in JSON Schema, if a metadata value can have it.
    pub fn named(name: &str) -> Option<Self> {
        let mut names = Self::NAMES.iter();
        names.find(|(_, own)| *own == name).map(|(types, _)| *types)
    }

    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether every value of these types is of the other ones, too.
    pub fn within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    pub fn is_empty(self) -> bool {
        self == Self::NONE
    }

    /// The name of a single type in JSON Schema.
    pub fn name(self) -> Option<&'static str> {
        let mut names = Self::NAMES.iter();
        names
            .find(|(types, _)| *types == self)
            .map(|(_, name)| *name)
    }

    /// `string`, `integer or boolean`, `any type`, `no value`
    pub fn words(self) -> String {
        if self == Self::ANY {
            return "any type".into();
        }
        if self.is_empty() {
            return "no value".into();
        }
        let is_part = |(part, _): &(Self, _)| {
            part.within(self) && !(*part == Self::INTEGER && Self::NUMBER.within(self))
        };
        let parts = Self::NAMES.into_iter().filter(is_part);
        parts.map(|(_, name)| name).collect::<Vec<_>>().join(" or ")
    }
}

impl Body {
    /// The number of metadata keys, of all objects.
    pub fn keys(&self) -> usize {
        self.scopes()
            .map(|(_, metadata)| metadata.properties.len())
            .sum()
    }

    /// Every metadata object.
    pub fn scopes(&self) -> impl Iterator<Item = (Scope<'_>, &Metadata)> {
        let targets = self
            .targets
            .iter()
            .map(|(kind, metadata)| (Scope::Target(kind), metadata));
        [(Scope::Root, &self.metadata), (Scope::Actor, &self.actor)]
            .into_iter()
            .chain(targets)
    }
}

/// The owner of a metadata object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope<'b> {
    Root,
    Actor,
    /// A target of this type.
    Target(&'b str),
}

impl Scope<'_> {
    /// The end of a phrase about a key: ` of the actor`.
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
