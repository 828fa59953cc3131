//! The form of a registration body.

use serde_json::{Map, Value};

use super::event_schema::EventSchema;
use crate::refusal::Problems;

/// The longest name of an action; the service documents none.
const MAX_ACTION_CHARS: usize = 255;

/// Checks an action's name and its body, and returns all of their problems.
pub fn check(action: &str, body: &Value) -> Result<(), Problems> {
    let mut problems = Problems::default();
    let has_length = (1..=MAX_ACTION_CHARS).contains(&action.chars().count());
    if !has_length || action.chars().any(char::is_control) {
        let message =
            format!("the action's name must have 1 to {MAX_ACTION_CHARS} printable characters");
        problems.value("action", message);
    }
    if let Some(members) = problems.body(body) {
        check_parts(members, &mut problems);
        if let Err(Problems(of_schemas)) = EventSchema::compile(body) {
            problems.0.extend(of_schemas);
        }
    }
    problems.check()
}

fn check_parts(body: &Map<String, Value>, problems: &mut Problems) {
    if let Some(actor) = body.get("actor")
        && let Some(actor) = problems.object(Some(actor), "actor")
    {
        check_metadata(actor, "actor.", problems);
    }
    if let Some(targets) = problems.array(body.get("targets"), "targets") {
        if targets.is_empty() {
            problems.value("targets", "targets must have at least one item");
        }
        for (index, target) in targets.iter().enumerate() {
            check_target(&format!("targets.{index}"), target, problems);
        }
    }
    if body.contains_key("metadata") {
        check_metadata(body, "", problems);
    }
}

fn check_target(field: &str, target: &Value, problems: &mut Problems) {
    let Some(target) = problems.object(Some(target), field) else {
        return;
    };
    let name = |value: &Value| value.as_str().filter(|name| !name.is_empty()).map(drop);
    let expected = "a string with at least one character";
    problems.member(target.get("type"), &format!("{field}.type"), name, expected);
    if target.contains_key("metadata") {
        check_metadata(target, &format!("{field}."), problems);
    }
}

fn check_metadata(of: &Map<String, Value>, part: &str, problems: &mut Problems) {
    let (schema, field) = (of.get("metadata"), format!("{part}metadata"));
    problems.member(schema, &field, Value::as_object, "an object: a JSON Schema");
}
