//! A JSON value, validated by a compiled JSON Schema with the rules of the service.

use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::{Value, json};

use crate::input::{ACTION, Input, VERSION};

static VALIDATOR: LazyLock<Validator> =
    LazyLock::new(|| jsonschema::draft202012::new(&schema()).expect("it is a schema"));

fn schema() -> Value {
    let text = json!({"type": "string"});
    let metadata = json!({
        "type": "object",
        "maxProperties": 50,
        "propertyNames": {"maxLength": 40, "pattern": "^[A-Za-z0-9_-]+$"},
        "additionalProperties": {"type": ["string", "number", "boolean"], "maxLength": 500}
    });
    let entity = json!({
        "type": "object",
        "properties": {"type": text, "id": text, "name": text, "metadata": {"$ref": "#/$defs/metadata"}},
        "required": ["type", "id"],
        "additionalProperties": false
    });
    json!({
        "$defs": {"metadata": metadata, "entity": entity},
        "type": "object",
        "properties": {
            "action": text,
            "version": {"type": "integer", "minimum": 1},
            "occurred_at": text,
            "actor": {"$ref": "#/$defs/entity"},
            "targets": {"type": "array", "minItems": 1, "maxItems": 20, "items": {"$ref": "#/$defs/entity"}},
            "context": {"type": "object", "properties": {"location": text, "user_agent": text}, "additionalProperties": false},
            "metadata": {"$ref": "#/$defs/metadata"}
        },
        "required": ["action", "occurred_at", "actor", "targets", "context"],
        "additionalProperties": false
    })
}

fn build(input: &Input<'_>) -> Value {
    let mut event = json!({
        "action": ACTION,
        "version": VERSION,
        "occurred_at": input.occurred_at,
        "actor": {
            "type": "user",
            "id": input.person_id,
            "name": input.person_name,
            "metadata": {"team": input.person_team, "session_id": input.person_session_id}
        },
        "targets": [
            {
                "type": "deployment",
                "id": input.deployment_id,
                "name": input.deployment_name,
                "metadata": {"commit": input.deployment_commit}
            },
            {"type": "environment", "id": input.environment_id, "name": input.environment_name, "metadata": {}}
        ],
        "context": {"location": input.location, "user_agent": input.user_agent},
        "metadata": {
            "build_id": input.build_id,
            "approved_by": input.approved_by,
            "request_path": input.request_path,
            "request_id": input.request_id,
            "region": input.region,
            "strategy": input.strategy.name(),
            "trigger": input.trigger.name(),
            "artifact_bytes": input.artifact_bytes,
            "attempt": input.attempt,
            "error_rate": input.error_rate,
            "canary": input.canary
        }
    });
    if let Some(reason) = input.reason {
        event["metadata"]["reason"] = reason.into();
    }
    event
}

pub fn value(input: &Input<'_>, out: &mut Vec<u8>) {
    let event = build(input);
    assert!(VALIDATOR.is_valid(&event), "it is within the limits");
    *out = serde_json::to_vec(&event).expect("it is JSON");
}
