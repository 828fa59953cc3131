//! `POST /audit_logs/events`

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::body;
use super::refusal::Refusal;
use crate::ingest::ingest;
use crate::state::{Answered, App};

/// The longest key; the service documents none.
const MAX_KEY_BYTES: usize = 255;

/// Takes an event, or repeats what its key was answered.
pub async fn create(State(app): State<App>, headers: HeaderMap, bytes: Bytes) -> Answered<(StatusCode, Json<Value>)> {
    let body = body::json(&headers, &bytes)?;
    let key = idempotency_key(&headers)?;
    let taken = app.blocking(move |state| {
        let outcome = ingest(&state.store, &state.checks, key.as_deref(), &body, state.now())?;
        // Here, so that it is told also when nobody waits any more.
        state.arrived(outcome.sequence);
        Ok(outcome)
    });
    let outcome = taken.await?;
    Ok((outcome.status, Json(outcome.body)))
}

/// The key; an empty one is none.
fn idempotency_key(headers: &HeaderMap) -> Answered<Option<String>> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    match value.to_str() {
        Ok("") => Ok(None),
        Ok(key) if key.len() <= MAX_KEY_BYTES => Ok(Some(key.to_owned())),
        _ => {
            let message = format!("Idempotency-Key must have at most {MAX_KEY_BYTES} ASCII characters.");
            Err(Refusal::new(StatusCode::BAD_REQUEST, message))
        }
    }
}
