//! The declaration of a changed key in the code, which several events may share.

use std::collections::BTreeSet;

use audit_core::schema::record::read::{Entity, Event, Field};

use super::{Change, place};
use crate::body::Scope;

/// The declaration of a key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// The event's own key, or no key, or unknown code.
    #[default]
    Own,
    /// A field of a shared group or entity.
    Field(Holding),
    /// A removed field; all shared owners in this place.
    Gone(BTreeSet<Holding>),
}

/// A group or entity, which several events may share.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Owner {
    /// `` the group `Request` ``, `` the entity `User` ``
    pub name: String,
    /// Owners with one name in different files differ.
    file: String,
}

/// An owner in a place of an event, with the prefix of its keys there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holding {
    pub owner: Owner,
    pub prefix: String,
}

impl Holding {
    /// The owner's name of a key, if the key has the prefix.
    pub fn own<'k>(&self, key: &'k str) -> Option<&'k str> {
        key.strip_prefix(&*self.prefix)
            .filter(|own| !own.is_empty())
    }
}

pub(super) fn origin(
    change: &Change,
    found: Option<(&Field, Option<&Entity>)>,
    event: &Event,
) -> Origin {
    match found {
        _ if change.key.is_none() => Origin::Own,
        Some((field, entity)) => holding(field, entity).map_or(Origin::Own, Origin::Field),
        None => Origin::Gone(holdings(event, &change.place)),
    }
}

/// The shared owner of a field.
fn holding(field: &Field, entity: Option<&Entity>) -> Option<Holding> {
    let of_group = |name| Owner {
        name: format!("the group `{name}`"),
        file: field.source.file.clone(),
    };
    let group = field.group.as_ref().map(|name| Holding {
        owner: of_group(name),
        prefix: field.prefix.clone(),
    });
    group.or_else(|| entity.map(of_entity))
}

fn of_entity(entity: &Entity) -> Holding {
    let owner = Owner {
        name: format!("the entity `{}`", entity.rust_name),
        file: entity.source.file.clone(),
    };
    Holding {
        owner,
        prefix: String::new(),
    }
}

/// All shared owners in a place of an event.
pub fn holdings(event: &Event, at: &str) -> BTreeSet<Holding> {
    let of_fields = fields(event, at)
        .into_iter()
        .filter_map(|(field, entity)| holding(field, entity));
    of_fields
        .chain(entities(event, at).into_iter().map(of_entity))
        .collect()
}

/// The places where an event has metadata.
pub fn places(event: &Event) -> BTreeSet<String> {
    let targets = event
        .targets
        .iter()
        .map(|target| place(Scope::Target(&target.type_name)));
    [place(Scope::Root), place(Scope::Actor)]
        .into_iter()
        .chain(targets)
        .collect()
}

/// The field of a key in a place, and its entity.
pub(super) fn field<'e>(
    event: &'e Event,
    at: &str,
    key: &str,
) -> Option<(&'e Field, Option<&'e Entity>)> {
    fields(event, at)
        .into_iter()
        .find(|(field, _)| field.key == key)
}

/// All fields of a place.
fn fields<'e>(event: &'e Event, at: &str) -> Vec<(&'e Field, Option<&'e Entity>)> {
    if at == place(Scope::Root) {
        return event.metadata.iter().map(|field| (field, None)).collect();
    }
    let of_entity = |entity: &'e Entity| {
        entity
            .metadata
            .iter()
            .map(move |field| (field, Some(entity)))
    };
    entities(event, at)
        .into_iter()
        .flat_map(of_entity)
        .collect()
}

/// The entity of a place and its variants.
fn entities<'e>(event: &'e Event, at: &str) -> Vec<&'e Entity> {
    let targets = event.targets.iter();
    let targets = targets.map(|target| (Scope::Target(&target.type_name), &target.entity));
    let mut all = [(Scope::Actor, &event.actor)].into_iter().chain(targets);
    // The built-in actor has no name, and declares nothing.
    all.find(|(own, _)| at == place(*own))
        .filter(|(_, entity)| !entity.rust_name.is_empty())
        .map(|(_, entity)| with_variants(entity))
        .unwrap_or_default()
}

fn with_variants(entity: &Entity) -> Vec<&Entity> {
    std::iter::once(entity)
        .chain(entity.variants.iter().flat_map(with_variants))
        .collect()
}
