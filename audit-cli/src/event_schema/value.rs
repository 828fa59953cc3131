//! The schema of a metadata object and of its values: their types and the builder's limits.

use audit_core::limits::VALUE_CHARS;
use audit_core::schema::JsonType;
use audit_core::schema::record::read::Field;
use serde_json::{Map, Value, json};

use super::{described, object};

pub fn metadata(fields: &[Field]) -> Value {
    let properties: Map<_, _> = fields
        .iter()
        .map(|field| (field.key.clone(), value(field)))
        .collect();
    let mut required: Vec<_> = fields
        .iter()
        .filter(|field| !field.optional)
        .map(|field| field.key.as_str())
        .collect();
    required.sort_unstable();
    object(properties, &required)
}

/// The name of a type in JSON Schema.
pub fn type_name(json: JsonType) -> &'static str {
    match json {
        JsonType::String => "string",
        JsonType::Integer => "integer",
        JsonType::Number => "number",
        JsonType::Boolean => "boolean",
    }
}

fn value(field: &Field) -> Value {
    let mut schema = json!({"type": type_name(field.json)});
    match (field.json, &field.values, field.range) {
        (JsonType::String, Some(values), _) => {
            let mut names: Vec<_> = values.iter().map(|value| value.name.as_str()).collect();
            names.sort_unstable();
            schema["enum"] = names.into();
        }
        (JsonType::String, None, _) => {
            schema["maxLength"] = field.max_len.unwrap_or(VALUE_CHARS).into();
        }
        (JsonType::Integer, _, Some((minimum, maximum))) => {
            schema["minimum"] = minimum.into();
            schema["maximum"] = maximum.into();
        }
        _ => {}
    }
    described(schema, &description(field))
}

/// Docs as an item of a list: the lines after the first are indented.
fn within_item(docs: &str) -> String {
    docs.replace('\n', "\n  ").replace("\n  \n", "\n\n")
}

/// The field's docs, and those of its values: a JSON Schema `enum` has no place for them.
fn description(field: &Field) -> String {
    let values = field
        .values
        .iter()
        .flatten()
        .filter(|value| !value.docs.is_empty());
    let values: Vec<_> = values
        .map(|value| format!("- `{}`: {}", value.name, within_item(&value.docs)))
        .collect();
    let paragraphs = [field.docs.clone(), values.join("\n")];
    paragraphs
        .into_iter()
        .filter(|paragraph| !paragraph.is_empty())
        .collect::<Vec<_>>()
        .join("\n\n")
}
