//! Whether a registration body is one.

use serde_json::{Map, Value};

use super::event_schema::{EventSchema, is_mangled};
use super::schema::{Rejected, Schema};
use crate::number::{MAX_DEPTH, is_too_deep};
use crate::refusal::Wrong;

/// The longest name of an action; the service documents none.
const MAX_ACTION_CHARS: usize = 255;

/// All that is wrong with a body, or nothing.
pub fn check(action: &str, body: &Value) -> Result<(), Vec<Wrong>> {
    let mut wrong = Vec::new();
    if action.is_empty()
        || action.chars().count() > MAX_ACTION_CHARS
        || action.chars().any(char::is_control)
    {
        wrong.push(Wrong::value(
            "action",
            format!("the action's name must have 1 to {MAX_ACTION_CHARS} printable characters"),
        ));
    }
    match body.as_object() {
        Some(_) if is_too_deep(body) => {
            wrong.push(Wrong::value(
                "body",
                format!("the body is nested more than {MAX_DEPTH} levels deep"),
            ));
        }
        Some(members) => {
            parts(members, &mut wrong);
            if wrong.is_empty() {
                whole(body, &mut wrong);
            }
        }
        None => wrong.push(Wrong::type_of("body", "an object")),
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

fn parts(body: &Map<String, Value>, wrong: &mut Vec<Wrong>) {
    match body.get("actor") {
        None => {}
        Some(Value::Object(actor)) => match actor.get("metadata") {
            None => wrong.push(Wrong::required("actor.metadata")),
            Some(schema) => metadata("actor.metadata", schema, wrong),
        },
        Some(_) => wrong.push(Wrong::type_of("actor", "an object")),
    }
    match body.get("targets") {
        None => wrong.push(Wrong::required("targets")),
        Some(Value::Array(items)) if items.is_empty() => wrong.push(Wrong::value(
            "targets",
            "targets must have at least one item",
        )),
        Some(Value::Array(items)) => items
            .iter()
            .enumerate()
            .for_each(|(index, item)| target(index, item, wrong)),
        Some(_) => wrong.push(Wrong::type_of("targets", "an array")),
    }
    if let Some(schema) = body.get("metadata") {
        metadata("metadata", schema, wrong);
    }
}

fn target(index: usize, item: &Value, wrong: &mut Vec<Wrong>) {
    let field = format!("targets.{index}");
    let Some(target) = item.as_object() else {
        wrong.push(Wrong::type_of(field, "an object"));
        return;
    };
    match target.get("type") {
        None => wrong.push(Wrong::required(format!("{field}.type"))),
        Some(Value::String(name)) if !name.is_empty() => {}
        Some(_) => wrong.push(Wrong::type_of(
            format!("{field}.type"),
            "a string with at least one character",
        )),
    }
    if let Some(schema) = target.get("metadata") {
        metadata(&format!("{field}.metadata"), schema, wrong);
    }
}

/// What is made of it can be too large, though no part of it is.
fn whole(body: &Value, wrong: &mut Vec<Wrong>) {
    let rejected = EventSchema::compile(body).err().into_iter().flatten();
    wrong.extend(rejected.map(|Rejected { at: _, message }| Wrong::value("body", message)));
}

/// A JSON Schema that Ajv's strict mode takes, or the vendor's accident.
fn metadata(field: &str, schema: &Value, wrong: &mut Vec<Wrong>) {
    if !schema.is_object() {
        wrong.push(Wrong::type_of(field, "an object: a JSON Schema"));
    } else if !is_mangled(schema)
        && let Err(rejected) = Schema::compile(schema)
    {
        let worded = |Rejected { at, message }| {
            Wrong::value(
                format!("{field}{}", at.replace('/', ".")),
                format!("{field}{at}: {message}"),
            )
        };
        wrong.extend(rejected.into_iter().map(worded));
    }
}
