//! Registers schemas.

use rusqlite::Connection;
use serde_json::Value;

use crate::check::{absent, registration};
use crate::clock::Millis;
use crate::error::Error;
use crate::number::as_doubles;
use crate::refusal::Problems;
use crate::store::Store;
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

/// Checks and registers a body; answers the new version, or the latest one where it is equal and the emulator was started so.
pub fn register<E: From<Problems> + From<rusqlite::Error>>(
    store: &Store,
    equal: EqualSchema,
    action: &str,
    body: Value,
    now: Millis,
) -> Result<Schema, E> {
    let body = normalized(body);
    registration::check(action, &body)?;
    store.transaction(|db| {
        let latest = match equal {
            EqualSchema::NewVersion => None,
            EqualSchema::LatestVersion => schemas::latest(db, action)?,
        };
        match latest.filter(|latest| latest.body == body) {
            Some(latest) => Ok(latest),
            None => Ok(schemas::register(db, action, &body, now)?),
        }
    })
}

/// The body as it is stored.
fn normalized(mut body: Value) -> Value {
    as_doubles(&mut body);
    absent::in_schema(&mut body);
    body
}

/// Registers an action's versions in order, without those that are there already: each registered version matches one equal body, in any position,
/// so that a second start adds nothing, and an edited version itself alone.
/// Each comes with its place, which errors name.
pub fn register_missing(
    db: &Connection,
    action: &str,
    versions: impl IntoIterator<Item = (String, Value)>,
    now: Millis,
) -> Result<(), Error> {
    let registered = schemas::versions(db, action)?.into_iter();
    let mut known: Vec<Value> = registered.map(|schema| schema.body).collect();
    for (place, body) in versions {
        let body = normalized(body);
        if let Some(equal) = known.iter().position(|known| *known == body) {
            known.remove(equal);
        } else {
            registration::check(action, &body).map_err(|problems| {
                Error::new(format!("{place}: {}", Error::from(problems)), "")
            })?;
            schemas::register(db, action, &body, now)?;
        }
    }
    Ok(())
}
