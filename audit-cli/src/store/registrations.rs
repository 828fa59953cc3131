//! Reads `registrations/<environment>.json` as builds and programs do.

use std::path::Path;

use audit_core::Registrations;

use crate::body::read::{MAX_BYTES, bytes_of};
use crate::failure::Failure;

const HELP: &str = "restore it from version control, or resolve the merge conflict: it says which versions may not change any more";

pub fn read(path: &Path) -> Result<Registrations, Failure> {
    let bytes = bytes_of(path, MAX_BYTES).map_err(|error| Failure::io("read", path, &error))?;
    let text =
        String::from_utf8(bytes).map_err(|_| Failure::at(path, "not UTF-8 text").help(HELP))?;
    Registrations::from_json(&text).map_err(|error| {
        let problems = error.to_string();
        let failures = problems
            .lines()
            .map(|problem| Failure::new(format!("{}:{problem}", path.display())).help(HELP));
        Failure::all(failures.collect())
    })
}
