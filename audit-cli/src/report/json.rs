//! Results for programs: a JSON array, whose objects only ever get more keys.

use serde::Serialize;

use crate::failure::Failure;

pub fn array<T: Serialize>(items: &[T]) -> Result<String, Failure> {
    match serde_json::to_string_pretty(items) {
        Ok(text) => Ok(text + "\n"),
        Err(error) => Err(Failure::new(format!(
            "can't write the result as JSON: {error}"
        ))),
    }
}
