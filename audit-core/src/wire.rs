//! Puts an environment's version in place of the declared one, in an event's bytes.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

use crate::json::Json;
use crate::registrations::{NotRegistered, Registrations};

/// What every event has at its root.
const MEMBERS: [&str; 7] = [
    "action",
    "version",
    "occurred_at",
    "actor",
    "targets",
    "context",
    "metadata",
];

/// `json` with `server` in place of `version`, which is a part of it.
pub(crate) fn with_version(json: &str, version: Json<'_>, server: u32) -> String {
    let at = version.0.as_ptr() as usize - json.as_ptr() as usize;
    let (before, after) = (&json[..at], &json[at + version.0.len()..]);
    let mut number = itoa::Buffer::new();
    [before, number.format(server), after].concat()
}

impl Registrations {
    /// A stored event as the environment takes it: the same text, with its version in place of the declared one. For what keeps events
    /// as text, such as an outbox; an [`Event`](crate::Event) has [`to_wire`](crate::Event::to_wire) itself.
    ///
    /// ```
    /// use audit_core::Registrations;
    ///
    /// # let registrations = Registrations::from_json(r#"{"team.renamed": {"1": {"server": 3, "sha256": ""}}}"#)?;
    /// let stored = r#"{"action":"team.renamed","version":1,"occurred_at":"2026-11-20T21:17:40.473Z","actor":{"type":"user","id":"7","metadata":{}},"targets":[{"type":"team","id":"4711","metadata":{}}],"context":{},"metadata":{}}"#;
    /// assert!(registrations.to_wire(stored)?.starts_with(r#"{"action":"team.renamed","version":3,"#));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// The text may have been written anew since: members in another order, and white space, are kept as they are. It must have its
    /// `metadata`, empty or not, at the root, in the actor and in every target: the service rejects an event without.
    ///
    /// # Errors
    /// [`WireError`] where the text isn't an event, or the environment doesn't know its declared version.
    pub fn to_wire(&self, event: &str) -> Result<String, WireError> {
        let (action, json) = declared(event).map_err(WireError::NotAnEvent)?;
        let version = json.0.parse().ok().filter(|version| *version > 0);
        let version = version.ok_or_else(|| {
            let reason = format!("`version` must be a positive integer, and is {}", json.0);
            WireError::NotAnEvent(reason)
        })?;
        match self.server_version(&action, version) {
            Some(server) => Ok(with_version(event, json, server)),
            None => Err(WireError::NotRegistered(NotRegistered {
                action: Cow::Owned(action.into_owned()),
                version,
            })),
        }
    }
}

/// The action and the declared version of an event; the problem where the text isn't one.
fn declared(text: &str) -> Result<(Cow<'_, str>, Json<'_>), String> {
    serde_json::from_str::<serde::de::IgnoredAny>(text)
        .map_err(|error| format!("it isn't JSON: {error}"))?;
    let json = text.trim_matches([' ', '\t', '\n', '\r']);
    if !json.starts_with('{') {
        return Err("it isn't an object".into());
    }
    let mut found = [None; MEMBERS.len()];
    for (key, value) in Json(json).members() {
        let key = key.text().unwrap_or_default();
        let Some(index) = MEMBERS.iter().position(|member| *member == key) else {
            continue;
        };
        if found[index].replace(value).is_some() {
            return Err(format!("it has two members `{key}`"));
        }
    }
    if let Some(missing) = found.iter().position(Option::is_none) {
        return Err(format!("it has no `{}`", MEMBERS[missing]));
    }
    let [action, version, _, actor, targets, _, metadata] = found.map(Option::unwrap_or_default);
    if !is_object(metadata) {
        return Err(format!(
            "`metadata` must be an object, and is {}",
            metadata.0
        ));
    }
    entity(actor, "/actor")?;
    if !targets.0.starts_with('[') {
        return Err("`targets` must be a list".into());
    }
    targets
        .parts()
        .enumerate()
        .try_for_each(|(index, target)| entity(target, &format!("/targets/{index}")))?;
    let action = action.text().ok_or("`action` must be a string")?;
    Ok((action, version))
}

/// What is wrong with an actor or a target.
fn entity(entity: Json<'_>, path: &str) -> Result<(), String> {
    if !is_object(entity) {
        return Err(format!("{path} must be an object"));
    }
    let metadata = entity
        .members()
        .find(|(key, _)| key.text().is_some_and(|key| key == "metadata"));
    if !metadata.is_some_and(|(_, value)| is_object(value)) {
        return Err(format!("{path} has no `metadata`"));
    }
    Ok(())
}

fn is_object(value: Json<'_>) -> bool {
    value.0.starts_with('{')
}

/// The error of a stored text that can't be sent to an environment.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WireError {
    /// The text isn't an event; the reason why.
    NotAnEvent(String),
    /// The environment doesn't know the event's declared version.
    NotRegistered(NotRegistered),
}

impl fmt::Display for WireError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAnEvent(reason) => write!(f, "the text isn't an audit event: {reason}"),
            Self::NotRegistered(error) => error.fmt(f),
        }
    }
}

impl Error for WireError {}
