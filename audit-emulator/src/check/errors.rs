//! The errors of an event in Ajv's form, up to a number and a size: data and schema together may have as many as the product of both.

use std::fmt::Display;

use serde_json::{Value, json};

use super::words::of_keyword;
use crate::refusal::{MAX_ERROR_BYTES, MAX_ERRORS};

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
    /// Adds an error where there is room: the paths of the data and of the keyword, the keyword's value, the data.
    pub fn add(&mut self, at: impl Display, path: impl Display, value: &Value, data: &Value) {
        if self.kept.len() == MAX_ERRORS || self.bytes >= MAX_ERROR_BYTES {
            self.omitted += 1;
            return;
        }
        let schema_path = path.to_string();
        let keyword = schema_path.rsplit('/').next().unwrap_or_default();
        let (params, message) = of_keyword(keyword, value);
        let error = json!({
            "instancePath": at.to_string(),
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
