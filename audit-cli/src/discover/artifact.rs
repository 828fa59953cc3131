//! The event types inside a file, whoever built it.

use std::path::Path;

use super::sections;
use crate::catalogue::Entry;
use crate::failure::Failure;

pub fn read(file: &Path) -> Result<Vec<Entry>, Failure> {
    let events = sections::read(file).map_err(|problem| problem.into_failure(file))?;
    events
        .into_iter()
        .map(|event| Entry::new(event).map_err(|problem| Failure::at(file, problem)))
        .collect()
}
