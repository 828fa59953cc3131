//! Lints: a team's rules beyond those of the service. Decides which lints exist, and which events they check.

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
use std::fmt;

use audit_core::schema::record::read::{Event, Field, Source};

use crate::body::Scope;
use crate::catalogue::{Catalogue, Entry};
use crate::diff::origin::objects;
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

/// A lint, as `audit.toml` configures it.
pub struct Lint {
    pub code: Code,
    /// The setting besides the level.
    pub parameter: Option<Parameter>,
    /// The lint without its parameter; `None` where it needs it.
    pub default: Option<fn(&[&Event], &mut Report)>,
}

/// A lint's own setting.
pub struct Parameter {
    pub name: &'static str,
    /// In TOML.
    pub example: &'static str,
    pub read: fn(&Value<'_>) -> Result<Check, Problem>,
}

/// Reports problems of events; each event by itself, also where several share the problem.
pub type Check = Box<dyn Fn(&[&Event], &mut Report) + Send + Sync>;

impl Lint {
    /// A lint without a parameter.
    const fn plain(code: Code, check: fn(&[&Event], &mut Report)) -> Self {
        Self {
            code,
            parameter: None,
            default: Some(check),
        }
    }

    /// A lint that needs its parameter.
    const fn with(
        code: Code,
        name: &'static str,
        example: &'static str,
        read: fn(&Value<'_>) -> Result<Check, Problem>,
    ) -> Self {
        let parameter = Parameter {
            name,
            example,
            read,
        };
        Self {
            code,
            parameter: Some(parameter),
            default: None,
        }
    }

    /// How `audit.toml` may set it, in TOML.
    pub fn example(&self) -> String {
        match &self.parameter {
            None => "\"warn\"".into(),
            Some(Parameter { name, example, .. }) => {
                format!("{{ level = \"warn\", {name} = {example} }}")
            }
        }
    }
}

/// A lint that `audit.toml` enables.
pub struct Active {
    pub code: Code,
    pub level: Level,
    pub check: Check,
}

impl fmt::Debug for Active {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} = {:?}", self.code.name, self.level)
    }
}

/// The findings of the lints, before waivers. [`merged`] reports once what events share.
pub fn run(lints: &[Active], catalogue: &Catalogue) -> Vec<Finding> {
    let events = newest(&catalogue.entries);
    let of_one = |Active { code, level, check }: &Active| {
        let mut report = Report {
            code: *code,
            level: *level,
            findings: Vec::new(),
        };
        check(&events, &mut report);
        report.findings
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

/// A key of an event, where it occurs.
#[derive(Clone, Copy)]
struct Key<'e> {
    event: &'e Event,
    place: Scope<'e>,
    field: &'e Field,
}

/// Every key that the events' authors have named.
fn keys<'e>(events: &'e [&'e Event]) -> impl Iterator<Item = Key<'e>> {
    events.iter().flat_map(|event| {
        let keys = objects(event).into_iter().flat_map(move |object| {
            object.fields.iter().map(move |field| Key {
                event,
                place: object.scope,
                field,
            })
        });
        keys.filter(|key| {
            key.place != Scope::Root || key.event.split.as_ref() != Some(&key.field.key)
        })
    })
}

/// The start of every lint's message.
fn subject(action: &str, version: u32) -> String {
    format!("{action} version {version}")
}

/// The findings of one lint.
pub struct Report {
    code: Code,
    level: Level,
    findings: Vec<Finding>,
}

impl Report {
    /// `user.signed_in version 1: …`
    fn finding(&self, event: &Event, source: &Source, what: &str, help: &str) -> Finding {
        let message = format!("{}: {what}", subject(&event.action, event.version));
        Finding {
            level: self.level,
            package: Some(event.package.clone()),
            ..Finding::new(self.code, message, help)
        }
        .about(&event.action, event.version)
        .at(of_source(source))
    }

    /// ``user.signed_in version 1: the key `name` of the actor …``
    fn finding_of(&self, key: Key<'_>, what: &str, help: &str) -> Finding {
        let Key {
            event,
            place,
            field,
        } = key;
        let what = format!("the key `{}`{} {what}", field.key, place.words());
        Finding {
            key: Some(field.key.clone()),
            ..self.finding(event, &field.source, &what, help)
        }
    }

    fn event(&mut self, event: &Event, source: &Source, what: &str, help: &str) {
        self.findings.push(self.finding(event, source, what, help));
    }

    fn key(&mut self, key: Key<'_>, what: &str, help: &str) {
        self.findings.push(self.finding_of(key, what, help));
    }

    /// Reports what a field lacks, once for all prefixes of its group.
    fn field(&mut self, key: Key<'_>, what: &str, help: &str) {
        let Field {
            key: name, prefix, ..
        } = key.field;
        self.findings.push(Finding {
            declared_key: name.strip_prefix(&**prefix).map(Into::into),
            ..self.finding_of(key, what, help)
        });
    }
}

/// Entities and groups are shared: a problem of one line is reported once, with one of the events and the number of others.
pub fn merged(findings: Vec<Finding>) -> Vec<Finding> {
    let mut kept: Vec<(Finding, BTreeSet<EventName>)> = Vec::new();
    let mut indices = BTreeMap::new();
    for finding in findings {
        let next = kept.len();
        let index = identity(&finding).map_or(next, |it| *indices.entry(it).or_insert(next));
        let event = finding.event();
        if index == next {
            kept.push((finding, BTreeSet::new()));
        }
        kept[index].1.extend(event);
    }
    kept.into_iter()
        .map(|(finding, events)| with_others(finding, events))
        .collect()
}

/// The lint, line and key of a lint's finding; `None` for other findings, and without a line.
fn identity(finding: &Finding) -> Option<(&'static str, String, u32, Option<String>)> {
    let is_lint = ALL.iter().any(|lint| lint.code == finding.code);
    Some((
        is_lint.then_some(finding.code.name)?,
        finding.location.file.clone()?,
        finding.location.line?,
        finding
            .declared_key
            .as_ref()
            .or(finding.key.as_ref())
            .cloned(),
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
