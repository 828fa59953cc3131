//! The types to write: their names, the types they share, the names of their fields. Decides; writes nothing.

mod entities;
mod enums;
mod fields;

use super::Warning;
use super::express::{Event, Field};
use crate::import::names::{self, Names};
use audit_rules::case::Case;
use entities::Entities;
use enums::Enums;

/// Everything that the source declares, and warnings of the rest.
#[derive(Debug, Default)]
pub struct Plan {
    pub entities: Vec<Entity>,
    pub choices: Vec<Choice>,
    pub events: Vec<EventType>,
    pub warnings: Vec<Warning>,
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
    pub event: Event,
    pub actor: RoleField,
    pub targets: Vec<RoleField>,
    pub keys: Keys,
}

/// The actor or a target.
#[derive(Debug)]
pub struct RoleField {
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
    /// The name of the enum, if the value has one.
    pub choice: Option<String>,
}

/// A field or variant, and its name in events where the container's case doesn't give it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub ident: String,
    pub rename: Option<String>,
}

/// Names events first, then entities, then enums.
pub fn plan(events: Vec<Event>, mut warnings: Vec<Warning>) -> Plan {
    let mut names = Names::reserving(&names::TAKEN);
    let event_names = names_of(&events, &mut names);
    let types = || events.iter().zip(&event_names);
    let mut entities = Entities::new(&mut names, &mut warnings);
    let targets: Vec<_> = types()
        .map(|(event, name)| entities.targets(event, name))
        .collect();
    let actors: Vec<_> = types()
        .map(|(event, name)| entities.actor(event, name))
        .collect();
    let shapes = entities.shapes;
    let mut enums = Enums::new(&mut names);
    let entities = shapes.into_iter().map(|shape| shape.into_type(&mut enums));
    let mut entities: Vec<_> = entities.collect();
    entities.sort_by(|a, b| a.name.cmp(&b.name));
    let roles = actors.into_iter().zip(targets);
    let events = events.into_iter().zip(event_names).zip(roles);
    let events = events.map(|((event, name), (actor, targets))| {
        event_type(event, name, actor, targets, &mut enums)
    });
    Plan {
        entities,
        events: events.collect(),
        choices: enums.into_types(),
        warnings,
    }
}

/// Names the events, which are sorted. The highest version of an action has the plain name.
fn names_of(events: &[Event], names: &mut Names) -> Vec<String> {
    let mut claimed = Vec::new();
    let mut newer = None;
    for Event { origin, .. } in events.iter().rev() {
        let plain = names::type_name(&origin.action, "Event");
        let name = if newer == Some(&origin.action) {
            format!("{plain}V{}", origin.version)
        } else {
            plain
        };
        newer = Some(&origin.action);
        claimed.push(names.claim(&[name]));
    }
    claimed.reverse();
    // The derive makes a type of this name.
    for name in &claimed {
        names.reserve(format!("{name}Builder"));
    }
    claimed
}

fn event_type(
    event: Event,
    name: String,
    actor: RoleField,
    mut targets: Vec<RoleField>,
    enums: &mut Enums<'_>,
) -> EventType {
    let mut names = Names::reserving(&fields::METHODS);
    for target in &mut targets {
        target.ident = names.claim_field(&target.ident, "target");
    }
    EventType {
        keys: fields::keys(&event.metadata, names, &name, enums),
        name,
        event,
        actor,
        targets,
    }
}

#[cfg(test)]
mod tests;
