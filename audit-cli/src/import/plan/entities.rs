//! Which targets and actors are one struct. Those of one type and one metadata schema are; where a type has several schemas the commonest
//! gets the plain name, and the others begin with an event's.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::Entity;
use super::choices::Choices;
use super::fields::{self, Roles};
use crate::import::Warning;
use crate::import::express::{Event, Field, Kind, Object, Target};
use crate::import::names::{self, Names};

/// A body doesn't say of which type its actor is.
const ACTOR: &str = "user";

type Meaning<'e> = BTreeMap<&'e str, (&'e Kind, bool)>;

/// The structs that events share.
#[derive(Debug, Default)]
pub struct Entities<'e> {
    shapes: Vec<Shape<'e>>,
    /// Where in the list each type and schema is.
    known: BTreeMap<(&'e str, Meaning<'e>), usize>,
}

/// A struct.
#[derive(Debug)]
struct Shape<'e> {
    kind: &'e str,
    /// The first description there is.
    docs: &'e str,
    /// Where it was found, by index of the event.
    found: Vec<(usize, &'e Object)>,
    is_actor: bool,
    name: String,
}

impl<'e> Entities<'e> {
    pub fn of(
        events: &'e [Event],
        event_names: &[String],
        names: &mut Names,
        warnings: &mut Vec<Warning>,
    ) -> Self {
        let mut entities = Self::default();
        for (index, event) in events.iter().enumerate() {
            for Target { kind, object } in &event.targets {
                entities.add(kind, object, index, false);
            }
        }
        for (index, event) in events.iter().enumerate() {
            if !event.actor.fields.is_empty() {
                // An actor whose schema is that of a target is the same struct.
                entities.add(ACTOR, &event.actor, index, true);
            }
        }
        entities.name(event_names, names);
        entities.warn(events, warnings);
        entities
    }

    fn add(&mut self, kind: &'e str, object: &'e Object, event: usize, is_actor: bool) {
        let new = self.shapes.len();
        let index = *self.known.entry((kind, object.meaning())).or_insert(new);
        if index == new {
            self.shapes.push(Shape {
                kind,
                docs: "",
                found: Vec::new(),
                is_actor,
                name: String::new(),
            });
        }
        let shape = &mut self.shapes[index];
        shape.found.push((event, object));
        if shape.docs.is_empty() {
            shape.docs = &object.docs;
        }
    }

    /// Plain names first, so that no prefixed one is in their way.
    fn name(&mut self, event_names: &[String], names: &mut Names) {
        let of = |shape: &Shape<'e>| (shape.is_actor, shape.kind);
        let mut shapes: Vec<_> = self.shapes.iter_mut().collect();
        shapes.sort_by_key(|shape| (of(shape), Reverse(shape.found.len())));
        for group in shapes.chunk_by_mut(|a, b| of(a) == of(b)) {
            if let [first, ..] = group {
                let name = first.plain_name();
                first.name = names.claim_type(&[name.clone(), format!("{name}Entity")]);
            }
        }
        for shape in shapes.iter_mut().filter(|shape| shape.name.is_empty()) {
            let event = shape
                .found
                .first()
                .map(|(event, _)| event_names[*event].as_str());
            let name = event.unwrap_or_default().to_owned() + &shape.plain_name();
            shape.name = names.claim_type(&[name]);
        }
    }

    fn warn(&self, events: &[Event], warnings: &mut Vec<Warning>) {
        for shape in &self.shapes {
            let mut actors = shape
                .found
                .iter()
                .filter(|(event, object)| std::ptr::eq(&raw const events[*event].actor, *object));
            if let Some((first, _)) = actors.next() {
                let others = match actors.count() {
                    0 => String::new(),
                    others => format!(" (and of {others} more)"),
                };
                let name = &shape.name;
                let message = format!(
                    "the type of actors isn't part of a schema: `{name}`, the actor here{others}, says {ACTOR:?}; change it where others act"
                );
                warnings.push(events[*first].warning(None, message));
            }
            warnings.extend(shape.lost_docs(events));
        }
    }

    /// The struct of a target, and the doc comment of its field: what the struct's own doesn't say.
    pub fn target(&self, target: &Target) -> (&str, String) {
        self.find(&target.kind, &target.object).unwrap_or_default()
    }

    /// The struct of an actor, where it isn't the built-in one.
    pub fn actor(&self, object: &Object) -> Option<(&str, String)> {
        self.find(ACTOR, object)
            .filter(|_| !object.fields.is_empty())
    }

    fn find(&self, kind: &str, object: &Object) -> Option<(&str, String)> {
        let shape = &self.shapes[*self.known.get(&(kind, object.meaning()))?];
        let docs = if object.docs == shape.docs {
            String::new()
        } else {
            object.docs.clone()
        };
        Some((&shape.name, docs))
    }

    /// Every field of every struct, with the struct's name and how many events have it.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &'e Field, usize)> {
        self.shapes.iter().flat_map(|shape| {
            shape
                .fields()
                .map(|field| (shape.name.as_str(), field, shape.found.len()))
        })
    }

    pub fn into_types(self, choices: &Choices<'_>) -> Vec<Entity> {
        let entity = |shape: Shape<'_>| {
            let mut fields: Vec<_> = shape.fields().cloned().collect();
            for field in &mut fields {
                field.docs = shape.docs_of(&field.key).to_owned();
            }
            let object = Object {
                docs: shape.docs.to_owned(),
                fields,
            };
            Entity {
                kind: shape.kind.to_owned(),
                keys: fields::keys(&object, Roles::of_entity(), choices),
                docs: object.docs,
                name: shape.name,
            }
        };
        let mut types: Vec<_> = self.shapes.into_iter().map(entity).collect();
        types.sort_by(|a, b| a.name.cmp(&b.name));
        types
    }
}

impl<'e> Shape<'e> {
    fn plain_name(&self) -> String {
        let kind = names::words(self.kind)
            .into_iter()
            .chain(self.is_actor.then(|| "actor".to_owned()));
        names::type_name(&kind.collect::<Vec<_>>(), "Entity")
    }

    fn docs_of(&self, key: &str) -> &'e str {
        self.all_docs_of(key)
            .map(|(_, field)| field.docs.as_str())
            .next()
            .unwrap_or_default()
    }

    fn all_docs_of<'k>(
        &self,
        key: &'k str,
    ) -> impl Iterator<Item = (usize, &'e Field)> + use<'_, 'e, 'k> {
        let fields = self
            .found
            .iter()
            .flat_map(|(event, object)| object.fields.iter().map(|field| (*event, field)));
        fields.filter(move |(_, field)| field.key == key && !field.docs.is_empty())
    }

    fn fields(&self) -> impl Iterator<Item = &'e Field> + use<'e> {
        self.found
            .first()
            .map(|(_, object)| object.fields.iter())
            .into_iter()
            .flatten()
    }

    /// One struct has one doc comment a field.
    fn lost_docs(&self, events: &[Event]) -> Vec<Warning> {
        let warning = |(event, field): (usize, &Field)| {
            let message = format!(
                "{:?} of {:?} is described in another way elsewhere, so this description isn't kept",
                field.key, self.kind
            );
            events[event].warning(field.at, message)
        };
        let lost = |field: &'e Field| {
            let kept = self.docs_of(&field.key);
            self.all_docs_of(&field.key)
                .filter(move |(_, field)| field.docs != kept)
                .map(warning)
                .collect::<Vec<_>>()
        };
        self.fields().flat_map(lost).collect()
    }
}
