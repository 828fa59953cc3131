//! The table of legal attribute keys: where each may stand and what it takes. It feeds parsing, help and suggestions.

use std::fmt;

/// Where an attribute stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
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

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Event => "an event",
            Self::Entity => "an entity",
            Self::Metadata => "a metadata group",
            Self::Value => "a metadata value",
            Self::EventField => "a field of an event",
            Self::EntityField => "a field of an entity",
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
    FlagOrType,
    Path,
    Boolean,
}

/// A legal key.
pub struct Key {
    pub name: &'static str,
    pub places: &'static [Place],
    pub form: Form,
    /// An example of it, for help.
    pub example: &'static str,
}

const fn key(
    name: &'static str,
    form: Form,
    example: &'static str,
    places: &'static [Place],
) -> Key {
    Key {
        name,
        places,
        form,
        example,
    }
}

use Place::{
    Entity, EntityField, EntityVariant, Event, EventField, Metadata, MetadataField, Value,
    ValueVariant,
};

/// What says that a field is metadata of a certain kind.
pub const METADATA_KEYS: [&str; 6] = ["rename", "max_len", "truncate", "display", "join", "with"];

pub const KEYS: &[Key] = &[
    key(
        "action",
        Form::Text,
        "action = \"user.signed_in\"",
        &[Event],
    ),
    key("version", Form::Number, "version = 1", &[Event]),
    key("as_registered", Form::Flag, "as_registered", &[Event]),
    key("actor", Form::FlagOrType, "actor", &[Event, EventField]),
    key(
        "rename_all",
        Form::Text,
        "rename_all = \"snake_case\"",
        &[Event, Entity, Metadata, Value],
    ),
    key(
        "strings",
        Form::Text,
        "strings = \"truncate\"",
        &[Event, Entity, Metadata],
    ),
    key("builder", Form::Boolean, "builder = false", &[Event]),
    key(
        "crate",
        Form::Path,
        "crate = my_crate::audit_core",
        &[Event, Entity, Metadata, Value],
    ),
    key("open", Form::Flag, "open", &[Value]),
    key("as_str", Form::Boolean, "as_str = false", &[Value]),
    key("new", Form::Boolean, "new = false", &[Value]),
    key("from", Form::Boolean, "from = false", &[Entity]),
    key("target", Form::Flag, "target", &[EventField]),
    key("context", Form::Flag, "context", &[EventField]),
    key("occurred_at", Form::Flag, "occurred_at", &[EventField]),
    key(
        "flatten",
        Form::Flag,
        "flatten",
        &[EventField, EntityField, MetadataField],
    ),
    key(
        "prefix",
        Form::Text,
        "prefix = \"billed_\"",
        &[EventField, MetadataField],
    ),
    key("skip", Form::Flag, "skip", &[EventField, MetadataField]),
    key(
        "type",
        Form::Text,
        "type = \"user\"",
        &[Entity, EventField, EntityVariant],
    ),
    key("split", Form::Text, "split = \"batch_id\"", &[EventField]),
    key("id", Form::FlagOrText, "id", &[EntityField, EntityVariant]),
    key("name", Form::Flag, "name", &[EntityField]),
    key("metadata", Form::Flag, "metadata", &[EntityField]),
    key(
        "rename",
        Form::Text,
        "rename = \"key\"",
        &[EventField, EntityField, MetadataField, ValueVariant],
    ),
    key(
        "max_len",
        Form::Number,
        "max_len = 64",
        &[EventField, EntityField, MetadataField, Value],
    ),
    key(
        "truncate",
        Form::FlagOrNumber,
        "truncate",
        &[EventField, EntityField, MetadataField],
    ),
    key(
        "display",
        Form::Flag,
        "display",
        &[EventField, EntityField, MetadataField],
    ),
    key(
        "join",
        Form::FlagOrText,
        "join",
        &[EventField, EntityField, MetadataField],
    ),
    key(
        "with",
        Form::Path,
        "with = path::to_function",
        &[EventField, EntityField, MetadataField],
    ),
];

/// The key of that name, anywhere.
pub fn find(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

/// What neighbouring crates and the field's own language call our keys.
const OTHER_WORDS: &[(&str, &str)] = &[
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
const NEEDLESS: &[(&str, &str)] = &[
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

/// What to do instead of an attribute that nothing here is like.
pub fn instead_of(word: &str) -> Option<&'static str> {
    NEEDLESS
        .iter()
        .find(|(other, _)| *other == word)
        .map(|(_, instead)| *instead)
}

/// The key that another word for it means.
pub fn of_other_word(word: &str) -> Option<&'static str> {
    OTHER_WORDS
        .iter()
        .find(|(other, _)| *other == word)
        .map(|(_, key)| *key)
}

/// The names that are legal at `place`.
pub fn names(place: Place) -> impl Iterator<Item = &'static str> {
    KEYS.iter()
        .filter(move |key| key.places.contains(&place))
        .map(|key| key.name)
}
