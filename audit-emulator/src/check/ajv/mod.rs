//! JSON Schema as Ajv 8 understands it: what its strict mode refuses, and every error that it reports with `allErrors`, in its words.
//!
//! A test holds this against the real one, on generated schemas and events.

mod apply;
mod arrays;
mod budget;
mod compile;
mod found;
mod inherited;
mod node;
mod objects;
mod path;
mod pattern;
mod report;
mod text;
mod words;

use serde_json::{Value, json};

pub use compile::{Compiled, Refused, compile};
pub use found::{Found, MAX_BYTES, MAX_ERRORS};
pub use words::encode_uri_component;

/// One error, as Ajv reports it.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Where in the data: a JSON pointer.
    pub instance_path: String,
    /// Which keyword of the schema: a pointer behind `#`.
    pub schema_path: String,
    /// The keyword's name.
    pub keyword: &'static str,
    /// What the keyword wanted.
    pub params: Value,
    /// What a person reads.
    pub message: String,
    /// What stands at the instance path; nothing where JSON has no word for it.
    pub data: Option<Value>,
}

impl Problem {
    /// As the service shows it.
    pub fn to_json(&self) -> Value {
        let Self {
            instance_path,
            schema_path,
            keyword,
            params,
            message,
            data,
        } = self;
        let mut shown = json!({
            "instancePath": instance_path,
            "schemaPath": schema_path,
            "keyword": keyword,
            "params": params,
            "message": message,
        });
        if let Some(data) = data {
            shown["data"] = data.clone();
        }
        shown
    }
}

impl Compiled {
    /// What is wrong with the data, or who makes it too much work to say.
    pub fn problems(&self, data: &Value) -> Result<Found, String> {
        apply::problems(&self.root, data)
    }
}

#[cfg(test)]
mod tests;
