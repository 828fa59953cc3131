//! For tests.

use serde_json::Value;

#[path = "../tests/service/support/npm.rs"]
mod npm;
pub use npm::npm;

/// JSON as the emulator holds it.
pub fn doubles(text: &str) -> Value {
    let mut value = serde_json::from_str(text).unwrap();
    crate::number::as_doubles(&mut value);
    value
}
