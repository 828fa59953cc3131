//! The part of a declaration that the derives can express. The rest is reported.

mod object;
mod value;

use std::collections::BTreeMap;

use audit_core::limits::{
    ACTION_CHARS, MAX_TARGETS, METADATA_KEYS, MIN_TARGETS, is_registered_action,
};

use super::Options;
use super::forms::Declared;
use super::warning::{Origin, Warning};
use crate::body::{Body, Metadata, Notation, Property, Scope};
use crate::json::Position;

/// An event that the derives can declare.
#[derive(Clone, Debug)]
pub struct Event {
    pub origin: Origin,
    pub docs: String,
    pub actor: Object,
    /// Each with its type.
    pub targets: Vec<(String, Object)>,
    pub metadata: Object,
}

/// The metadata of an event, an actor or a target.
#[derive(Clone, Debug, Default)]
pub struct Object {
    pub docs: String,
    pub fields: Vec<Field>,
}

/// A key.
#[derive(Clone, Debug)]
pub struct Field {
    pub key: String,
    pub docs: String,
    /// Its one type, its values, its length; no other keywords.
    pub property: Property,
    pub optional: bool,
}

impl Event {
    /// The body that the type will render.
    pub fn body(&self) -> Body {
        let targets = self.targets.iter();
        Body {
            actor: self.actor.body(),
            metadata: self.metadata.body(),
            targets: targets
                .map(|(kind, object)| (kind.clone(), object.body()))
                .collect(),
        }
    }
}

impl Object {
    pub fn body(&self) -> Metadata {
        let fields = self.fields.iter();
        let required = fields.clone().filter(|field| !field.optional);
        Metadata {
            notation: Notation::Schema,
            required: required.map(|field| field.key.clone()).collect(),
            properties: fields
                .map(|field| (field.key.clone(), field.property.clone()))
                .collect(),
            open: false,
            ..Metadata::default()
        }
    }
}

/// The events that become types: the highest version of each action that the derives can express, or all; each once.
pub fn all(declared: Vec<Declared>, options: &Options, warnings: &mut Vec<Warning>) -> Vec<Event> {
    let mut all: BTreeMap<(String, u32), (Event, Vec<Warning>)> = BTreeMap::new();
    for declared in declared {
        let mut expressing = Expressing {
            declared: &declared,
            optional: options.optional,
            warnings: Vec::new(),
        };
        let event = expressing.event();
        let own = expressing.warnings;
        let Some(event) = event else {
            warnings.extend(own);
            continue;
        };
        let origin = &event.origin;
        let name = (origin.action.clone(), origin.version);
        match all.get(&name) {
            None => drop(all.insert(name, (event, own))),
            Some((first, _)) if first.body() == event.body() => warnings.extend(own),
            Some((first, _)) => {
                let first = first.origin.warning(None, "").location;
                let message =
                    format!("not imported: {first} declares this version with a different schema");
                warnings.push(origin.warning(None, message));
            }
        }
    }
    let highest: BTreeMap<String, u32> = all.keys().cloned().collect();
    let mut events = Vec::new();
    for ((action, version), (event, own)) in all {
        let highest = highest[&action];
        if version == highest || options.all_versions {
            warnings.extend(own);
            events.push(event);
        } else {
            let message =
                format!("not imported: version {highest} is newer; `--all-versions` imports both");
            warnings.push(event.origin.warning(None, message));
        }
    }
    events
}

/// Collects the warnings of one declaration.
struct Expressing<'d> {
    declared: &'d Declared,
    optional: bool,
    warnings: Vec<Warning>,
}

impl Expressing<'_> {
    fn warn(&mut self, position: Option<Position>, message: impl Into<String>) {
        self.warnings
            .push(self.declared.origin.warning(position, message));
    }

    fn event(&mut self) -> Option<Event> {
        let Declared {
            origin,
            body,
            docs,
            flat: _,
        } = self.declared;
        if let Some(problem) = self.impossible() {
            self.warn(None, format!("not imported: {problem}"));
            return None;
        }
        self.open();
        let mut kinds: Vec<&String> = body.targets.keys().collect();
        kinds.sort_by_key(|kind| body.targets[*kind].at.0);
        let target = |kind: &String| {
            let object = self.object(Scope::Target(kind), &body.targets[kind]);
            (kind.clone(), object)
        };
        let targets = kinds.into_iter().map(target).collect();
        let actor = self.object(Scope::Actor, &body.actor);
        let metadata = self.object(Scope::Root, &body.metadata);
        let docs = format!("{}\n\n{}", docs.trim(), metadata.docs);
        Some(Event {
            origin: origin.clone(),
            docs: docs.trim().to_owned(),
            actor,
            targets,
            metadata,
        })
    }

    /// The reason that no event type can declare it.
    fn impossible(&self) -> Option<String> {
        let Declared { origin, body, .. } = self.declared;
        let action = &origin.action;
        if !is_registered_action(action) {
            return Some(format!(
                "{action:?} is not a valid action: 1 to {ACTION_CHARS} printable ASCII characters without space, `/` and `\\`, and not `.` or `..`"
            ));
        }
        let targets = body.targets.len();
        if !(MIN_TARGETS..=MAX_TARGETS).contains(&targets) {
            return Some(format!(
                "{targets} target types, expected {MIN_TARGETS} to {MAX_TARGETS}"
            ));
        }
        let is_invalid = |kind: &&String| {
            kind.is_empty() || kind.contains(|c: char| c.is_control() || matches!(c, '"' | '\\'))
        };
        if let Some(kind) = body.targets.keys().find(is_invalid) {
            return Some(format!(
                "{kind:?} is not a valid target type: it is empty, or has a quote, backslash or control character"
            ));
        }
        let (place, keys) = body
            .scopes()
            .map(|(place, metadata)| (place, metadata.properties.len()))
            .find(|(_, keys)| *keys > METADATA_KEYS)?;
        Some(format!(
            "{keys} metadata keys{}, the limit is {METADATA_KEYS}",
            place.words()
        ))
    }
}

#[cfg(test)]
mod tests;
