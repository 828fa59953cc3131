//! JSON output. Arrays of objects, which only ever get more keys.

use serde::Serialize;

use crate::failure::Failure;

pub fn pretty(value: &(impl Serialize + ?Sized)) -> Result<String, Failure> {
    match serde_json::to_string_pretty(value) {
        Ok(text) => Ok(text + "\n"),
        Err(error) => Err(Failure::new(format!("can't write JSON: {error}"))),
    }
}
