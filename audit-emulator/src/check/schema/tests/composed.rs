//! The JSON Schema of a whole event, made of the registered one: what Ajv is asked with, and our errors name places in.
//!
//! Known from the service's errors is the place of `contains` (`#/properties/targets/allOf/0/contains/properties/type/const`);
//! the other places are ours.

use audit_core::limits::{KEY_CHARS, MAX_TARGETS, METADATA_KEYS, MIN_TARGETS, VALUE_CHARS};
use serde_json::{Map, Value, json};

use crate::check::event_schema::is_mangled;

/// The schema that an event of this action and version has to obey.
pub fn compose(body: &Value) -> Value {
    let types = by_type(body);
    let properties = json!({
        "action": {"type": "string"},
        "occurred_at": {"type": "string"},
        "version": {"type": "integer"},
        "actor": entity(&body["actor"]["metadata"]),
        "targets": targets(&types),
        "context": {"type": "object", "properties": {"location": {"type": "string"}, "user_agent": {"type": "string"}}},
        "metadata": metadata(&body["metadata"]),
    });
    let mut required = vec!["action", "occurred_at", "actor", "targets", "context"];
    if is_declared(&body["metadata"]) {
        required.push("metadata");
    }
    json!({"type": "object", "properties": properties, "required": required, "allOf": [limits()]})
}

/// What holds for every metadata object, whatever was registered: the API document's own schema, at the three places.
fn limits() -> Value {
    let mut keys = Map::new();
    keys.insert(
        format!("^[a-zA-Z0-9_-]{{0,{KEY_CHARS}}}$"),
        json!({"anyOf": [{"type": "string", "maxLength": VALUE_CHARS}, {"type": "number"}, {"type": "boolean"}]}),
    );
    let metadata = json!({"type": "object", "maxProperties": METADATA_KEYS, "additionalProperties": false, "patternProperties": keys});
    json!({"properties": {
        "actor": {"properties": {"metadata": metadata}},
        "targets": {"items": {"properties": {"metadata": metadata}}},
        "metadata": metadata,
    }})
}

/// An actor: its fields, and its metadata's schema.
fn entity(schema: &Value) -> Value {
    let mut required = vec!["id", "type"];
    if is_declared(schema) {
        required.push("metadata");
    }
    let text = json!({"type": "string"});
    let properties = json!({"id": text, "type": text, "name": text, "metadata": metadata(schema)});
    json!({"type": "object", "properties": properties, "required": required})
}

/// Every target is of a declared type, and every declared type is there.
fn targets(types: &[(&str, Vec<&Value>)]) -> Value {
    let names: Vec<&str> = types.iter().map(|(name, _)| *name).collect();
    let of_type =
        |name: &str| json!({"properties": {"type": {"const": name}}, "required": ["type"]});
    let contained: Vec<Value> = names
        .iter()
        .map(|name| json!({"contains": of_type(name)}))
        .collect();
    let ruled: Vec<Value> = types
        .iter()
        .filter_map(|(name, schemas)| {
            Some(json!({"if": of_type(name), "then": target_metadata(schemas)?}))
        })
        .collect();
    let text = json!({"type": "string"});
    let mut item = json!({
        "type": "object",
        "properties": {"id": text, "type": {"type": "string", "enum": names}, "name": text},
        "required": ["id", "type"],
    });
    if !ruled.is_empty() {
        item["allOf"] = ruled.into();
    }
    json!({"type": "array", "minItems": MIN_TARGETS, "maxItems": MAX_TARGETS, "items": item, "allOf": contained})
}

/// The declared types in order, each once; a type that is declared twice may be either.
fn by_type(body: &Value) -> Vec<(&str, Vec<&Value>)> {
    let mut types: Vec<(&str, Vec<&Value>)> = Vec::new();
    for target in body["targets"].as_array().into_iter().flatten() {
        let name = target["type"].as_str().unwrap_or_default();
        let schema = &target["metadata"];
        match types.iter_mut().find(|(known, _)| *known == name) {
            Some((_, schemas)) => schemas.push(schema),
            None => types.push((name, vec![schema])),
        }
    }
    types
}

/// What holds for the metadata of one type: a type that is declared once without metadata may leave it out.
fn target_metadata(schemas: &[&Value]) -> Option<Value> {
    if schemas.is_empty() || !schemas.iter().all(|schema| is_declared(schema)) {
        return None;
    }
    let obeys = |schema: &Value| json!({"properties": {"metadata": metadata(schema)}});
    let mut rule = match schemas {
        [only] => obeys(only),
        several => json!({"anyOf": several.iter().map(|schema| obeys(schema)).collect::<Vec<_>>()}),
    };
    rule["required"] = json!(["metadata"]);
    Some(rule)
}

/// The registered schema; what the vendor's SDK has mangled says nothing about an event.
fn metadata(schema: &Value) -> Value {
    if schema.is_object() && !is_mangled(schema) {
        schema.clone()
    } else {
        json!({"type": "object"})
    }
}

/// Whether the body declares metadata at this place. Then every event has to have the object there, if only an empty one: the service asks for it
/// whatever the schema says of its keys.
fn is_declared(schema: &Value) -> bool {
    schema.is_object()
}
