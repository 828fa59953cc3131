//! The types that will be written: their names, what they share, how their keys are kept. Decides; writes nothing.

mod choices;
mod entities;
mod fields;

use super::Warning;
use super::express::{Event, Field};
use crate::import::names::{self, Names};
use audit_rules::case::Case;
use choices::Choices;
use entities::Entities;
use fields::Roles;

/// Everything that the source declares.
#[derive(Debug, Default)]
pub struct Plan {
    pub entities: Vec<Entity>,
    pub choices: Vec<Choice>,
    pub events: Vec<EventType>,
}

/// A struct that derives `AuditEntity`.
#[derive(Debug)]
pub struct Entity {
    pub name: String,
    pub kind: String,
    pub docs: String,
    pub keys: Keys,
}

/// An enum that derives `AuditValue`.
#[derive(Debug)]
pub struct Choice {
    pub name: String,
    pub case: Option<Case>,
    pub variants: Vec<Named>,
}

/// A struct that derives `AuditEvent`.
#[derive(Debug)]
pub struct EventType {
    pub name: String,
    pub action: String,
    pub version: u32,
    pub docs: String,
    /// `None` is the built-in `Actor`.
    pub actor: Option<String>,
    pub actor_docs: String,
    pub targets: Vec<TargetField>,
    pub keys: Keys,
}

#[derive(Debug)]
pub struct TargetField {
    pub ident: String,
    pub entity: String,
    pub docs: String,
}

/// Metadata fields.
#[derive(Debug, Default)]
pub struct Keys {
    pub case: Option<Case>,
    pub fields: Vec<KeyField>,
}

#[derive(Debug)]
pub struct KeyField {
    pub named: Named,
    pub field: Field,
    /// The name of the enum, where the value is one of some.
    pub choice: Option<String>,
}

/// A field or variant, and what it is called outside where the container's case doesn't say so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub ident: String,
    pub rename: Option<String>,
}

/// Names everything: events first, then what they share.
pub fn plan(events: &[Event], warnings: &mut Vec<Warning>) -> Plan {
    let mut names = Names::default();
    let event_names = names_of(events, &mut names);
    let entities = Entities::of(events, &event_names, &mut names, warnings);
    let choices = Choices::of(events, &event_names, &entities, &mut names);
    let types = events.iter().zip(event_names);
    let events = types
        .map(|(event, name)| event_type(event, name, &entities, &choices))
        .collect();
    Plan {
        entities: entities.into_types(&choices),
        choices: choices.into_types(),
        events,
    }
}

/// The highest version of an action has the plain name.
fn names_of(events: &[Event], names: &mut Names) -> Vec<String> {
    let is_highest = |index: usize| {
        let next = events.get(index + 1);
        next.is_none_or(|next| next.action != events[index].action)
    };
    let mut order: Vec<usize> = (0..events.len()).collect();
    order.sort_by_key(|index| !is_highest(*index));
    let mut given = vec![String::new(); events.len()];
    for index in order {
        let Event {
            action, version, ..
        } = &events[index];
        let plain = names::type_name(&names::words(action), "Event");
        let name = if is_highest(index) {
            plain
        } else {
            format!("{plain}V{version}")
        };
        given[index] = names.claim_type(&[name]);
    }
    // The derive makes a type of this name, which the event's own fields mustn't mean.
    for name in &given {
        names.reserve(format!("{name}Builder"));
    }
    given
}

fn event_type(
    event: &Event,
    name: String,
    entities: &Entities<'_>,
    choices: &Choices<'_>,
) -> EventType {
    let kinds = event.targets.iter().map(|target| target.kind.as_str());
    let (idents, roles) = Roles::of_event(kinds);
    let targets = event.targets.iter().zip(idents).map(|(target, ident)| {
        let (entity, docs) = entities.target(target);
        TargetField {
            ident,
            entity: entity.into(),
            docs,
        }
    });
    let targets = targets.collect();
    let (actor, actor_docs) = match entities.actor(&event.actor) {
        Some((name, docs)) => (Some(name.to_owned()), docs),
        None => (None, event.actor.docs.clone()),
    };
    EventType {
        keys: fields::keys(&event.metadata, roles, choices),
        action: event.action.clone(),
        version: event.version,
        docs: event.docs.clone(),
        actor,
        actor_docs,
        targets,
        name,
    }
}

#[cfg(test)]
mod tests;
