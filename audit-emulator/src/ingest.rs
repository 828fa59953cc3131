//! The path of an event: the response to its idempotency key, or the checks, and a row in the database.

use axum::http::StatusCode;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::check::event::{Checks, Version};
use crate::check::{self, time};
use crate::clock::Millis;
use crate::id;
use crate::refusal::{Answered, Refusal};
use crate::store::events::Arrived;
use crate::store::idempotency::{self, Scope};
use crate::store::{Store, events, organizations};

/// The response to an event, and its row.
#[derive(Debug)]
pub struct Outcome {
    /// The status.
    pub status: StatusCode,
    /// The body.
    pub body: Value,
    /// The event's sequence; `None` where a key's response was repeated.
    pub sequence: Option<i64>,
}

/// Ingests the body of `POST /audit_logs/events`, with its event as it is stored. The check runs between two transactions, which don't wait for it.
pub fn ingest(
    store: &Store,
    checks: &Checks,
    key: Option<&str>,
    body: &Value,
    event: &str,
    now: Millis,
) -> Answered<Outcome> {
    let checked = store
        .transaction(|db| find(checks, db, body))
        .and_then(|version| checks.check(version, &body["event"]));
    store.transaction(|db| settle(db, key, body, event, checked, now))
}

/// The same within one transaction, without a key.
pub fn ingest_within(
    checks: &Checks,
    db: &Connection,
    body: &Value,
    now: Millis,
) -> Answered<Outcome> {
    let event = &body["event"];
    let checked = find(checks, db, body).and_then(|version| checks.check(version, event));
    settle(db, None, body, &event.to_string(), checked, now)
}

/// The schema version of a valid request to an existing organization.
fn find(checks: &Checks, db: &Connection, body: &Value) -> Answered<Version> {
    check::request::check(body)?;
    let organization = body["organization_id"].as_str().unwrap_or_default();
    organizations::existing(db, organization)?;
    let event = &body["event"];
    checks.find(db, event["action"].as_str().unwrap_or_default(), event)
}

/// Stores a checked event, unless its key is known.
fn settle(
    db: &Connection,
    key: Option<&str>,
    body: &Value,
    event: &str,
    checked: Answered<()>,
    now: Millis,
) -> Answered<Outcome> {
    let mut sequence = None;
    let (status, body) = idempotency::once(db, Scope::Events, key, now, || {
        let (status, response, id) = match checked {
            Ok(()) => (
                StatusCode::OK,
                json!({"success": true}),
                Some(id::new(id::EVENT, now)),
            ),
            // Nothing is stored.
            Err(broken) if broken.status.is_server_error() => return Err(broken),
            Err(Refusal { status, body, .. }) => (status, body, None),
        };
        let members = &body["event"];
        let arrived = Arrived {
            id: id.as_deref(),
            received_at: now,
            status: status.as_u16(),
            organization_id: body["organization_id"].as_str(),
            action: members["action"].as_str(),
            occurred_at: members["occurred_at"].as_str().and_then(time::parse),
            event,
            refusal: id.is_none().then_some(&response),
        };
        sequence = Some(events::add(db, &arrived)?);
        Ok((status, response))
    })?;
    Ok(Outcome {
        status,
        body,
        sequence,
    })
}
