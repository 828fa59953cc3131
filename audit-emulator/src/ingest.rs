//! What becomes of an event that arrives: the answer of its key, or the three checks, and a place in the database.

use axum::http::StatusCode;
use rusqlite::Transaction;
use serde_json::{Value, json};

use crate::check::event::Checks;
use crate::check::{self, time};
use crate::clock::Millis;
use crate::http::refusal::Refusal;
use crate::id::{self, Kind};
use crate::state::Answered;
use crate::store::events::Arrived;
use crate::store::{events, idempotency, organizations};

/// What is answered, and where the event is.
#[derive(Debug)]
pub struct Outcome {
    /// The status.
    pub status: StatusCode,
    /// The body.
    pub body: Value,
    /// Its place in the sequence; none where a key's answer was repeated.
    pub sequence: Option<i64>,
}

/// Takes the body of `POST /audit_logs/events`.
pub fn ingest(checks: &Checks, transaction: &Transaction<'_>, key: Option<&str>, body: &Value, now: Millis) -> Answered<Outcome> {
    if let Some(key) = key
        && let Some((status, body)) = idempotency::get(transaction, key, now)?
    {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
        return Ok(Outcome { status, body, sequence: None });
    }
    let outcome = match check(checks, transaction, body) {
        // Then nothing of it is kept.
        Err(broken) if broken.status.is_server_error() => return Err(broken),
        result => keep(transaction, body, result.err(), now)?,
    };
    if let Some(key) = key {
        idempotency::put(transaction, key, outcome.status.as_u16(), &outcome.body, now)?;
    }
    Ok(outcome)
}

/// Is it a request; is its organization there; does it obey its schema.
fn check(checks: &Checks, transaction: &Transaction<'_>, body: &Value) -> Answered<()> {
    check::request::check(body).map_err(|wrong| Refusal::invalid(&wrong))?;
    let organization = body["organization_id"].as_str().unwrap_or_default();
    if !organizations::exists(transaction, organization)? {
        return Err(Refusal::not_found("Organization", organization));
    }
    let event = &body["event"];
    checks.check(transaction, event["action"].as_str().unwrap_or_default(), event)
}

fn keep(transaction: &Transaction<'_>, body: &Value, refusal: Option<Refusal>, now: Millis) -> rusqlite::Result<Outcome> {
    let event = &body["event"];
    let (status, answer, id) = match refusal {
        None => (StatusCode::OK, json!({"success": true}), Some(id::new(Kind::Event, now))),
        Some(Refusal { status, body, .. }) => (status, body, None),
    };
    let arrived = Arrived {
        id: id.as_deref(),
        received_at: now,
        status: status.as_u16(),
        organization_id: body["organization_id"].as_str(),
        occurred_at: event["occurred_at"].as_str().and_then(time::parse),
        event,
        refusal: id.is_none().then_some(&answer),
    };
    let sequence = events::add(transaction, &arrived)?;
    Ok(Outcome { status, body: answer, sequence: Some(sequence) })
}
