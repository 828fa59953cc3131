//! The declaration of a changed key in the code, which several events may share.

use std::collections::BTreeSet;

use audit_core::schema::record::read::{Entity, Event, Field, Source};

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
        None => {
            let mut all = holdings(event);
            all.retain(|(place, _)| *place == change.place);
            Origin::Gone(all.into_iter().map(|(_, holding)| holding).collect())
        }
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

/// The shared owners of an event's keys, each with its place.
pub fn holdings(event: &Event) -> BTreeSet<(String, Holding)> {
    let of_object = |object: Object<'_>| {
        let place = place(object.scope);
        let of_fields = object.fields.iter();
        let of_fields = of_fields.filter_map(|field| holding(field, object.entity));
        let all = of_fields.chain(object.entity.map(of_entity));
        all.map(|holding| (place.clone(), holding))
            .collect::<Vec<_>>()
    };
    objects(event).into_iter().flat_map(of_object).collect()
}

/// The field of a key in a place, and its entity.
pub(super) fn field<'e>(
    event: &'e Event,
    at: &str,
    key: &str,
) -> Option<(&'e Field, Option<&'e Entity>)> {
    let objects = objects(event).into_iter();
    objects
        .filter(|object| place(object.scope) == at)
        .find_map(|object| {
            let field = object.fields.iter().find(|field| field.key == key);
            Some((field?, object.entity))
        })
}

/// A metadata object of an event in code.
pub struct Object<'e> {
    pub scope: Scope<'e>,
    /// The declaration.
    pub source: &'e Source,
    pub fields: &'e [Field],
    entity: Option<&'e Entity>,
}

/// Every metadata object of an event, with those of each variant of an entity.
pub fn objects(event: &Event) -> Vec<Object<'_>> {
    let mut objects = vec![Object {
        scope: Scope::Root,
        source: &event.source,
        fields: &event.metadata,
        entity: None,
    }];
    add(&event.actor, Scope::Actor, &mut objects);
    for target in &event.targets {
        let scope = Scope::Target(&target.type_name);
        add(&target.entity, scope, &mut objects);
    }
    objects
}

fn add<'e>(entity: &'e Entity, scope: Scope<'e>, objects: &mut Vec<Object<'e>>) {
    objects.push(Object {
        scope,
        source: &entity.source,
        fields: &entity.metadata,
        // The built-in actor has no name, and declares nothing.
        entity: Some(entity).filter(|entity| !entity.rust_name.is_empty()),
    });
    for variant in &entity.variants {
        add(variant, scope, objects);
    }
}
