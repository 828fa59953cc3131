//! `Idempotency-Key`: the answer that a key has got, for 24 hours.

use rusqlite::{OptionalExtension, Transaction};
use serde_json::Value;

use super::json;
use crate::clock::{HOUR, Millis};

/// How long a key is remembered.
const LIFETIME: Millis = 24 * HOUR;

/// The status and body that were answered to this key, unless that is too long ago.
pub fn get(transaction: &Transaction<'_>, key: &str, now: Millis) -> rusqlite::Result<Option<(u16, Value)>> {
    transaction
        .prepare_cached("SELECT status, body FROM idempotency WHERE key = ? AND created_at > ?")?
        .query_row((key, now.saturating_sub(LIFETIME)), |row| Ok((row.get(0)?, json(&row.get::<_, String>(1)?))))
        .optional()
}

/// Remembers an answer, and forgets those that are too old.
pub fn put(transaction: &Transaction<'_>, key: &str, status: u16, body: &Value, now: Millis) -> rusqlite::Result<()> {
    transaction.prepare_cached("DELETE FROM idempotency WHERE created_at <= ?")?.execute([now.saturating_sub(LIFETIME)])?;
    transaction.prepare_cached("INSERT INTO idempotency (key, status, body, created_at) VALUES (?, ?, ?, ?)")?.execute((
        key,
        status,
        body.to_string(),
        now,
    ))?;
    Ok(())
}
