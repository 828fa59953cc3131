//! Registers schemas without HTTP, checked as over HTTP.

use rusqlite::Connection;
use serde_json::Value;

use crate::check::registration;
use crate::clock::Millis;
use crate::error::Error;
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
    let latest = match equal {
        EqualSchema::NewVersion => None,
        EqualSchema::LatestVersion => {
            schemas::latest(db, action)?.filter(|latest| latest.body == *body)
        }
    };
    latest.map_or_else(|| schemas::register(db, action, body, now), Ok)
}

/// The new version, or all that is wrong with the body.
pub fn register(db: &Connection, action: &str, body: &Value, now: Millis) -> Result<u32, Error> {
    check(action, body)?;
    Ok(schemas::register(db, action, body, now)?.version)
}

/// Refuses a body that isn't one, with all that is wrong with it.
pub fn check(action: &str, body: &Value) -> Result<(), Error> {
    registration::check(action, body).map_err(|wrong| {
        let all: Vec<&str> = wrong.iter().map(|wrong| wrong.message.as_str()).collect();
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
    let mut there: Vec<Value> = schemas::versions(db, action)?
        .into_iter()
        .map(|schema| schema.body)
        .collect();
    for (place, body) in versions {
        if let Some(equal) = there.iter().position(|registered| registered == body) {
            there.remove(equal);
        } else {
            register(db, action, body, now).map_err(|error| {
                Error::new(format!("{place}: {}", error.message()), error.help())
            })?;
        }
    }
    Ok(())
}
