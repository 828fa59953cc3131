//! The errors of an event in Ajv's form, up to a number and a size: data and schema together may have as many as the product of both.

use serde_json::{Value, json};

use crate::refusal::{MAX_ERROR_BYTES, MAX_ERRORS};

/// The params and the message of an error.
pub type Words = (Value, String);

/// The first errors of an event, and how many there are.
#[derive(Debug, Default)]
pub struct Errors {
    /// The first ones, as the service shows them.
    pub kept: Vec<Value>,
    /// How many came after those.
    pub omitted: usize,
    /// How many steps the checks took so far.
    pub steps: usize,
    bytes: usize,
}

impl Errors {
    /// Adds an error where there is room; its paths and words are made only then.
    pub fn add(
        &mut self,
        place: impl FnOnce() -> (String, String),
        words: impl FnOnce() -> Words,
        data: &Value,
    ) {
        if self.kept.len() == MAX_ERRORS || self.bytes >= MAX_ERROR_BYTES {
            self.omitted += 1;
            return;
        }
        let ((instance_path, schema_path), (params, message)) = (place(), words());
        let keyword = schema_path.rsplit('/').next().unwrap_or_default();
        let error = json!({
            "instancePath": instance_path,
            "schemaPath": schema_path,
            "keyword": keyword,
            "params": params,
            "message": message,
            "data": data,
        });
        // Several errors may have one of these behind them.
        let is_shared = matches!(keyword, "dependencies" | "if" | "propertyNames");
        if !is_shared || !self.kept.contains(&error) {
            self.bytes += error.to_string().len();
            self.kept.push(error);
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.kept.len() + self.omitted
    }
}
