//! JSON Schemas to judge events by: the service's own rules, what a registration body says, and the exported files.

use std::fs;
use std::path::PathBuf;

use jsonschema::{Draft, Validator};
use serde_json::{Value, json};

const MAX_SAFE_INTEGER: i64 = 9_007_199_254_740_991;

/// The folder of exported schemas.
pub fn schemas() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../schemas"))
}

/// Asserts formats too.
pub fn validator(schema: &Value) -> Validator {
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .build(schema)
        .unwrap_or_else(|error| panic!("{error} in {schema:#}"))
}

/// The exported schema of a whole event, if it has been exported.
pub fn exported(action: &str, version: u32) -> Option<Value> {
    let text = fs::read_to_string(
        schemas()
            .join(action)
            .join(format!("v{version}.event.json")),
    )
    .ok()?;
    Some(
        serde_json::from_str(&text)
            .unwrap_or_else(|error| panic!("{action} version {version}: {error}")),
    )
}

/// Everything that is wrong with `instance`, one line for each.
pub fn complaints(validator: &Validator, instance: &Value) -> Vec<String> {
    validator
        .iter_errors(instance)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

/// What the service takes from everyone, whatever is registered.
pub fn service() -> Value {
    let metadata = json!({
        "type": "object",
        "maxProperties": 50,
        "additionalProperties": false,
        "patternProperties": {"^[a-zA-Z0-9_-]{1,40}$": {"anyOf": [
            {"type": "string", "maxLength": 500},
            {"type": "number"},
            {"type": "boolean"}
        ]}},
    });
    let entity = json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {"type": {"type": "string"}, "id": {"type": "string"}, "name": {"type": "string"}, "metadata": metadata},
        "required": ["type", "id"],
    });
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "action": {"type": "string", "pattern": r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$"},
            "version": {"type": "integer", "minimum": 1},
            "occurred_at": {"type": "string", "format": "date-time", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"},
            "actor": entity,
            "targets": {"type": "array", "minItems": 1, "maxItems": 20, "items": entity},
            "context": {
                "type": "object",
                "additionalProperties": false,
                "properties": {"location": {"type": "string"}, "user_agent": {"type": "string"}},
            },
            "metadata": metadata,
        },
        "required": ["action", "version", "occurred_at", "actor", "targets", "context"],
    })
}

/// What a registration body says of events, together with the service's rules.
pub fn registered(body: &str) -> Value {
    let body: Value = serde_json::from_str(body).expect("a registration body is JSON");
    let mut event = service();
    // An actor of any type has nothing declared.
    event["properties"]["actor"] = entity(None, body.pointer("/actor/metadata"));
    let targets = body["targets"]
        .as_array()
        .expect("a registration body has targets");
    let one = |target: &Value| entity(target["type"].as_str(), target.get("metadata"));
    event["properties"]["targets"]["items"] =
        json!({"anyOf": targets.iter().map(one).collect::<Vec<_>>()});
    let present =
        |target: &Value| json!({"contains": {"properties": {"type": {"const": target["type"]}}}});
    event["properties"]["targets"]["allOf"] = targets.iter().map(present).collect();
    event["properties"]["metadata"] = metadata(&body["metadata"]);
    if is_required(&body["metadata"]) {
        event["required"]
            .as_array_mut()
            .expect("it is a list")
            .push(json!("metadata"));
    }
    event
}

fn entity(type_name: Option<&str>, declared: Option<&Value>) -> Value {
    let mut required = vec!["type", "id"];
    if declared.is_some_and(is_required) {
        required.push("metadata");
    }
    let kind = type_name.map_or(json!({"type": "string"}), |name| json!({"const": name}));
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {"type": kind, "id": {"type": "string"}, "name": {"type": "string"}, "metadata": declared.map_or(json!(false), metadata)},
        "required": required,
    })
}

fn is_required(metadata: &Value) -> bool {
    metadata["required"]
        .as_array()
        .is_some_and(|keys| !keys.is_empty())
}

/// A declared metadata schema, with the service's limits where it sets none.
fn metadata(declared: &Value) -> Value {
    let mut declared = declared.clone();
    assert_eq!(
        declared["additionalProperties"],
        json!(false),
        "metadata is closed: {declared}"
    );
    for property in declared["properties"]
        .as_object_mut()
        .expect("metadata has properties")
        .values_mut()
    {
        match property["type"].as_str().expect("a property has a type") {
            "string" if property.get("enum").is_none() && property.get("maxLength").is_none() => {
                property["maxLength"] = json!(500);
            }
            "integer" => {
                property["minimum"] = json!(-MAX_SAFE_INTEGER);
                property["maximum"] = json!(MAX_SAFE_INTEGER);
            }
            _ => {}
        }
    }
    declared
}
