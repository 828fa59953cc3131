//! `Idempotency-Key`: the response to a key, for 24 hours.

use axum::http::StatusCode;
use rusqlite::Connection;
use serde_json::Value;

use super::{execute, json, row};
use crate::clock::{HOUR, Millis};
use crate::refusal::Answered;

/// How long a key is remembered.
const LIFETIME: Millis = 24 * HOUR;

/// The endpoint of a key: the same key may be sent with an event and with an organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// `POST /audit_logs/events`
    Events,
    /// `POST /organizations`
    Organizations,
}

/// A status and a body.
pub type Response = (StatusCode, Value);

/// Executes a request once per key: a known key gets the first response again, client errors too.
pub fn once(
    db: &Connection,
    scope: Scope,
    key: Option<&str>,
    now: Millis,
    work: impl FnOnce() -> Answered<Response>,
) -> Answered<Response> {
    let Some(key) = key else { return work() };
    // No header holds a line feed, so stored keys are unique.
    let key = match scope {
        Scope::Events => key.to_owned(),
        Scope::Organizations => format!("organizations\n{key}"),
    };
    let oldest = now.saturating_sub(LIFETIME);
    execute(
        db,
        "DELETE FROM idempotency WHERE created_at <= ?",
        [oldest],
    )?;
    let sql = "SELECT status, body FROM idempotency WHERE key = ?";
    let known = row(db, sql, [&key], |row| {
        Ok((row.get(0)?, json(&row.get::<_, String>(1)?)))
    })?;
    if let Some((status, body)) = known {
        return Ok((StatusCode::from_u16(status).unwrap_or_default(), body));
    }
    let (status, body) = match work() {
        Err(refusal) if refusal.status.is_client_error() => (refusal.status, refusal.body),
        response => response?,
    };
    let sql = "INSERT INTO idempotency (key, status, body, created_at) VALUES (?, ?, ?, ?)";
    execute(db, sql, (key, status.as_u16(), body.to_string(), now))?;
    Ok((status, body))
}
