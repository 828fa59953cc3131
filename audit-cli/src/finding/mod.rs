//! Findings, which the commands report: each has a code, a level, a message, a help and a location.

pub mod code;
pub mod shared;

use std::fmt;

use audit_core::schema::record::read::Event;
use serde::Serialize;

use crate::diff::Change;
use crate::location::{Location, of_source};
pub use code::Code;

/// The severity of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Makes the command end with status 1.
    Error,
    /// Only reported.
    Warning,
}

impl Level {
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A reported problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub code: Code,
    pub level: Level,
    pub action: Option<String>,
    pub version: Option<u32>,
    /// The metadata key, where it is about one.
    pub key: Option<String>,
    /// The key as its field declares it, where the same is wrong behind every prefix of the field's group.
    #[serde(skip)]
    pub declared_key: Option<String>,
    /// One sentence.
    pub message: String,
    /// What to do.
    pub help: String,
    pub package: Option<String>,
    #[serde(flatten)]
    pub location: Location,
    /// What changed, where a schema did.
    pub changes: Vec<Change>,
    /// Every event that it is about, where there are several.
    pub events: Vec<EventName>,
    /// What would be said of several events: `aren't what the folder holds`; `None` where it is never said of several.
    #[serde(skip)]
    pub of_several: Option<String>,
}

/// An action and its declared version.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct EventName {
    pub action: String,
    pub version: u32,
}

impl Finding {
    pub fn new(code: Code, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            code,
            level: Level::Error,
            action: None,
            version: None,
            key: None,
            declared_key: None,
            message: message.into(),
            help: help.into(),
            package: None,
            location: Location::default(),
            changes: Vec::new(),
            events: Vec::new(),
            of_several: None,
        }
    }

    #[must_use]
    pub fn about(self, action: &str, version: u32) -> Self {
        Self {
            action: Some(action.into()),
            version: Some(version),
            ..self
        }
    }

    /// About an event type, at its declaration.
    #[must_use]
    pub fn of_type(self, event: &Event) -> Self {
        let package = Some(event.package.clone());
        Self { package, ..self }
            .about(&event.action, event.version)
            .at(of_source(&event.source))
    }

    /// The event that it is about.
    pub fn event(&self) -> Option<EventName> {
        Some(EventName {
            action: self.action.clone()?,
            version: self.version?,
        })
    }

    #[must_use]
    pub fn at(self, location: Location) -> Self {
        Self { location, ..self }
    }

    #[must_use]
    pub fn level(self, level: Level) -> Self {
        Self { level, ..self }
    }
}

impl fmt::Display for EventName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.action, self.version)
    }
}

/// Sorts findings by event and location.
pub fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| key(a).cmp(&key(b)));
}

type Key<'f> = (
    &'f Option<String>,
    Option<u32>,
    &'f Option<String>,
    Option<u32>,
    &'static str,
    &'f str,
);

fn key(finding: &Finding) -> Key<'_> {
    let Finding {
        action,
        version,
        location,
        code,
        message,
        ..
    } = finding;
    (
        action,
        *version,
        &location.file,
        location.line,
        code.name,
        message,
    )
}

/// The number of errors.
pub fn errors(findings: &[Finding]) -> usize {
    findings
        .iter()
        .filter(|finding| finding.level == Level::Error)
        .count()
}
