//! `schemars::JsonSchema` for events and for what derives our traits, so that they can stand in an API description. Built from the same
//! constants as the registered schema.

use std::borrow::Cow;
use std::collections::BTreeSet;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::limits::{MAX_TARGETS, MIN_TARGETS, VALUE_CHARS};
use crate::schema::JsonType;
use crate::schema::entity::{EntitySchema, Shape};
use crate::schema::event::EventParts;
use crate::schema::merged::Merged;
use crate::schema::{Keys, ValueType};
use crate::{Actor, Event, Text};

fn schema(value: Value) -> Schema {
    // Every value here is an object, which always is a schema.
    Schema::try_from(value).unwrap_or_default()
}

/// A metadata value.
pub fn value(ty: &ValueType) -> Schema {
    schema(property(ty))
}

fn property(ty: &ValueType) -> Value {
    if let Some(values) = ty.values {
        // As it stands in the canonical form, but for the brace that opens it.
        return serde_json::from_str(&format!("{{{}", values.json)).unwrap_or_default();
    }
    let name = match ty.json() {
        JsonType::String => {
            let max_len = match ty.max_len() {
                0 => VALUE_CHARS,
                max_len => max_len,
            };
            return json!({"type": "string", "maxLength": max_len});
        }
        JsonType::Integer => "integer",
        JsonType::Number => "number",
        JsonType::Boolean => "boolean",
    };
    json!({ "type": name })
}

/// A metadata object.
pub fn metadata(keys: &'static Keys) -> Schema {
    schema(of_merged(&Merged::of_keys(keys)))
}

fn of_merged(merged: &Merged) -> Value {
    let fields = || (0..merged.len()).map(|index| merged.get(index));
    let properties: Map<String, Value> = fields()
        .map(|(field, _)| (field.key().to_owned(), property(&field.ty)))
        .collect();
    let required: Vec<&str> = fields()
        .filter(|(_, required)| *required)
        .map(|(field, _)| field.key())
        .collect();
    object(&Value::Object(properties), &required)
}

fn object(properties: &Value, required: &[&str]) -> Value {
    let mut object =
        json!({"type": "object", "properties": properties, "additionalProperties": false});
    if !required.is_empty() {
        object["required"] = json!(required);
    }
    object
}

/// An actor or a target.
pub fn entity(entity: &EntitySchema) -> Schema {
    schema(of_entity(entity, entity.type_name))
}

fn of_entity(entity: &EntitySchema, type_name: &str) -> Value {
    let merged = match entity.shape {
        Shape::Struct(keys) => Merged::of_keys(keys),
        Shape::Enum(variants) => {
            let types: BTreeSet<_> = variants.iter().map(|variant| variant.type_name).collect();
            // Variants of one type may accept the same value.
            let keyword = if types.len() == variants.len() && !types.contains("") {
                "oneOf"
            } else {
                "anyOf"
            };
            let variants: Vec<Value> = variants
                .iter()
                .map(|variant| of_entity(variant, variant.type_name))
                .collect();
            return json!({ keyword: variants });
        }
    };
    let kind = if type_name.is_empty() {
        json!({"type": "string"})
    } else {
        json!({"const": type_name})
    };
    let (text, metadata) = (json!({"type": "string"}), of_merged(&merged));
    let properties = json!({"type": kind, "id": text, "name": text, "metadata": metadata});
    object(&properties, &["type", "id", "metadata"])
}

/// An event of one type.
pub fn event(parts: &EventParts, action: &str) -> Schema {
    let targets: Vec<Value> = parts
        .targets
        .iter()
        .map(|target| of_entity(target.entity, target.type_name()))
        .collect();
    let metadata = of_merged(&Merged::of_keys(&parts.root));
    let actor = of_entity(parts.actor, parts.actor.type_name);
    schema(of_event(
        &json!({"const": action}),
        &actor,
        &json!({ "anyOf": targets }),
        &metadata,
    ))
}

fn of_event(action: &Value, actor: &Value, target: &Value, metadata: &Value) -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "action": action,
            "version": {"type": "integer", "minimum": 1},
            "occurred_at": {"type": "string", "format": "date-time"},
            "actor": actor,
            "targets": {"type": "array", "items": target, "minItems": MIN_TARGETS, "maxItems": MAX_TARGETS},
            "context": {
                "type": "object",
                "additionalProperties": false,
                "properties": {"location": {"type": "string"}, "user_agent": {"type": "string"}}
            },
            "metadata": metadata
        },
        "required": ["action", "version", "occurred_at", "actor", "targets", "context", "metadata"]
    })
}

/// Any event: the service's `event` object.
impl JsonSchema for Event {
    fn schema_name() -> Cow<'static, str> {
        "AuditEvent".into()
    }
    fn schema_id() -> Cow<'static, str> {
        concat!(module_path!(), "::Event").into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let values = json!({"anyOf": [
            {"type": "string", "maxLength": VALUE_CHARS},
            {"type": "number"},
            {"type": "boolean"}
        ]});
        let metadata = json!({"type": "object", "maxProperties": crate::limits::METADATA_KEYS, "additionalProperties": values});
        let mut entity = of_entity(&EntitySchema::of_any_type(), "");
        entity["properties"]["metadata"] = metadata.clone();
        schema(of_event(
            &json!({"type": "string"}),
            &entity,
            &entity,
            &metadata,
        ))
    }
}

impl JsonSchema for Actor {
    fn schema_name() -> Cow<'static, str> {
        "AuditActor".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        entity(&EntitySchema::of_any_type())
    }
}

impl<const N: usize> JsonSchema for Text<N> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        format!("Text{N}").into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        value(&<Self as crate::AuditValue>::TYPE)
    }
}
