//! A built event: the bytes that are sent, made once.

use serde::ser::{Serialize, Serializer};

use crate::encode::Head;
use crate::json::Json;
use crate::registrations::{NotRegistered, Registrations};
use crate::wire;

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

impl Event {
    pub(crate) fn new(head: &Head, json: String, truncated: Vec<String>) -> Self {
        Self {
            action: head.action,
            version: head.version,
            json,
            truncated,
        }
    }

    /// What happened: `user.signed_in`.
    pub fn action(&self) -> &'static str {
        self.action
    }

    /// The version that the code declares, which stands in [`as_json`](Self::as_json).
    pub fn version(&self) -> u32 {
        self.version
    }

    /// The event as JSON, with the version that the code declares. What the service takes is [`to_wire`](Self::to_wire), with the number
    /// that it gave to this version in an environment.
    pub fn as_json(&self) -> &str {
        &self.json
    }

    /// [`as_json`](Self::as_json), without copying it.
    pub fn into_json(self) -> String {
        self.json
    }

    /// A copy of [`as_json`](Self::as_json).
    pub fn to_json(&self) -> String {
        self.json.clone()
    }

    /// The event as a JSON value.
    pub fn to_value(&self) -> serde_json::Value {
        // The encoder writes nothing else than JSON; were that ever wrong, `Null` is what no service takes for an event.
        serde_json::to_value(self).unwrap_or_default()
    }

    /// The event as the environment takes it, and as it is to be sent: the same bytes, with the version that the service gave to the schema
    /// there in place of the declared one. [`Registrations::to_wire`] does the same for stored text.
    ///
    /// # Errors
    /// [`NotRegistered`] where the environment doesn't know this declared version.
    pub fn to_wire(&self, registrations: &Registrations) -> Result<String, NotRegistered> {
        let server = registrations
            .server_version(self.action, self.version)
            .ok_or(NotRegistered {
                action: self.action.into(),
                version: self.version,
            })?;
        // An event begins `{"action":…,"version":N,`, so that this is the version; were it ever not, nothing is replaced.
        let version = Json(&self.json)
            .parts()
            .nth(3)
            .unwrap_or(Json(&self.json[..0]));
        Ok(wire::with_version(&self.json, version, server))
    }

    /// The metadata that was cut to fit, as JSON pointers: `/metadata/user_agent`.
    pub fn truncated(&self) -> &[String] {
        &self.truncated
    }
}

/// The event as [`as_json`](Event::as_json) has it, with the declared version, whatever the format; floats keep their exact value.
impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Json(&self.json).serialize(serializer)
    }
}
