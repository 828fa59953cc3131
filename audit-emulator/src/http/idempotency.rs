//! `Idempotency-Key`: the key of a request, and the answer that it got before.

use axum::Json;
use axum::http::{HeaderMap, StatusCode};
use rusqlite::Transaction;
use serde_json::Value;

use crate::refusal::{Answered, Refusal};
use crate::state::{App, State};
use crate::store::idempotency::{self as store, Scope};

/// The longest key; the service documents none.
const MAX_KEY_BYTES: usize = 255;

/// The key; `None` where it is empty.
pub fn key(headers: &HeaderMap) -> Answered<Option<String>> {
    let Some(value) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    match value.to_str() {
        Ok("") => Ok(None),
        Ok(key) if key.len() <= MAX_KEY_BYTES => Ok(Some(key.to_owned())),
        _ => {
            let message =
                format!("Idempotency-Key must have at most {MAX_KEY_BYTES} ASCII characters.");
            Err(Refusal::bad_request(message))
        }
    }
}

/// Carries a request out once for each key, as one transaction: a key that was answered gets that answer again, refusals too.
pub async fn once(
    app: &App,
    scope: Scope,
    key: Option<String>,
    work: impl FnOnce(&State, &Transaction<'_>) -> Answered<(StatusCode, Value)> + Send + 'static,
) -> Answered<(StatusCode, Json<Value>)> {
    let answer = app.transaction(move |state, transaction| {
        let Some(key) = key else {
            return work(state, transaction);
        };
        if let Some((status, body)) = store::get(transaction, scope, &key, state.now())? {
            return Ok((StatusCode::from_u16(status).unwrap_or(StatusCode::OK), body));
        }
        let (status, body) = match work(state, transaction) {
            Err(refusal) if refusal.status.is_client_error() => (refusal.status, refusal.body),
            answer => answer?,
        };
        store::put(
            transaction,
            scope,
            &key,
            status.as_u16(),
            &body,
            state.now(),
        )?;
        Ok((status, body))
    });
    let (status, body) = answer.await?;
    Ok((status, Json(body)))
}
