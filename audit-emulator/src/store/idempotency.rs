//! `Idempotency-Key`: the answer that a key has got, for 24 hours.

use std::borrow::Cow;

use rusqlite::{OptionalExtension, Transaction};
use serde_json::Value;

use super::json;
use crate::clock::{HOUR, Millis};

/// How long a key is remembered.
const LIFETIME: Millis = 24 * HOUR;

/// What a key is a key of: the same one may be sent with an event and with an organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// `POST /audit_logs/events`
    Events,
    /// `POST /organizations`
    Organizations,
}

impl Scope {
    /// The key as it is stored. No header holds a line feed, so no two are the same.
    fn stored(self, key: &str) -> Cow<'_, str> {
        match self {
            Self::Events => key.into(),
            Self::Organizations => format!("organizations\n{key}").into(),
        }
    }
}

/// The status and body that were answered to this key, unless that is too long ago.
pub fn get(
    transaction: &Transaction<'_>,
    scope: Scope,
    key: &str,
    now: Millis,
) -> rusqlite::Result<Option<(u16, Value)>> {
    transaction
        .prepare_cached("SELECT status, body FROM idempotency WHERE key = ? AND created_at > ?")?
        .query_row((scope.stored(key), now.saturating_sub(LIFETIME)), |row| {
            Ok((row.get(0)?, json(&row.get::<_, String>(1)?)))
        })
        .optional()
}

/// Remembers an answer, and forgets those that are too old.
pub fn put(
    transaction: &Transaction<'_>,
    scope: Scope,
    key: &str,
    status: u16,
    body: &Value,
    now: Millis,
) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("DELETE FROM idempotency WHERE created_at <= ?")?
        .execute([now.saturating_sub(LIFETIME)])?;
    transaction
        .prepare_cached(
            "INSERT INTO idempotency (key, status, body, created_at) VALUES (?, ?, ?, ?)",
        )?
        .execute((scope.stored(key), status, body.to_string(), now))?;
    Ok(())
}
