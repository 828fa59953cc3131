//! The structs of targets and actors: one for each type and metadata schema. Where a type has several schemas, the first gets the plain
//! name, and the others begin with an event's.

use super::enums::Enums;
use super::fields;
use super::{Entity, RoleField};
use crate::body::Metadata;
use crate::import::Warning;
use crate::import::express::{Event, Object};
use crate::import::names::{self, Names};

/// The assumed type of an actor, which a body doesn't contain.
const ACTOR: &str = "user";

/// The structs that events share.
pub struct Entities<'n> {
    names: &'n mut Names,
    warnings: &'n mut Vec<Warning>,
    pub shapes: Vec<Shape>,
}

/// A struct, with the first description of itself and of each field.
pub struct Shape {
    name: String,
    kind: String,
    object: Object,
    body: Metadata,
    is_actor: bool,
}

impl<'n> Entities<'n> {
    pub fn new(names: &'n mut Names, warnings: &'n mut Vec<Warning>) -> Self {
        Self {
            names,
            warnings,
            shapes: Vec::new(),
        }
    }

    pub fn targets(&mut self, event: &Event, event_name: &str) -> Vec<RoleField> {
        let target = |(kind, object): &(String, Object)| {
            let plain = names::type_name(kind, "Entity");
            let index = self.add(kind, &plain, object, event, event_name);
            self.field(names::field_name(kind, "target"), index, object)
        };
        event.targets.iter().map(target).collect()
    }

    /// The built-in type, or the struct of an actor with metadata. A target's does where the schema is the same.
    pub fn actor(&mut self, event: &Event, event_name: &str) -> RoleField {
        let (ident, object) = ("actor".into(), &event.actor);
        if object.fields.is_empty() {
            return RoleField {
                ident,
                entity: "Actor".into(),
                docs: object.docs.clone(),
            };
        }
        let plain = names::type_name(ACTOR, "") + "Actor";
        let index = self.add(ACTOR, &plain, object, event, event_name);
        let shape = &mut self.shapes[index];
        if !std::mem::replace(&mut shape.is_actor, true) {
            let name = &shape.name;
            let message = format!(
                "schemas don't contain the actor's type: `{name}` assumes {ACTOR:?}; change it if others act"
            );
            self.warnings.push(event.origin.warning(None, message));
        }
        self.field(ident, index, object)
    }

    /// The index of the struct, which is named `plain` or begins with the event's name.
    fn add(
        &mut self,
        kind: &str,
        plain: &str,
        object: &Object,
        event: &Event,
        event_name: &str,
    ) -> usize {
        let body = object.body();
        let mut shapes = self.shapes.iter();
        let known = shapes.position(|shape| shape.kind == kind && shape.body == body);
        let index = known.unwrap_or(self.shapes.len());
        if known.is_none() {
            self.shapes.push(Shape {
                name: self
                    .names
                    .claim(&[plain.to_owned(), format!("{event_name}{plain}")]),
                kind: kind.into(),
                object: object.clone(),
                body,
                is_actor: false,
            });
        }
        let shape = &mut self.shapes[index].object;
        if shape.docs.is_empty() {
            shape.docs.clone_from(&object.docs);
        }
        for field in object.fields.iter().filter(|field| !field.docs.is_empty()) {
            let kept = shape.fields.iter_mut().find(|kept| kept.key == field.key);
            match kept {
                Some(kept) if kept.docs.is_empty() => kept.docs.clone_from(&field.docs),
                Some(kept) if kept.docs != field.docs => {
                    let message = format!(
                        "description of {:?} of {kind:?} dropped: another event has a different one",
                        field.key
                    );
                    self.warnings
                        .push(event.origin.warning(field.property.at.0, message));
                }
                _ => {}
            }
        }
        index
    }

    /// A field of an event. Its doc comment is the description that the struct doesn't have.
    fn field(&self, ident: String, index: usize, object: &Object) -> RoleField {
        let shape = &self.shapes[index];
        let is_same = shape.object.docs == object.docs;
        RoleField {
            ident,
            entity: shape.name.clone(),
            docs: if is_same {
                String::new()
            } else {
                object.docs.clone()
            },
        }
    }
}

impl Shape {
    pub fn into_type(self, enums: &mut Enums<'_>) -> Entity {
        let names = Names::reserving(&["id", "name"]);
        Entity {
            keys: fields::keys(&self.object, names, &self.name, enums),
            kind: self.kind,
            docs: self.object.docs,
            name: self.name,
        }
    }
}
