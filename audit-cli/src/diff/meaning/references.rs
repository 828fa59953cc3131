//! References to other schemas. They aren't followed: what they are relative to in the schema that the service makes of it isn't documented.

use serde_json::{Value, json};

use crate::body::read::keywords::{Subject, subject};
use crate::body::{Metadata, sha256};
use crate::json::normal;

/// What names another schema.
const REFERRING: [&str; 2] = ["$dynamicRef", "$ref"];

/// The same with references that aren't the same where the definitions aren't: by themselves definitions say nothing.
pub fn with_definitions(mut metadata: Metadata) -> Metadata {
    let of_keys = metadata
        .properties
        .values_mut()
        .map(|property| &mut property.constraints);
    let mut all: Vec<_> = of_keys
        .chain([&mut metadata.constraints])
        .flatten()
        .collect();
    let mut definitions = Vec::new();
    for (keyword, value) in &all {
        defined(keyword, value, &mut definitions);
    }
    if !definitions.is_empty() {
        let definitions = sha256(&Value::from(definitions).to_string());
        for (keyword, value) in &mut all {
            with(keyword, value, &definitions);
        }
    }
    metadata
}

/// Every group of definitions.
fn defined(keyword: &str, value: &Value, definitions: &mut Vec<Value>) {
    match value {
        _ if subject(keyword) == Some(Subject::Definitions) => definitions.push(normal(value)),
        Value::Object(members) => members
            .iter()
            .for_each(|(keyword, value)| defined(keyword, value, definitions)),
        Value::Array(items) => items.iter().for_each(|item| defined("", item, definitions)),
        _ => {}
    }
}

/// A reference that isn't the same where the definitions aren't.
fn with(keyword: &str, value: &mut Value, definitions: &str) {
    match value {
        _ if REFERRING.contains(&keyword) => *value = json!([value, definitions]),
        Value::Object(members) => members
            .iter_mut()
            .for_each(|(keyword, value)| with(keyword, value, definitions)),
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| with("", item, definitions)),
        _ => {}
    }
}
