//! What a record says, as tools read it.

use crate::schema::JsonType;

/// An event type, as its record tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The action: `user.signed_in`.
    pub action: String,
    /// The version that the code declares.
    pub version: u32,
    /// The Rust type's name.
    pub rust_name: String,
    /// Its doc comment.
    pub docs: String,
    /// The source location, with its package.
    pub source: Source,
    /// The package's name.
    pub package: String,
    /// The package's version.
    pub package_version: String,
    /// The key that links the events of a split.
    pub split: Option<String>,
    /// The registration body in canonical form.
    pub body: String,
    /// Who acts.
    pub actor: Entity,
    /// The target fields, in the order of the struct.
    pub targets: Vec<Target>,
    /// The root metadata.
    pub metadata: Vec<Field>,
}

/// A place in the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// As the compiler names it: relative to the workspace for its members.
    pub file: String,
    /// Counted from 1; 0 where it isn't known.
    pub line: u32,
}

/// An actor or a target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entity {
    /// The entity's type; `None` where it can be any (the built-in `Actor`) or is the variant's business.
    pub type_name: Option<String>,
    /// The Rust type's or variant's name; empty for the built-in `Actor`.
    pub rust_name: String,
    /// Its doc comment.
    pub docs: String,
    /// The source location.
    pub source: Source,
    /// The id, where it is fixed (a unit variant).
    pub id: Option<String>,
    /// Its metadata.
    pub metadata: Vec<Field>,
    /// The entities that an enum of them holds; empty on structs.
    pub variants: Vec<Entity>,
}

/// A target field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The declared type: the field's, or else the entity's.
    pub type_name: String,
    /// The field's name.
    pub rust_name: String,
    /// Its doc comment.
    pub docs: String,
    /// The source location.
    pub source: Source,
    /// Whether the field is a list, as far as its tokens tell.
    pub is_list: bool,
    /// What it holds.
    pub entity: Entity,
}

/// A metadata key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The key.
    pub key: String,
    /// The Rust field's name.
    pub rust_name: String,
    /// Its doc comment.
    pub docs: String,
    /// The source location.
    pub source: Source,
    /// The Rust name of the group that declares it, where one does.
    pub group: Option<String>,
    /// Text before the group's own key: the prefixes that the group was flattened with.
    pub prefix: String,
    /// The JSON type.
    pub json: JsonType,
    /// Whether it may be left out.
    pub optional: bool,
    /// The limit in characters that the type or an attribute sets.
    pub max_len: Option<u16>,
    /// An integer's bounds.
    pub range: Option<(i64, i64)>,
    /// The values of a closed enum.
    pub values: Option<Vec<Value>>,
}

/// A value of a closed enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// As it is sent.
    pub name: String,
    /// The variant's doc comment.
    pub docs: String,
}
