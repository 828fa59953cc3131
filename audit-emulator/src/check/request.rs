//! Whether the body of `POST /audit_logs/events` is one: what has to be there, and is of the right type.

use serde_json::{Map, Value};

use super::time;
use crate::number::{MAX_DEPTH, is_too_deep};
use crate::refusal::Wrong;

/// All that is wrong with it, or nothing.
pub fn check(body: &Value) -> Result<(), Vec<Wrong>> {
    let mut wrong = Vec::new();
    match body.as_object() {
        None => wrong.push(Wrong::type_of("body", "an object")),
        Some(_) if is_too_deep(body) => {
            wrong.push(Wrong::value(
                "body",
                format!("the body is nested more than {MAX_DEPTH} levels deep"),
            ));
        }
        Some(members) => {
            text(members, "organization_id", "organization_id", &mut wrong);
            if let Some(event) = object(members, "event", "event", &mut wrong) {
                check_event(event, &mut wrong);
            }
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

fn check_event(event: &Map<String, Value>, wrong: &mut Vec<Wrong>) {
    text(event, "action", "event.action", wrong);
    if let Some(given) = text(event, "occurred_at", "event.occurred_at", wrong)
        && time::parse(given).is_none()
    {
        wrong.push(Wrong::value(
            "event.occurred_at",
            "event.occurred_at must be an ISO 8601 date, such as 2026-02-02T16:35:39.317Z",
        ));
    }
    if let Some(actor) = object(event, "actor", "event.actor", wrong) {
        entity(actor, "event.actor", wrong);
    }
    match event.get("targets") {
        None => wrong.push(Wrong::required("event.targets")),
        Some(Value::Array(targets)) => {
            for (index, target) in targets.iter().enumerate() {
                let field = format!("event.targets.{index}");
                match target.as_object() {
                    Some(target) => entity(target, &field, wrong),
                    None => wrong.push(Wrong::type_of(field, "an object")),
                }
            }
        }
        Some(_) => wrong.push(Wrong::type_of("event.targets", "an array")),
    }
    object(event, "context", "event.context", wrong);
}

/// Their types, and the rest of them, are the schema's business.
fn entity(members: &Map<String, Value>, field: &str, wrong: &mut Vec<Wrong>) {
    for key in ["id", "type"]
        .into_iter()
        .filter(|key| !members.contains_key(*key))
    {
        wrong.push(Wrong::required(format!("{field}.{key}")));
    }
}

fn text<'a>(
    members: &'a Map<String, Value>,
    key: &str,
    field: &str,
    wrong: &mut Vec<Wrong>,
) -> Option<&'a str> {
    match members.get(key) {
        None => wrong.push(Wrong::required(field)),
        Some(Value::String(text)) => return Some(text),
        Some(_) => wrong.push(Wrong::type_of(field, "a string")),
    }
    None
}

fn object<'a>(
    members: &'a Map<String, Value>,
    key: &str,
    field: &str,
    wrong: &mut Vec<Wrong>,
) -> Option<&'a Map<String, Value>> {
    match members.get(key) {
        None => wrong.push(Wrong::required(field)),
        Some(Value::Object(members)) => return Some(members),
        Some(_) => wrong.push(Wrong::type_of(field, "an object")),
    }
    None
}
