//! What the derives can say of a declaration. The rest is reported: nothing is left out in silence.

mod body;
mod object;
mod value;

use std::collections::BTreeMap;

use audit_core::limits::{ACTION_CHARS, MAX_TARGETS, METADATA_KEYS, is_registered_action};

use super::forms::Declared;
use super::{Options, Warning, warning};
use crate::body::Place;
use crate::json::Position;

/// An event that the derives can declare.
#[derive(Clone, Debug)]
pub struct Event {
    pub action: String,
    pub version: u32,
    pub docs: String,
    pub actor: Object,
    pub targets: Vec<Target>,
    pub metadata: Object,
    pub declared: Origin,
}

/// Where an event was declared, for later warnings.
#[derive(Clone, Debug)]
pub struct Origin {
    pub file: Option<String>,
    pub at: Option<Position>,
}

#[derive(Clone, Debug)]
pub struct Target {
    pub kind: String,
    pub object: Object,
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
    pub kind: Kind,
    pub optional: bool,
    pub at: Option<Position>,
}

/// What a value can be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Text(Option<u16>),
    Integer,
    Number,
    Boolean,
    /// One of these texts.
    Choice(Vec<String>),
}

impl Object {
    /// What two objects that mean the same have in common.
    pub fn meaning(&self) -> BTreeMap<&str, (&Kind, bool)> {
        self.fields
            .iter()
            .map(|field| (field.key.as_str(), (&field.kind, field.optional)))
            .collect()
    }
}

impl Event {
    pub fn warning(&self, at: Option<Position>, message: impl Into<String>) -> Warning {
        Warning {
            location: warning::at(self.declared.file.as_deref(), at.or(self.declared.at)),
            event: Some((self.action.clone(), self.version)),
            message: message.into(),
        }
    }
}

/// The events that become types: of each action the highest version that can, or all; each once.
pub fn all(declared: Vec<Declared>, options: &Options, warnings: &mut Vec<Warning>) -> Vec<Event> {
    let mut all: BTreeMap<(String, u32), (Event, Vec<Warning>)> = BTreeMap::new();
    for declared in declared {
        let (event, own) = event(&declared, options);
        let Some(event) = event else {
            warnings.extend(own);
            continue;
        };
        let name = (declared.action.clone(), declared.version);
        match all.get(&name) {
            None => drop(all.insert(name, (event, own))),
            Some((first, _)) if first.body() == event.body() => warnings.extend(own),
            Some((first, _)) => warnings.push(second(first, &declared)),
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
            let message = format!(
                "not imported, as there is version {highest}; `--all-versions` imports both"
            );
            warnings.push(event.warning(None, message));
        }
    }
    events
}

/// Says of a version that it is declared in two ways.
fn second(first: &Event, declared: &Declared) -> Warning {
    let Origin { file, at } = &first.declared;
    let line = at.filter(|_| file.is_some()).map(|at| at.line.to_string());
    let place: Vec<_> = file.iter().cloned().chain(line).collect();
    let place = place.join(":");
    declared.warning(
        None,
        format!("not imported: {place} declares the same version with another schema"),
    )
}

/// Collects the warnings of one declaration.
struct Expressing<'d> {
    declared: &'d Declared,
    optional: bool,
    warnings: Vec<Warning>,
}

/// The event, where the derives can declare it, and what it doesn't say.
fn event(declared: &Declared, options: &Options) -> (Option<Event>, Vec<Warning>) {
    let mut expressing = Expressing {
        declared,
        optional: options.optional,
        warnings: Vec::new(),
    };
    let event = expressing.event();
    (event, expressing.warnings)
}

impl Expressing<'_> {
    fn warn(&mut self, position: Option<Position>, message: impl Into<String>) {
        self.warnings.push(self.declared.warning(position, message));
    }

    fn event(&mut self) -> Option<Event> {
        let Declared {
            action,
            version,
            body,
            docs,
            layout,
        } = self.declared;
        if let Some(problem) = self.impossible() {
            self.warn(None, format!("not imported: {problem}"));
            return None;
        }
        self.open();
        let mut kinds: Vec<&String> = body.targets.keys().collect();
        kinds.sort_by_key(|kind| layout.target(kind).map_or(usize::MAX, |(index, _)| index));
        let target = |kind: &String| Target {
            kind: kind.clone(),
            object: self.object(Place::Target(kind), &body.targets[kind]),
        };
        let targets = kinds.into_iter().map(target).collect();
        let (actor, metadata) = (
            self.object(Place::Actor, &body.actor),
            self.object(Place::Root, &body.metadata),
        );
        let docs = [docs.trim(), metadata.docs.trim()]
            .join("\n\n")
            .trim()
            .to_owned();
        let declared = Origin {
            file: layout.file.clone(),
            at: layout.at,
        };
        Some(Event {
            action: action.clone(),
            version: *version,
            docs,
            actor,
            targets,
            metadata,
            declared,
        })
    }

    /// Why no event type could declare it.
    fn impossible(&self) -> Option<String> {
        let Declared { action, body, .. } = self.declared;
        if !is_registered_action(action) {
            return Some(format!(
                "{action:?} can't be an action: it has 1 to {ACTION_CHARS} printable ASCII characters, without space, `/` and `\\`, and isn't `.` or `..`"
            ));
        }
        if body.targets.is_empty() {
            return Some("it has no targets, and an event has at least one".into());
        }
        if body.targets.len() > MAX_TARGETS {
            let count = body.targets.len();
            return Some(format!(
                "it has {count} target types, and an event, which needs one of each, at most {MAX_TARGETS} targets"
            ));
        }
        let is_type = |kind: &&String| {
            kind.is_empty() || kind.contains(|c: char| c.is_control() || matches!(c, '"' | '\\'))
        };
        if let Some(kind) = body.targets.keys().find(is_type) {
            return Some(format!(
                "{kind:?} can't be a target type: it has letters, and no quotes, backslashes and control characters"
            ));
        }
        let mut full = body
            .places()
            .filter(|(_, metadata)| metadata.properties.len() > METADATA_KEYS);
        let (place, metadata) = full.next()?;
        Some(format!(
            "{} metadata keys{}, at most {METADATA_KEYS} are allowed",
            metadata.properties.len(),
            place.words()
        ))
    }
}

#[cfg(test)]
mod tests;
