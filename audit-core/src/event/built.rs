//! A built event: the bytes that are sent, made once.

use serde::ser::{Serialize, Serializer};

use crate::encode::Head;
use crate::registrations::{NotRegistered, Registrations};

/// An event, checked and encoded: exactly the service's `event` object.
///
/// Its bytes are made once, when it is built; [`as_json`](Self::as_json) and [`into_json`](Self::into_json) cost nothing.
#[derive(Clone, Debug)]
pub struct Event {
    action: &'static str,
    version: u32,
    json: String,
    truncated: Vec<String>,
}

/// What stands around the action at the beginning of every event. A client replaces the version's digits there and nowhere else.
const BEFORE_ACTION: &str = "{\"action\":\"";
const BEFORE_VERSION: &str = "\",\"version\":";

impl Event {
    pub(crate) fn new(head: &Head, json: String, truncated: Vec<String>) -> Self {
        Self { action: head.action, version: head.version, json, truncated }
    }

    /// What happened: `user.signed_in`.
    pub fn action(&self) -> &'static str {
        self.action
    }

    /// The version that the code declares, which stands in [`as_json`](Self::as_json).
    pub fn version(&self) -> u32 {
        self.version
    }

    /// The event as JSON, with the declared version.
    pub fn as_json(&self) -> &str {
        &self.json
    }

    /// The event as JSON, without copying it.
    pub fn into_json(self) -> String {
        self.json
    }

    /// A copy of the event as JSON.
    pub fn to_json(&self) -> String {
        self.json.clone()
    }

    /// The event as a JSON value.
    pub fn to_value(&self) -> serde_json::Value {
        // The encoder writes nothing else than JSON; were that ever wrong, `Null` is what no service takes for an event.
        serde_json::from_str(&self.json).unwrap_or_default()
    }

    /// The event as the environment takes it: the same bytes, with its version in place of the declared one.
    ///
    /// # Errors
    /// [`NotRegistered`] where the environment doesn't know this declared version.
    pub fn to_wire(&self, registrations: &Registrations) -> Result<String, NotRegistered> {
        let server = registrations
            .server_version(self.action, self.version)
            .ok_or(NotRegistered { action: self.action, version: self.version })?;
        // A quote is the only character of an action that JSON escapes.
        let action = self.action.len() + self.action.matches('"').count();
        let digits = BEFORE_ACTION.len() + action + BEFORE_VERSION.len();
        let (before, after) = self.json.split_at(digits);
        let after = after.trim_start_matches(|digit: char| digit.is_ascii_digit());
        let mut number = itoa::Buffer::new();
        Ok([before, number.format(server), after].concat())
    }

    /// The metadata that was cut to fit, as JSON pointers: `/metadata/user_agent`.
    pub fn truncated(&self) -> &[String] {
        &self.truncated
    }
}

/// The event itself, as the service takes it; floats keep their exact value.
impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde_transcode::transcode(&mut serde_json::Deserializer::from_str(&self.json), serializer)
    }
}
