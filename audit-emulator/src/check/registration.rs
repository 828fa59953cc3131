//! The form of a registration body.

use serde_json::{Map, Value};

use super::event_schema::{EventSchema, is_mangled};
use super::schema::{Rejected, Schema};
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
        // The parts may be too large together.
        if problems.0.is_empty()
            && let Err(rejected) = EventSchema::compile(body)
        {
            for Rejected { at: _, message } in rejected {
                problems.value("body", message);
            }
        }
    }
    problems.check()
}

fn check_parts(body: &Map<String, Value>, problems: &mut Problems) {
    if let Some(actor) = body.get("actor")
        && let Some(actor) = problems.object(Some(actor), "actor")
    {
        match actor.get("metadata") {
            None => problems.required("actor.metadata"),
            Some(schema) => check_metadata("actor.metadata", schema, problems),
        }
    }
    if let Some(targets) = problems.array(body.get("targets"), "targets") {
        if targets.is_empty() {
            problems.value("targets", "targets must have at least one item");
        }
        for (index, target) in targets.iter().enumerate() {
            check_target(&format!("targets.{index}"), target, problems);
        }
    }
    if let Some(schema) = body.get("metadata") {
        check_metadata("metadata", schema, problems);
    }
}

fn check_target(field: &str, target: &Value, problems: &mut Problems) {
    let Some(target) = problems.object(Some(target), field) else {
        return;
    };
    let name = |value: &Value| value.as_str().filter(|name| !name.is_empty()).map(drop);
    let expected = "a string with at least one character";
    problems.member(target.get("type"), &format!("{field}.type"), name, expected);
    if let Some(schema) = target.get("metadata") {
        check_metadata(&format!("{field}.metadata"), schema, problems);
    }
}

/// Checks a JSON Schema as Ajv's strict mode does, unless the vendor's SDK has mangled it.
fn check_metadata(field: &str, schema: &Value, problems: &mut Problems) {
    if !schema.is_object() {
        problems.expected(field, "an object: a JSON Schema");
    } else if !is_mangled(schema)
        && let Err(rejected) = Schema::compile(schema)
    {
        for Rejected { at, message } in rejected {
            let within = format!("{field}{}", at.replace('/', "."));
            problems.value(&within, format!("{field}{at}: {message}"));
        }
    }
}
