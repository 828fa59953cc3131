//! The path of an event: the response to its idempotency key, or the checks, and a row in the database.

use std::sync::Arc;

use axum::http::StatusCode;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::check::event::{Checks, check};
use crate::check::event_schema::EventSchema;
use crate::check::{request, time};
use crate::clock::Millis;
use crate::id;
use crate::refusal::{Answered, Refusal};
use crate::state::State;
use crate::store::events::{self, Arrived};
use crate::store::idempotency::{self, Response, Scope};
use crate::store::organizations;

/// Ingests the body of `POST /audit_logs/events`, with its event as it is stored, and notifies the streams. The check runs between two transactions,
/// which don't wait for it.
pub fn ingest(state: &State, key: Option<&str>, body: &Value, event: &str) -> Answered<Response> {
    let (store, now) = (&state.store, state.now());
    let checked = store
        .transaction(|db| find(&state.checks, db, body))
        .and_then(|schema| check(&schema, &body["event"]));
    let mut sequence = None;
    let response = store.transaction(|db| {
        idempotency::once(db, Scope::Events, key, now, || {
            let (response, added) = add(db, body, event, checked, now)?;
            sequence = Some(added);
            Ok(response)
        })
    })?;
    if let Some(sequence) = sequence {
        state.arrived(sequence);
    }
    Ok(response)
}

/// The same within one transaction, without a key.
pub fn ingest_within(
    checks: &Checks,
    db: &Connection,
    body: &Value,
    now: Millis,
) -> Answered<Response> {
    let event = &body["event"];
    let checked = find(checks, db, body).and_then(|schema| check(&schema, event));
    let (response, _) = add(db, body, &event.to_string(), checked, now)?;
    Ok(response)
}

/// The schema of a valid request to an existing organization.
fn find(checks: &Checks, db: &Connection, body: &Value) -> Answered<Arc<EventSchema>> {
    request::check(body)?;
    let organization = body["organization_id"].as_str().unwrap_or_default();
    organizations::require(db, organization)?;
    checks.find(db, &body["event"])
}

/// Stores a checked event; the response, and the event's sequence.
fn add(
    db: &Connection,
    body: &Value,
    event: &str,
    checked: Answered<()>,
    now: Millis,
) -> Answered<(Response, i64)> {
    let (id, (status, response)) = match checked {
        Ok(()) => (
            Some(id::new(id::EVENT, now)),
            (StatusCode::OK, json!({"success": true})),
        ),
        // Nothing is stored.
        Err(broken) if broken.status.is_server_error() => return Err(broken),
        Err(Refusal { status, body, .. }) => (None, (status, body)),
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
    let sequence = events::add(db, &arrived)?;
    Ok(((status, response), sequence))
}
