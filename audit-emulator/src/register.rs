//! Registers schemas without HTTP, checked as over HTTP.

use rusqlite::Connection;
use serde_json::Value;

use crate::check::registration;
use crate::clock::Millis;
use crate::error::Error;
use crate::refusal::Problems;
use crate::store::schemas::{self, Schema};

/// What a registration is answered whose body equals the latest version of the action.
///
/// The service's users report both, and its newest SDK documents the second: a client should be right under either.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EqualSchema {
    /// A new version with the same body.
    #[default]
    NewVersion,
    /// The latest version; nothing is registered.
    LatestVersion,
}

/// What is answered: the new version, or the latest one where it is equal and the emulator was started so.
pub fn answer(
    db: &Connection,
    equal: EqualSchema,
    action: &str,
    body: &Value,
    now: Millis,
) -> rusqlite::Result<Schema> {
    if equal == EqualSchema::LatestVersion
        && let Some(latest) = schemas::latest(db, action)?
        && latest.body == *body
    {
        return Ok(latest);
    }
    schemas::register(db, action, body, now)
}

/// Checks a body; the error names all of its problems.
pub fn check(action: &str, body: &Value) -> Result<(), Error> {
    registration::check(action, body).map_err(|Problems(all)| {
        let all: Vec<&str> = all.iter().map(|one| one.message.as_str()).collect();
        Error::new(
            format!("the schema of {action} isn't one: {}", all.join("; ")),
            "",
        )
    })
}

/// Registers an action's versions in order, without those that are there already: each registered version matches one equal body, in any position,
/// so that a second start adds nothing, and an edited version itself alone.
/// Each comes with its place, which errors name.
pub fn register_missing(
    db: &Connection,
    action: &str,
    versions: &[(String, Value)],
    now: Millis,
) -> Result<(), Error> {
    let registered = schemas::versions(db, action)?.into_iter();
    let mut known: Vec<Value> = registered.map(|schema| schema.body).collect();
    for (place, body) in versions {
        if let Some(equal) = known.iter().position(|known| known == body) {
            known.remove(equal);
        } else {
            check(action, body).map_err(|error| {
                Error::new(format!("{place}: {}", error.message()), error.help())
            })?;
            schemas::register(db, action, body, now)?;
        }
    }
    Ok(())
}
