//! For tests.

use serde_json::Value;

#[path = "../tests/service/support/packages.rs"]
#[allow(dead_code, reason = "the tests of the service use the rest")]
mod packages;
pub use packages::ajv;

/// JSON as the emulator holds it.
pub fn doubles(text: &str) -> Value {
    let mut value = serde_json::from_str(text).unwrap();
    crate::number::as_doubles(&mut value);
    value
}
