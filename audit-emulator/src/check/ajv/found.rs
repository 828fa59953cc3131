//! How many errors are kept: data and schema together may have as many as the product of both.

use serde_json::Value;

use super::Problem;

/// At most so many.
pub const MAX_ERRORS: usize = 1_000;
/// No more once they take so many bytes, as JSON.
pub const MAX_BYTES: usize = 256 * 1024;

/// What was found: the first errors, and how many there were.
#[derive(Debug, Default)]
pub struct Found {
    /// The first ones.
    pub problems: Vec<Problem>,
    /// How many came after those.
    pub omitted: usize,
    bytes: usize,
}

impl Found {
    /// Keeps an error, where there is room; it isn't made where there is none.
    pub fn add(&mut self, problem: impl FnOnce() -> Problem) {
        if self.problems.len() == MAX_ERRORS || self.bytes >= MAX_BYTES {
            self.omitted += 1;
            return;
        }
        let problem = problem();
        let Problem {
            instance_path,
            schema_path,
            keyword,
            params,
            message,
            data,
        } = &problem;
        let names = instance_path.len() + schema_path.len() + keyword.len() + message.len();
        self.bytes += names + size(params) + data.as_ref().map_or(0, size);
        self.problems.push(problem);
    }
}

/// About as many bytes as it has as JSON.
pub fn size(value: &Value) -> usize {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => 8,
        Value::String(text) => text.len() + 2,
        Value::Array(items) => items.iter().map(|item| size(item) + 1).sum::<usize>() + 2,
        Value::Object(members) => {
            members
                .iter()
                .map(|(key, value)| key.len() + size(value) + 4)
                .sum::<usize>()
                + 2
        }
    }
}
