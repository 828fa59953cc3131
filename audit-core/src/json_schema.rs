//! `schemars::JsonSchema` for events and for what derives our traits, so that they can stand in an API description. Built from the same
//! constants as the registered schema.

use std::borrow::Cow;
use std::collections::BTreeSet;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use crate::limits::{MAX_TARGETS, MIN_TARGETS, VALUE_CHARS};
use crate::schema::JsonType;
use crate::schema::entity::{EntitySchema, Shape};
use crate::schema::event::EventParts;
use crate::schema::merged::Merged;
use crate::schema::{Keys, ValueType};
use crate::{Actor, Event, Text};

/// A metadata value.
pub fn value(ty: &ValueType) -> Schema {
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
            return json_schema!({"type": "string", "maxLength": max_len});
        }
        JsonType::Integer => "integer",
        JsonType::Number => "number",
        JsonType::Boolean => "boolean",
    };
    json_schema!({ "type": name })
}

/// A metadata object.
pub fn metadata(keys: &Keys) -> Schema {
    let merged = Merged::of_keys(keys);
    let fields = || (0..merged.len()).map(|index| merged.get(index));
    let properties: Map<String, Value> = fields()
        .map(|(field, _)| (field.key().to_owned(), value(&field.ty).to_value()))
        .collect();
    let required: Vec<&str> = fields()
        .filter(|(_, required)| *required)
        .map(|(field, _)| field.key())
        .collect();
    object(&Value::Object(properties), &required)
}

fn object(properties: &Value, required: &[&str]) -> Schema {
    let mut object =
        json_schema!({"type": "object", "properties": properties, "additionalProperties": false});
    if !required.is_empty() {
        object.insert("required".into(), json!(required));
    }
    object
}

/// An actor or a target.
pub fn entity(entity: &EntitySchema) -> Schema {
    of_type(entity, entity.type_name)
}

fn of_type(entity: &EntitySchema, type_name: &str) -> Schema {
    let keys = match entity.shape {
        Shape::Struct(keys) => keys,
        Shape::Enum(variants) => {
            let types: BTreeSet<_> = variants.iter().map(|variant| variant.type_name).collect();
            // Variants of one type may accept the same value.
            let keyword = if types.len() == variants.len() && !types.contains("") {
                "oneOf"
            } else {
                "anyOf"
            };
            let variants: Vec<Schema> =
                variants.iter().map(|entity| self::entity(entity)).collect();
            return json_schema!({ keyword: variants });
        }
    };
    let kind = if type_name.is_empty() {
        json!({"type": "string"})
    } else {
        json!({"const": type_name})
    };
    let (text, metadata) = (json!({"type": "string"}), metadata(keys));
    let properties = json!({"type": kind, "id": text, "name": text, "metadata": metadata});
    object(&properties, &["type", "id", "metadata"])
}

/// An event of one type.
pub fn event(parts: &EventParts, action: &str) -> Schema {
    let targets: Vec<Schema> = parts
        .targets
        .iter()
        .map(|target| of_type(target.entity, target.type_name()))
        .collect();
    of_event(
        &json!({"const": action}),
        &entity(parts.actor),
        &json_schema!({ "anyOf": targets }),
        &metadata(&parts.root),
    )
}

fn of_event(action: &Value, actor: &Schema, target: &Schema, metadata: &Schema) -> Schema {
    json_schema!({
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
        let metadata = json_schema!({"type": "object", "maxProperties": crate::limits::METADATA_KEYS, "additionalProperties": values});
        let mut entity = entity(&EntitySchema::of_any_type());
        if let Some(own) = entity.pointer_mut("/properties/metadata") {
            *own = metadata.clone().to_value();
        }
        of_event(&json!({"type": "string"}), &entity, &entity, &metadata)
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
