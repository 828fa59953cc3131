//! Registers schemas without HTTP, checked as over HTTP.

use rusqlite::Transaction;
use serde_json::Value;

use crate::check;
use crate::clock::Millis;
use crate::error::Error;
use crate::store::schemas;

/// The new version, or all that is wrong with the body.
pub fn register(transaction: &Transaction<'_>, action: &str, body: &Value, now: Millis) -> Result<u32, Error> {
    check::registration::check(action, body).map_err(|wrong| {
        let all: Vec<&str> = wrong.iter().map(|wrong| wrong.message.as_str()).collect();
        Error::new(format!("the schema of {action} isn't one: {}", all.join("; ")), "")
    })?;
    Ok(schemas::register(transaction, action, body, now)?.version)
}

/// Registers an action's versions in order, without those that are there already: each stands for one that is equal, wherever that is,
/// so that a second start adds nothing, and an edited version itself alone.
/// Each comes with its place, which errors name.
pub fn register_missing(
    transaction: &Transaction<'_>,
    action: &str,
    versions: &[(String, Value)],
    now: Millis,
) -> Result<(), Error> {
    let mut there: Vec<Value> = schemas::versions(transaction, action)?.into_iter().map(|schema| schema.body).collect();
    for (place, body) in versions {
        if let Some(equal) = there.iter().position(|registered| registered == body) {
            there.remove(equal);
        } else {
            register(transaction, action, body, now)
                .map_err(|error| Error::new(format!("{place}: {}", error.message()), error.help()))?;
        }
    }
    Ok(())
}
