//! What becomes of an event that arrives: the answer of its key, or the three checks, and a place in the database.

use axum::http::StatusCode;
use rusqlite::Transaction;
use serde_json::{Value, json};

use crate::check::event::{Checks, Version};
use crate::check::{self, time};
use crate::clock::Millis;
use crate::id::{self, Kind};
use crate::refusal::{Answered, Refusal};
use crate::store::events::Arrived;
use crate::store::idempotency::Scope;
use crate::store::{Store, events, idempotency, organizations};

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

/// The state of an event before it is checked against its schema.
enum Seen {
    /// Its key has been answered.
    Repeated(Outcome),
    /// It isn't accepted.
    Refused(Refusal),
    /// This version decides.
    Open(Version),
}

/// Takes the body of `POST /audit_logs/events`, and its event as it is kept. The database is asked before and after the check, and waits for no check.
pub fn ingest(
    store: &Store,
    checks: &Checks,
    key: Option<&str>,
    body: &Value,
    event: &str,
    now: Millis,
) -> Answered<Outcome> {
    let seen = store.transaction(|transaction| look(checks, transaction, key, body, now))?;
    let refusal = match judge(checks, seen, body)? {
        Ok(refusal) => refusal,
        Err(repeated) => return Ok(repeated),
    };
    store.transaction(|transaction| {
        // Another request with this key may have come in between.
        match repeated(transaction, key, now)? {
            Some(outcome) => Ok(outcome),
            None => settle(transaction, key, body, event, refusal, now),
        }
    })
}

/// The same within a transaction of others.
pub fn ingest_within(
    checks: &Checks,
    transaction: &Transaction<'_>,
    body: &Value,
    now: Millis,
) -> Answered<Outcome> {
    let seen = look(checks, transaction, None, body, now)?;
    match judge(checks, seen, body)? {
        Ok(refusal) => settle(
            transaction,
            None,
            body,
            &body["event"].to_string(),
            refusal,
            now,
        ),
        Err(repeated) => Ok(repeated),
    }
}

/// Is it a request; is its organization there; which version holds for it.
fn look(
    checks: &Checks,
    transaction: &Transaction<'_>,
    key: Option<&str>,
    body: &Value,
    now: Millis,
) -> Answered<Seen> {
    if let Some(outcome) = repeated(transaction, key, now)? {
        return Ok(Seen::Repeated(outcome));
    }
    if let Err(wrong) = check::request::check(body) {
        return Ok(Seen::Refused(Refusal::invalid(&wrong)));
    }
    let organization = body["organization_id"].as_str().unwrap_or_default();
    if !organizations::exists(transaction, organization)? {
        return Ok(Seen::Refused(Refusal::not_found(
            "Organization",
            organization,
        )));
    }
    let event = &body["event"];
    match checks.find(
        transaction,
        event["action"].as_str().unwrap_or_default(),
        event,
    ) {
        Ok(version) => Ok(Seen::Open(version)),
        // Then nothing of it is kept.
        Err(broken) if broken.status.is_server_error() => Err(broken),
        Err(refusal) => Ok(Seen::Refused(refusal)),
    }
}

/// Why it is refused, or nothing; or else the answer that there is already.
fn judge(checks: &Checks, seen: Seen, body: &Value) -> Answered<Result<Option<Refusal>, Outcome>> {
    match seen {
        Seen::Repeated(outcome) => Ok(Err(outcome)),
        Seen::Refused(refusal) => Ok(Ok(Some(refusal))),
        Seen::Open(version) => match checks.check(version, &body["event"]) {
            Err(broken) if broken.status.is_server_error() => Err(broken),
            result => Ok(Ok(result.err())),
        },
    }
}

fn repeated(
    transaction: &Transaction<'_>,
    key: Option<&str>,
    now: Millis,
) -> rusqlite::Result<Option<Outcome>> {
    let Some(key) = key else { return Ok(None) };
    let answered = idempotency::get(transaction, Scope::Events, key, now)?;
    Ok(answered.map(|(status, body)| {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
        Outcome {
            status,
            body,
            sequence: None,
        }
    }))
}

fn settle(
    transaction: &Transaction<'_>,
    key: Option<&str>,
    body: &Value,
    event: &str,
    refusal: Option<Refusal>,
    now: Millis,
) -> Answered<Outcome> {
    let outcome = keep(transaction, body, event, refusal, now)?;
    if let Some(key) = key {
        idempotency::put(
            transaction,
            Scope::Events,
            key,
            outcome.status.as_u16(),
            &outcome.body,
            now,
        )?;
    }
    Ok(outcome)
}

fn keep(
    transaction: &Transaction<'_>,
    body: &Value,
    text: &str,
    refusal: Option<Refusal>,
    now: Millis,
) -> rusqlite::Result<Outcome> {
    let event = &body["event"];
    let (status, answer, id) = match refusal {
        None => (
            StatusCode::OK,
            json!({"success": true}),
            Some(id::new(Kind::Event, now)),
        ),
        Some(Refusal { status, body, .. }) => (status, body, None),
    };
    let arrived = Arrived {
        id: id.as_deref(),
        received_at: now,
        status: status.as_u16(),
        organization_id: body["organization_id"].as_str(),
        action: event["action"].as_str(),
        occurred_at: event["occurred_at"].as_str().and_then(time::parse),
        event: text,
        refusal: id.is_none().then_some(&answer),
    };
    let sequence = events::add(transaction, &arrived)?;
    Ok(Outcome {
        status,
        body: answer,
        sequence: Some(sequence),
    })
}
