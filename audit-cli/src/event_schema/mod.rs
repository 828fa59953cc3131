//! `v<N>.event.json`: a JSON Schema 2020-12 of the whole event, closed at every level. Renders its root.

mod entity;
mod value;

use std::collections::BTreeMap;

use audit_core::limits::{MAX_TARGETS, MIN_TARGETS};
use audit_core::schema::record::read::{Event, Target};
use serde_json::{Map, Value, json};

/// `YYYY-MM-DDTHH:MM:SS.mmmZ`: UTC to the millisecond, as events are written. Many validators don't check `format`.
const OCCURRED_AT: &str = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{3}Z$";

/// The file's text.
pub fn render(event: &Event) -> String {
    let mut schema = schema(event);
    // Sorted, also where some crate in the build makes `serde_json` keep the order of insertion.
    schema.sort_all_objects();
    format!("{schema:#}\n")
}

fn schema(event: &Event) -> Value {
    described(
        json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": format!("{} version {}", event.action, event.version),
            "type": "object",
            "additionalProperties": false,
            "properties": {
                "action": {"const": event.action},
                "version": {
                    "type": "integer",
                    "minimum": 1,
                    "description": "The version that the service gave to this schema; which one it is differs between environments."
                },
                "occurred_at": {"type": "string", "format": "date-time", "pattern": OCCURRED_AT},
                "actor": entity::actor(&event.actor),
                "targets": targets(&event.targets),
                "context": context(),
                "metadata": value::metadata(&event.metadata),
            },
            "required": ["action", "actor", "context", "metadata", "occurred_at", "targets", "version"],
        }),
        &event.docs,
    )
}

fn context() -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {"location": {"type": "string"}, "user_agent": {"type": "string"}},
    })
}

/// Every target has a declared type, and every declared type is present.
fn targets(fields: &[Target]) -> Value {
    let mut declared: BTreeMap<&str, Value> = BTreeMap::new();
    for field in fields {
        let schema = declared.entry(&field.type_name);
        schema.or_insert_with(|| entity::target(field));
    }
    let kinds: Vec<_> = declared.keys().copied().collect();
    let present = |kind: &&str| json!({"contains": having("type", &json!({"const": kind}))});
    let present: Vec<_> = kinds.iter().map(present).collect();
    json!({
        "type": "array",
        "minItems": MIN_TARGETS,
        "maxItems": MAX_TARGETS,
        "items": one_by("type", declared),
        // A type that is misspelled isn't also reported as missing.
        "if": {"items": having("type", &json!({"enum": kinds})), "minItems": MIN_TARGETS},
        "then": {"allOf": present},
    })
}

/// One of several objects, distinguished by the text under `key`. Each applies only to its own text (`if`/`then`), so that an error in
/// one isn't reported as the mismatch of all.
fn one_by(key: &str, mut alternatives: BTreeMap<&str, Value>) -> Value {
    let names: Vec<_> = alternatives.keys().map(|name| json!(name)).collect();
    match alternatives.pop_first() {
        Some((_, only)) if alternatives.is_empty() => only,
        first => {
            let all = first.into_iter().chain(alternatives);
            let conditional = |(name, schema): (&str, Value)| json!({"if": having(key, &json!({"const": name})), "then": schema});
            json!({
                "type": "object",
                "properties": {key: {"enum": names}},
                "required": [key],
                "allOf": all.map(conditional).collect::<Vec<_>>(),
            })
        }
    }
}

/// An object whose `key` fulfils a schema.
fn having(key: &str, schema: &Value) -> Value {
    json!({"type": "object", "properties": {key: schema}, "required": [key]})
}

/// Adds a doc comment, if not empty.
fn described(schema: Value, docs: &str) -> Value {
    with(schema, "description", docs)
}

/// Adds a text, if not empty.
fn with(mut schema: Value, key: &str, text: &str) -> Value {
    if let (Some(object), false) = (schema.as_object_mut(), text.is_empty()) {
        object.insert(key.into(), text.into());
    }
    schema
}

/// A closed object.
fn object(properties: Map<String, Value>, required: &[&str]) -> Value {
    let mut schema = Map::from_iter([
        ("type".into(), "object".into()),
        ("additionalProperties".into(), false.into()),
        ("properties".into(), properties.into()),
    ]);
    if !required.is_empty() {
        schema.insert("required".into(), required.into());
    }
    schema.into()
}

#[cfg(test)]
mod tests;
