//! An event as it arrived: what the library, the page and the stream of the page show.

use serde::Serialize;
use serde_json::{Value, json};

/// An event that was accepted or rejected.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReceivedEvent {
    /// Its place in the order of arrival, counted from 1.
    pub sequence: i64,
    /// `audit_event_…`, of an accepted one.
    pub id: Option<String>,
    /// When it came, by the emulator's clock.
    pub received_at: String,
    /// Whether it was accepted.
    pub accepted: bool,
    /// The response's status.
    pub status: u16,
    /// Whose it is; a rejected one may not say.
    pub organization_id: Option<String>,
    /// The event as the service keeps it: numbers are doubles.
    pub event: Value,
    /// Why it was rejected: `code`, `message`, `errors`.
    pub refusal: Option<Value>,
}

impl ReceivedEvent {
    /// As the control endpoints show it; a refusal always has the same three members.
    pub(crate) fn to_json(&self) -> Value {
        let mut shown = json!(self);
        if let Some(refusal) = &self.refusal {
            let errors = refusal.get("errors").cloned().unwrap_or_else(|| json!([]));
            shown["refusal"] = json!({"code": refusal.get("code"), "message": refusal["message"], "errors": errors});
        }
        shown
    }
}
