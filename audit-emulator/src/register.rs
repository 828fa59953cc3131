//! Registers a schema without HTTP, checked as over HTTP.

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
