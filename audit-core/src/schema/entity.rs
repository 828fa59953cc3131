//! Decides what the schema knows of an actor or a target: its type, its metadata, rendered once a type.

use super::bytes::{Writer, as_str, part, str_equal};
use super::canonical;
use super::keys::{Field, Keys};
use super::merged::{Merged, View};
use super::message::Message;
use super::record::{tag, write as record};
use super::value_type::flag;
use crate::limits::METADATA_KEYS;

/// A struct's keys, or an enum's variants.
#[derive(Clone, Copy, Debug)]
#[doc(hidden)]
pub enum Shape {
    Struct(&'static Keys),
    Enum(&'static [&'static EntitySchema]),
}

impl Shape {
    /// The keys, put together.
    pub(crate) const fn merged(&self) -> Merged {
        match self {
            Self::Struct(keys) => Merged::of_keys(keys),
            Self::Enum(variants) => Merged::union(variants),
        }
    }
}

/// What the schema knows of an entity. `derive(AuditEntity)` makes it.
#[derive(Clone, Copy, Debug)]
pub struct EntitySchema {
    /// Empty where the type is the value's business (an enum of entities, [`Actor`](crate::Actor)).
    pub(crate) type_name: &'static str,
    pub(crate) shape: Shape,
    /// The metadata schema in canonical form.
    pub(crate) metadata: &'static str,
    /// The same as an event's target of this type.
    pub(crate) target: &'static str,
    /// Record parts: the fields, or the variants with theirs; closed twice, for the role that it stands in.
    pub(crate) notes: &'static [u8],
    /// Which Rust type it is: two of one name are told apart by where they stand.
    pub(crate) identity: Identity,
    pub(crate) broken: bool,
}

/// Where a type was declared.
#[derive(Clone, Copy, Debug)]
#[doc(hidden)]
pub struct Identity {
    pub module: &'static str,
    pub name: &'static str,
    pub line: u32,
    pub column: u32,
}

impl Identity {
    pub(crate) const fn is(&self, other: &Self) -> bool {
        self.line == other.line
            && self.column == other.column
            && str_equal(self.name, other.name)
            && str_equal(self.module, other.module)
    }
}

/// What a derive knows of an entity before its metadata is rendered.
#[derive(Clone, Copy)]
#[doc(hidden)]
pub struct EntityParts {
    pub type_name: &'static str,
    pub shape: Shape,
    /// The record part that opens it: name, place, docs.
    pub note: &'static [u8],
    pub identity: Identity,
}

/// The lengths of what [`EntityParts`] render to.
#[derive(Clone, Copy)]
#[doc(hidden)]
pub struct EntityLayout {
    metadata: usize,
    target: usize,
    pub total: usize,
    broken: bool,
}

impl EntityParts {
    pub const fn layout(&self) -> EntityLayout {
        let (metadata, notes, broken) = match self.shape {
            Shape::Struct(keys) if keys.plain => {
                let view = View::Plain(keys);
                (
                    canonical::metadata_len(view),
                    record::entity_len(self, view),
                    keys.broken,
                )
            }
            _ => {
                let merged = self.shape.merged();
                let view = View::Merged(&merged);
                (
                    canonical::metadata_len(view),
                    record::entity_len(self, view),
                    merged.broken || merged.is_wrong(),
                )
            }
        };
        let target = canonical::target_len(metadata, self.type_name);
        EntityLayout {
            metadata,
            target,
            total: target + notes,
            broken,
        }
    }

    /// The keys of a struct; an enum has none of its own.
    pub const fn keys(&self) -> &'static Keys {
        match self.shape {
            Shape::Struct(keys) => keys,
            Shape::Enum(_) => const { &Keys::none() },
        }
    }

    pub const fn render<const N: usize>(&self) -> [u8; N] {
        let mut rendered = [0; N];
        match self.shape {
            Shape::Struct(keys) if keys.plain => self.write(View::Plain(keys), &mut rendered),
            _ => self.write(View::Merged(&self.shape.merged()), &mut rendered),
        }
        rendered
    }

    const fn write(&self, view: View<'_>, to: &mut [u8]) {
        let mut out = Writer::new(to);
        canonical::write_target(&mut out, view, self.type_name);
        record::write_entity(&mut out, self, view);
        out.finish();
    }

    pub const fn schema(&self, layout: &EntityLayout, rendered: &'static [u8]) -> EntitySchema {
        let (target, notes) = rendered.split_at(layout.target);
        let metadata = part(rendered, canonical::TARGET_HEAD, layout.metadata);
        EntitySchema {
            type_name: self.type_name,
            shape: self.shape,
            // SAFETY: `render` put both together from whole `str`s and ASCII.
            metadata: unsafe { as_str(metadata) },
            // SAFETY: as before.
            target: unsafe { as_str(target) },
            notes,
            identity: self.identity,
            broken: layout.broken,
        }
    }

    /// What is wrong with the metadata as a whole, for the type's name.
    pub const fn problem(&self, layout: &EntityLayout) -> Option<Message> {
        if !layout.broken {
            return None;
        }
        let merged = self.shape.merged();
        let name = self.identity.name;
        if let Some(key) = merged.conflict {
            let message = Message::new("audit[A0311]: the variants of `")
                .str(name)
                .str("` disagree about the metadata key `")
                .str(key);
            let message = self.disagreement(message.str("`: "), key);
            return Some(message.str("\n  help: rename one of the two with #[audit(rename = \"…\")], or give both the same type"));
        }
        keys_problem(&merged, name)
    }

    /// Says what the first variant that has the key takes it for, and the first that takes it for something else.
    const fn disagreement(&self, mut message: Message, key: &str) -> Message {
        let Shape::Enum(variants) = self.shape else {
            return message;
        };
        let mut first: Option<Field> = None;
        let mut i = 0;
        while i < variants.len() {
            let found = variants[i].shape.merged().find(key);
            match (found, first) {
                (Some(field), None) => {
                    first = found;
                    message = message
                        .value_type(&field.ty)
                        .str(" in `")
                        .str(variants[i].identity.name)
                        .str("`, ");
                }
                (Some(field), Some(first)) if !first.ty.renders_like(&field.ty) => {
                    return message
                        .value_type(&field.ty)
                        .str(" in `")
                        .str(variants[i].identity.name)
                        .str("`");
                }
                _ => {}
            }
            i += 1;
        }
        message
    }
}

/// A limit on a type that only has the name of a text type.
const fn not_text(key: &str, name: &str) -> Message {
    Message::new("audit[A0206]: `max_len` and `truncate` limit text, and the metadata key `")
        .str(key)
        .str("` of `")
        .str(name)
        .str("` isn't text: its type is called as one that is\n  help: remove the limit, or hold text")
}

/// The first problem with the keys of one metadata object.
pub(crate) const fn keys_problem(merged: &Merged, name: &str) -> Option<Message> {
    if let Some(key) = merged.first_with(flag::BAD_LIMIT) {
        match merged.find(key) {
            Some(field) if !field.ty.is_text() => return Some(not_text(key, name)),
            _ => {}
        }
        return Some(
            Message::new("audit[A0205]: the metadata key `")
                .str(key)
                .str("` of `")
                .str(name)
                .str("` is a `Text<N>` whose `N` isn't 1 to 500, the service's limit\n  help: write a number from 1 to 500"),
        );
    }
    if let Some(key) = merged.first_with(flag::NESTED_OPTION) {
        return Some(
            Message::new("audit[A0317]: the metadata key `")
                .str(key)
                .str("` of `")
                .str(name)
                .str("` is an `Option` of an `Option`\n  help: one `Option` says that the key may be left out"),
        );
    }
    if merged.total > METADATA_KEYS {
        return Some(
            Message::new("audit[A0201]: `")
                .str(name)
                .str("` has ")
                .number(merged.total)
                .str(" metadata keys, the limit is ")
                .number(METADATA_KEYS)
                .str(" (flattened ones count)\n  help: leave some of the fields out, or put several into one value"),
        );
    }
    None
}

/// An entity without attributes, ended at once, as its role is.
const ANY_TYPE: &[u8] = &[
    tag::ENTITY,
    0,
    0,
    0,
    0,
    tag::END,
    0,
    0,
    0,
    0,
    tag::END,
    0,
    0,
    0,
    0,
];

impl EntitySchema {
    /// An entity of any type, without metadata: [`Actor`](crate::Actor).
    pub(crate) const fn of_any_type() -> Self {
        Self {
            type_name: "",
            shape: Shape::Struct(const { &Keys::none() }),
            metadata: canonical::NO_KEYS,
            target: "",
            notes: ANY_TYPE,
            identity: Identity {
                module: module_path!(),
                name: "Actor",
                line: 0,
                column: 0,
            },
            broken: false,
        }
    }

    /// A unit variant: no metadata, its notes rendered by the derive.
    #[doc(hidden)]
    pub const fn __fixed(type_name: &'static str, notes: &'static [u8]) -> Self {
        Self {
            type_name,
            notes,
            ..Self::of_any_type()
        }
    }

    /// What a failed derive leaves behind: it fits anywhere and raises no error of its own.
    #[doc(hidden)]
    pub const fn __broken() -> Self {
        Self {
            broken: true,
            ..Self::of_any_type()
        }
    }

    /// The entity's type; empty where it is the value's business.
    #[doc(hidden)]
    pub const fn type_name(&self) -> &'static str {
        self.type_name
    }

    pub(crate) const fn is_enum(&self) -> bool {
        matches!(self.shape, Shape::Enum(_))
    }
}
