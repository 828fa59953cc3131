//! What a team agrees on beyond what the service asks for. Decides which lints there are, and on which events they look.

mod action_name;
mod action_pattern;
mod ambiguous_targets;
mod key_case;
mod key_types;
mod max_keys;
mod missing_description;
mod required_targets;
mod unbounded_string;
mod unmarked_pii;
pub mod waiver;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use audit_core::schema::record::read::{Entity, Event, Field, Source};

use crate::body::Place;
use crate::catalogue::{Catalogue, Entry};
use crate::finding::{Code, EventName, Finding, Level};
use crate::location::of_source;
use crate::toml_reader::{Problem, Value};

/// Every lint.
pub const ALL: &[Lint] = &[
    key_case::LINT,
    action_name::LINT,
    action_pattern::LINT,
    required_targets::LINT,
    max_keys::LINT,
    unbounded_string::LINT,
    missing_description::LINT,
    key_types::LINT,
    ambiguous_targets::LINT,
    unmarked_pii::LINT,
];

/// A lint, as `audit.toml` knows it.
pub struct Lint {
    pub code: Code,
    pub form: Form,
}

/// Whether it must be told something.
pub enum Form {
    Plain(fn() -> Box<dyn Check>),
    With(Parameter),
}

/// What it must be told.
pub struct Parameter {
    pub name: &'static str,
    /// In TOML.
    pub example: &'static str,
    /// What it does without.
    pub default: Option<fn() -> Box<dyn Check>>,
    pub read: fn(&Value<'_>) -> Result<Box<dyn Check>, Problem>,
}

impl Lint {
    /// How `audit.toml` may set it, in TOML.
    pub fn example(&self) -> String {
        match &self.form {
            Form::Plain(_) => "\"warn\"".into(),
            Form::With(Parameter { name, example, .. }) => {
                format!("{{ level = \"warn\", {name} = {example} }}")
            }
        }
    }
}

/// A lint that knows what it must.
pub trait Check: Debug + Send + Sync {
    /// What `events` do that they shouldn't; each event by itself, also where several share what is wrong.
    fn findings(&self, events: &[&Event]) -> Vec<Finding>;
}

/// A lint that `audit.toml` asks for.
#[derive(Debug)]
pub struct Active {
    pub level: Level,
    pub check: Box<dyn Check>,
}

/// What the lints have to say, before waivers. [`merged`] says once what events share.
pub fn run(lints: &[Active], catalogue: &Catalogue) -> Vec<Finding> {
    let events = newest(&catalogue.entries);
    let of_one = |lint: &Active| {
        lint.check
            .findings(&events)
            .into_iter()
            .map(|finding| finding.level(lint.level))
            .collect::<Vec<_>>()
    };
    lints.iter().flat_map(of_one).collect()
}

/// The highest version of each action.
fn newest(entries: &[Entry]) -> Vec<&Event> {
    let by_action = entries.chunk_by(|a, b| a.event.action == b.event.action);
    by_action
        .filter_map(|versions| versions.last())
        .map(|entry| &entry.event)
        .collect()
}

/// A metadata object of an event.
struct Object<'e> {
    place: Place<'e>,
    /// What declares it.
    source: &'e Source,
    fields: &'e [Field],
}

/// Every metadata object of an event; of an actor that is one of several entities each of theirs.
fn objects(event: &Event) -> Vec<Object<'_>> {
    let mut objects = vec![Object {
        place: Place::Root,
        source: &event.source,
        fields: &event.metadata,
    }];
    add(&event.actor, Place::Actor, &mut objects);
    for target in &event.targets {
        add(
            &target.entity,
            Place::Target(&target.type_name),
            &mut objects,
        );
    }
    objects
}

fn add<'e>(entity: &'e Entity, place: Place<'e>, to: &mut Vec<Object<'e>>) {
    to.push(Object {
        place,
        source: &entity.source,
        fields: &entity.metadata,
    });
    for variant in &entity.variants {
        add(variant, place, to);
    }
}

/// Every key of an event that its author has named, and where it stands.
fn keys(event: &Event) -> impl Iterator<Item = (Place<'_>, &Field)> {
    let objects = objects(event).into_iter();
    let keys =
        objects.flat_map(|object| object.fields.iter().map(move |field| (object.place, field)));
    keys.filter(|(place, field)| *place != Place::Root || event.split.as_ref() != Some(&field.key))
}

/// The words that every lint's sentence begins with.
fn subject(action: &str, version: u32) -> String {
    format!("{action} version {version}")
}

/// `user.signed_in version 1: …`
fn finding(code: Code, event: &Event, source: &Source, what: &str, help: &str) -> Finding {
    Finding {
        package: Some(event.package.clone()),
        ..Finding::new(
            code,
            format!("{}: {what}", subject(&event.action, event.version)),
            help,
        )
        .about(&event.action, event.version)
        .at(of_source(source))
    }
}

/// The same about a key.
fn finding_of(code: Code, event: &Event, field: &Field, what: &str, help: &str) -> Finding {
    Finding {
        key: Some(field.key.clone()),
        ..finding(code, event, &field.source, what, help)
    }
}

/// The same about what the field itself lacks, whichever prefixes its group has.
fn finding_of_field(code: Code, event: &Event, field: &Field, what: &str, help: &str) -> Finding {
    let declared_key = field.key.strip_prefix(&*field.prefix).map(Into::into);
    Finding {
        declared_key,
        ..finding_of(code, event, field, what, help)
    }
}

/// Entities and groups are shared: what stands at one place is reported once, with one of the events and how many more there are.
pub fn merged(findings: Vec<Finding>) -> Vec<Finding> {
    let mut kept: Vec<(Finding, BTreeSet<EventName>)> = Vec::new();
    let mut places = BTreeMap::new();
    for finding in findings {
        let place = place_of(&finding);
        if let Some(index) = place.as_ref().and_then(|place| places.get(place)).copied() {
            let (_, events): &mut (Finding, BTreeSet<EventName>) = &mut kept[index];
            events.extend(finding.event());
            continue;
        }
        if let Some(place) = place {
            places.insert(place, kept.len());
        }
        let events = finding.event().into_iter().collect();
        kept.push((finding, events));
    }
    kept.into_iter()
        .map(|(finding, events)| with_others(finding, events))
        .collect()
}

/// What a lint has found where; nothing for what isn't a lint's, and where no line is known.
fn place_of(finding: &Finding) -> Option<(&'static str, String, u32, Option<String>)> {
    let Finding {
        code,
        key,
        declared_key,
        location,
        ..
    } = finding;
    let code = ALL.iter().find(|lint| lint.code == *code)?.code;
    Some((
        code.name,
        location.file.clone()?,
        location.line?,
        declared_key.as_ref().or(key.as_ref()).cloned(),
    ))
}

/// `user.signed_in version 1 and 12 more events: …`
fn with_others(finding: Finding, events: BTreeSet<EventName>) -> Finding {
    let others = events.len().saturating_sub(1);
    let (Some(action), Some(version), 1..) = (&finding.action, finding.version, others) else {
        return finding;
    };
    let subject = subject(action, version);
    let Some(rest) = finding.message.strip_prefix(&subject) else {
        return finding;
    };
    let message = format!(
        "{subject} and {others} more event{}{rest}",
        if others == 1 { "" } else { "s" }
    );
    Finding {
        message,
        events: events.into_iter().collect(),
        ..finding
    }
}

#[cfg(test)]
mod tests;
