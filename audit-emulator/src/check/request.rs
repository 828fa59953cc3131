//! The form of the body of `POST /audit_logs/events`: required members and their types.

use serde_json::{Map, Value};

use super::time;
use crate::refusal::Problems;

/// Checks a body and returns all of its problems.
pub fn check(body: &Value) -> Result<(), Problems> {
    let mut problems = Problems::default();
    if let Some(members) = problems.body(body) {
        problems.text(members.get("organization_id"), "organization_id");
        if let Some(event) = problems.object(members.get("event"), "event") {
            check_event(event, &mut problems);
        }
    }
    problems.check()
}

fn check_event(event: &Map<String, Value>, problems: &mut Problems) {
    problems.text(event.get("action"), "event.action");
    let field = "event.occurred_at";
    if let Some(text) = problems.text(event.get("occurred_at"), field)
        && time::parse(text).is_none()
    {
        let message = "must be an ISO 8601 date, such as 2026-02-02T16:35:39.317Z";
        problems.value(field, format!("{field} {message}"));
    }
    if let Some(actor) = problems.object(event.get("actor"), "event.actor") {
        check_entity(actor, "event.actor", problems);
    }
    let targets = problems.array(event.get("targets"), "event.targets");
    for (index, target) in targets.into_iter().flatten().enumerate() {
        let field = format!("event.targets.{index}");
        if let Some(target) = problems.object(Some(target), &field) {
            check_entity(target, &field, problems);
        }
    }
    problems.object(event.get("context"), "event.context");
}

/// Checks that an entity has its members; their types are the schema's.
fn check_entity(members: &Map<String, Value>, field: &str, problems: &mut Problems) {
    for key in ["id", "type"] {
        if !members.contains_key(key) {
            problems.required(&format!("{field}.{key}"));
        }
    }
}
