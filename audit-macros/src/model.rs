//! What is legal: `expand` sees only this, and can't fail. Nodes are the user's own, with their spans.

use proc_macro2::TokenStream;
use syn::{Attribute, Generics, Ident, LitInt, LitStr, Path, Type};

use crate::types;

/// What every derive knows of its item.
pub struct Item {
    pub ident: Ident,
    /// The name of an event's builder.
    pub builder: Ident,
    pub generics: Generics,
    /// Where `audit_core` is.
    pub core: Path,
    /// The lints that the user allows on it and in it, as attributes.
    pub allowed: TokenStream,
    pub docs: String,
}

pub struct Event {
    pub item: Item,
    pub action: LitStr,
    pub version: LitInt,
    pub number: u32,
    /// The type that the caller passes, where no field is the actor.
    pub callers_actor: Option<Type>,
    /// `builder = false` leaves it out.
    pub has_builder: bool,
    pub members: Vec<Member>,
}

pub struct Entity {
    pub item: Item,
    pub type_name: String,
    pub members: Vec<Member>,
}

pub struct EntityEnum {
    pub item: Item,
    /// Whether it is made `From` its entities.
    pub from: bool,
    pub variants: Vec<EntityVariant>,
}

pub struct EntityVariant {
    pub ident: Ident,
    pub docs: String,
    pub kind: VariantKind,
}

pub enum VariantKind {
    /// One entity, in a tuple variant or under a name.
    Holds { field: Option<Ident>, ty: Box<Type> },
    /// A unit variant.
    Fixed { type_name: String, id: String },
}

impl EntityVariant {
    /// The field and the type of the entity that it holds.
    pub fn held(&self) -> Option<(Option<&Ident>, &Type)> {
        match &self.kind {
            VariantKind::Holds { field, ty } => Some((field.as_ref(), ty)),
            VariantKind::Fixed { .. } => None,
        }
    }
}

pub struct Group {
    pub item: Item,
    pub members: Vec<Member>,
}

pub struct ValueEnum {
    pub item: Item,
    pub open: bool,
    /// Whether it gets an `as_str()`.
    pub as_str: bool,
    pub variants: Vec<ValueVariant>,
}

pub struct ValueVariant {
    pub ident: Ident,
    pub name: String,
    pub docs: String,
}

pub struct Newtype {
    pub item: Item,
    pub ty: Type,
    pub max_len: Option<u16>,
    /// Whether it gets the constructors that check `max_len`.
    pub new: bool,
}

/// A field.
pub struct Member {
    pub ident: Ident,
    pub ty: Type,
    pub docs: String,
    pub doc_attributes: Vec<Attribute>,
    pub role: Role,
    /// Whether its tokens are right, so that its type is worth a look even where another field's aren't.
    pub has_no_errors: bool,
}

/// What a field is there for.
pub enum Role {
    Actor,
    Target(Target),
    Context,
    OccurredAt,
    /// A group of metadata keys, and what is put before them; empty where nothing is.
    Flatten(String),
    /// `skip` on events and groups, and whatever isn't marked on entities.
    Skip,
    Id,
    Name,
    Value(Box<Value>),
}

pub struct Target {
    pub type_override: Option<String>,
    pub split: Option<Split>,
}

pub struct Split {
    pub key: String,
    /// The entity's type: the `T` of `Vec<T>`.
    pub entity: Box<Type>,
}

/// A metadata value.
pub struct Value {
    pub key: String,
    pub rule: TextRule,
    pub how: How,
    /// The attribute that limits it, for the error that it isn't text.
    pub limit: Ident,
}

/// What happens to text that is too long.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum TextRule {
    /// Rejected over 500 characters, or over the type's own limit.
    Free,
    MaxLen(u16),
    Truncate(u16),
    /// `strings = "truncate"` around it: cut, where the type sets no limit.
    CutIfFree,
}

/// How a field becomes a value.
pub enum How {
    Plain,
    Display,
    Join(String),
    With(Path),
}

impl Member {
    pub fn value(&self) -> Option<&Value> {
        if let Role::Value(value) = &self.role {
            Some(value)
        } else {
            None
        }
    }

    /// The prefix of a group's keys.
    pub fn flatten(&self) -> Option<&str> {
        if let Role::Flatten(prefix) = &self.role {
            Some(prefix)
        } else {
            None
        }
    }

    /// The `V` of what is written `Option<V>`, where it may be left out.
    pub fn optional(&self) -> Option<&Type> {
        let may = matches!(
            self.role,
            Role::Value(_) | Role::OccurredAt | Role::Flatten(_)
        );
        if may {
            types::option_inner(&self.ty)
        } else {
            None
        }
    }

    pub fn target(&self) -> Option<&Target> {
        if let Role::Target(target) = &self.role {
            Some(target)
        } else {
            None
        }
    }
}

impl Event {
    /// The target field that is split over several events.
    pub fn split(&self) -> Option<(&Member, &Split)> {
        self.members
            .iter()
            .find_map(|member| Some((member, member.target()?.split.as_ref()?)))
    }

    pub fn has_context(&self) -> bool {
        self.members
            .iter()
            .any(|member| matches!(member.role, Role::Context))
    }

    pub fn has_occurred_at(&self) -> bool {
        self.members
            .iter()
            .any(|member| matches!(member.role, Role::OccurredAt))
    }
}
