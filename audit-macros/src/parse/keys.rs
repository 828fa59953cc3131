//! The table of legal attribute keys: where each may stand and what it takes. It feeds parsing, help and suggestions.

use std::fmt;

/// Where an attribute stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    Event,
    Entity,
    Metadata,
    Value,
    EventField,
    EntityField,
    MetadataField,
    EntityVariant,
    ValueVariant,
}

impl Location {
    /// The fields of an item.
    pub fn field(self) -> Self {
        match self {
            Self::Event => Self::EventField,
            Self::Entity => Self::EntityField,
            Self::Metadata => Self::MetadataField,
            _ => Self::ValueVariant,
        }
    }

    /// The variants of an item.
    pub fn variant(self) -> Self {
        match self {
            Self::Entity => Self::EntityVariant,
            other => other.field(),
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Event => "an event",
            Self::Entity => "an entity",
            Self::Metadata => "a metadata group",
            Self::Value => "a metadata value",
            Self::EventField => "an event field",
            Self::EntityField => "an entity field",
            Self::MetadataField => "a field of a metadata group",
            Self::EntityVariant => "a variant of an entity",
            Self::ValueVariant => "a variant of a metadata value",
        })
    }
}

/// What may follow a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Flag,
    Text,
    Number,
    FlagOrText,
    FlagOrNumber,
    Type,
    Path,
    Boolean,
}

/// A legal key.
pub struct Key {
    pub name: &'static str,
    pub form: Form,
    /// What follows it in an example; empty where nothing has to.
    value: &'static str,
    pub locations: &'static [Location],
}

impl Key {
    /// An example of it, for help.
    pub fn example(&self) -> String {
        let Self { name, value, .. } = self;
        format!("{name}{value}")
    }
}

const fn key(
    name: &'static str,
    form: Form,
    value: &'static str,
    locations: &'static [Location],
) -> Key {
    Key {
        name,
        form,
        value,
        locations,
    }
}

use Form::{Boolean, Flag, FlagOrNumber, FlagOrText, Number, Path, Text, Type};
use Location::{
    Entity, EntityField, EntityVariant, Event, EventField, Metadata, MetadataField, Value,
    ValueVariant,
};

/// The fields of every item.
const FIELDS: &[Location] = &[EventField, EntityField, MetadataField];

/// What says that a field is metadata of a certain kind.
pub const VALUE_ATTRIBUTES: [&str; 6] =
    ["rename", "max_len", "truncate", "display", "join", "with"];

pub const KEYS: &[Key] = &[
    key("action", Text, " = \"user.signed_in\"", &[Event]),
    key("version", Number, " = 1", &[Event]),
    key("as_registered", Flag, "", &[Event]),
    key("actor", Type, " = User", &[Event]),
    key("actor", Flag, "", &[EventField]),
    key(
        "rename_all",
        Text,
        " = \"snake_case\"",
        &[Event, Entity, Metadata, Value],
    ),
    key(
        "strings",
        Text,
        " = \"truncate\"",
        &[Event, Entity, Metadata],
    ),
    key("builder", Boolean, " = false", &[Event]),
    key(
        "crate",
        Path,
        " = my_crate::audit_core",
        &[Event, Entity, Metadata, Value],
    ),
    key("open", Flag, "", &[Value]),
    key("as_str", Boolean, " = false", &[Value]),
    key("new", Boolean, " = false", &[Value]),
    key("from", Boolean, " = false", &[Entity]),
    key("target", Flag, "", &[EventField]),
    key("context", Flag, "", &[EventField]),
    key("occurred_at", Flag, "", &[EventField]),
    key("flatten", Flag, "", FIELDS),
    key(
        "prefix",
        Text,
        " = \"billed_\"",
        &[EventField, MetadataField],
    ),
    key("skip", Flag, "", &[EventField, MetadataField]),
    key(
        "type",
        Text,
        " = \"user\"",
        &[Entity, EventField, EntityVariant],
    ),
    key("split", Text, " = \"batch_id\"", &[EventField]),
    key("id", Flag, "", &[EntityField]),
    key("id", Text, " = \"system\"", &[EntityVariant]),
    key("name", Flag, "", &[EntityField]),
    key("metadata", Flag, "", &[EntityField]),
    key(
        "rename",
        Text,
        " = \"key\"",
        &[EventField, EntityField, MetadataField, ValueVariant],
    ),
    key(
        "max_len",
        Number,
        " = 64",
        &[EventField, EntityField, MetadataField, Value],
    ),
    key("truncate", FlagOrNumber, "", FIELDS),
    key("display", Flag, "", FIELDS),
    key("join", FlagOrText, "", FIELDS),
    key("with", Path, " = path::to_function", FIELDS),
];

/// The keys of that name, at all places.
pub fn named(name: &str) -> impl Iterator<Item = &'static Key> {
    KEYS.iter().filter(move |key| key.name == name)
}

/// Whether a key of that name exists anywhere.
pub fn is_known(name: &str) -> bool {
    named(name).next().is_some()
}

/// The keys that are legal at `place`.
pub fn at(location: Location) -> impl Iterator<Item = &'static Key> {
    KEYS.iter()
        .filter(move |key| key.locations.contains(&location))
}

/// What neighbouring crates and the field's own language call our keys.
pub const OTHER_WORDS: &[(&str, &str)] = &[
    ("at", "occurred_at"),
    ("event", "action"),
    ("group", "flatten"),
    ("ignore", "skip"),
    ("key", "rename"),
    ("kind", "type"),
    ("len", "max_len"),
    ("length", "max_len"),
    ("object", "target"),
    ("occured", "occurred_at"),
    ("resource", "target"),
    ("subject", "actor"),
    ("time", "occurred_at"),
    ("timestamp", "occurred_at"),
    ("to_string", "display"),
    ("user", "actor"),
];

/// Attributes of other crates that are of no use here, and what to do without.
pub const NEEDLESS: &[(&str, &str)] = &[
    ("default", "remove it: events are only written"),
    (
        "optional",
        "write the type as `Option<T>`: the key is left out when it is `None`",
    ),
    (
        "skip_serializing_if",
        "remove it: the key of a `None` is left out",
    ),
];

/// The second of the pair that begins with `word`.
pub fn lookup(pairs: &[(&str, &'static str)], word: &str) -> Option<&'static str> {
    let pair = pairs.iter().find(|(first, _)| *first == word);
    pair.map(|(_, second)| *second)
}
