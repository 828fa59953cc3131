//! JSON output. Arrays of objects, which only ever get more keys.

use serde::Serialize;

use crate::catalogue::Entry;
use crate::failure::Failure;

/// What the lists of event types tell of their declarations.
#[derive(Default, Serialize)]
pub struct Declaration<'a> {
    sha256: Option<&'a str>,
    pub keys: Option<usize>,
    pub package: Option<&'a str>,
    package_version: Option<&'a str>,
    #[serde(rename = "type")]
    rust_name: Option<&'a str>,
    pub file: Option<&'a str>,
    pub line: Option<u32>,
}

impl<'a> Declaration<'a> {
    pub fn of(entry: &'a Entry) -> Self {
        let event = &entry.event;
        Self {
            sha256: Some(&entry.sha256),
            keys: Some(entry.body.keys()),
            package: Some(&event.package),
            package_version: Some(&event.package_version),
            rust_name: Some(&event.rust_name),
            file: Some(&event.source.file),
            line: Some(event.source.line),
        }
    }
}

pub fn pretty(value: &(impl Serialize + ?Sized)) -> Result<String, Failure> {
    match serde_json::to_string_pretty(value) {
        Ok(text) => Ok(text + "\n"),
        Err(error) => Err(Failure::new(format!("can't write JSON: {error}"))),
    }
}
