//! One of several objects that a key tells apart. Each is asked for only where the key says so (`if`/`then`), so that a mistake in one isn't
//! reported as the mismatch of all.

use serde_json::{Value, json};

/// The objects by what `key` is in them: a text that only they have.
pub fn by(key: &str, mut alternatives: Vec<(String, Value)>) -> Value {
    if alternatives.len() == 1 {
        return alternatives
            .pop()
            .map(|(_, schema)| schema)
            .unwrap_or_default();
    }
    let names: Vec<_> = alternatives.iter().map(|(name, _)| name.clone()).collect();
    let asked = |(name, schema): (String, Value)| json!({"if": is(key, &json!({"const": name})), "then": schema});
    json!({
        "type": "object",
        "properties": {key: {"enum": names}},
        "required": [key],
        "allOf": alternatives.into_iter().map(asked).collect::<Vec<_>>(),
    })
}

/// An object whose `key` fulfils a schema.
pub fn is(key: &str, schema: &Value) -> Value {
    json!({"type": "object", "properties": {key: schema}, "required": [key]})
}
