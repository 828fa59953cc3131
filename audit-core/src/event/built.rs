//! A built event: the bytes that are sent, made once.

use serde::ser::{Serialize, Serializer};

use crate::json::Json;
use crate::registrations::{NotRegistered, Registrations};
use crate::wire;

/// An event, checked and encoded: exactly the service's `event` object.
///
/// The JSON is encoded once, when the event is built; [`as_json`](Self::as_json) and [`into_json`](Self::into_json) cost nothing.
///
/// ```
/// use audit_core::{Actor, AuditEntity, AuditEvent, Context, Event, Registrations};
///
/// #[derive(AuditEntity)]
/// #[audit(type = "team")]
/// struct Team { #[audit(id)] id: &'static str }
///
/// #[derive(AuditEvent)]
/// #[audit(action = "team.renamed", version = 2)]
/// struct TeamRenamed {
///     #[audit(actor)] by: Actor,
///     #[audit(target)] team: Team,
///     #[audit(truncate = 8)] name: String,
/// }
///
/// let event: Event = TeamRenamed::builder()
///     .by(Actor::new("system", "sync"))
///     .team(Team { id: "team_1" })
///     .name("The Blue Team")
///     .context(Context::new("203.0.113.7"))
///     .build();
///
/// // to store
/// assert!(event.as_json().starts_with(r#"{"action":"team.renamed","version":2,"occurred_at":""#));
/// // to look at
/// assert_eq!((event.action(), event.version()), ("team.renamed", 2));
/// assert_eq!(event.to_value()["metadata"]["name"], "The Blu…");
/// assert_eq!(event.truncated(), ["/metadata/name"]);
/// // to send
/// let registrations = Registrations::from_json(r#"{"team.renamed": {"2": {"server": 7, "sha256": ""}}}"#)?;
/// assert!(event.to_wire(&registrations)?.starts_with(r#"{"action":"team.renamed","version":7,"occurred_at":""#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Event {
    pub(crate) action: &'static str,
    pub(crate) version: u32,
    pub(crate) json: String,
    pub(crate) truncated: Vec<String>,
}

impl Event {
    /// The action: `user.signed_in`.
    pub fn action(&self) -> &'static str {
        self.action
    }

    /// The declared version, which is in [`as_json`](Self::as_json).
    pub fn version(&self) -> u32 {
        self.version
    }

    /// The event as JSON, with the declared version. The JSON to send is [`to_wire`](Self::to_wire).
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

    /// The JSON to send to an environment: identical, except that `version` is the number that the service gave to this schema there.
    /// [`Registrations::to_wire`] does the same for stored text.
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

    /// The metadata that was truncated, as JSON pointers: `/metadata/user_agent`.
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
