//! JSON Schema as Ajv 8 understands it: what its strict mode refuses, and every error that it reports with `allErrors`, in its words.
//!
//! A test holds this against the real one, on generated schemas and events.

mod apply;
mod arrays;
mod compile;
mod node;
mod objects;
mod text;
mod words;

use serde_json::{Value, json};

pub use compile::{Refused, compile};
pub use node::Node;

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
    /// What stands at the instance path.
    pub data: Value,
}

impl Problem {
    /// As the service shows it.
    pub fn to_json(&self) -> Value {
        let Self { instance_path, schema_path, keyword, params, message, data } = self;
        json!({
            "instancePath": instance_path,
            "schemaPath": schema_path,
            "keyword": keyword,
            "params": params,
            "message": message,
            "data": data,
        })
    }
}

impl Node {
    /// All that is wrong with the data; nothing where it is valid.
    pub fn problems(&self, data: &Value) -> Vec<Problem> {
        apply::problems(self, data)
    }
}

#[cfg(test)]
mod tests;
