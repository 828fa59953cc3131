//! `POST /audit_logs/events`

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use serde_json::Value;

use super::idempotency;
use crate::check::absent;
use crate::ingest::ingest;
use crate::refusal::{Answered, Reason};
use crate::state::App;
use crate::store::events::{self as store, Arrived};
use crate::web::{body, kept};

/// Takes an event, or repeats what its key was answered.
pub async fn create(
    State(app): State<App>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Answered<(StatusCode, Json<Value>)> {
    let mut body = body::json(&headers, &bytes)?;
    if let Some(event) = body.get_mut("event") {
        absent::in_event(event);
    }
    let event = kept::in_order(&bytes, "event", &body["event"]);
    let key = idempotency::key(&headers)?;
    let ingested = app.blocking(move |state| ingest(state, key.as_deref(), &body, &event));
    let (status, body) = ingested.await?;
    Ok((status, Json(body)))
}

/// Around all of it: what was too large, or no JSON, is an event too that somebody misses. It is kept with the reason alone.
pub async fn keep_unread(State(app): State<App>, request: Request, next: Next) -> Response {
    let is_event = request.method() == Method::POST && request.uri().path() == "/audit_logs/events";
    let response = next.run(request).await;
    if is_event
        && response.status().is_client_error()
        && let Some(Reason(reason)) = response.extensions().get().cloned()
    {
        let status = response.status().as_u16();
        // The client has its answer, whether or not it can be kept.
        let _ = app
            .blocking(move |state| {
                let arrived = Arrived {
                    received_at: state.now(),
                    status,
                    event: "null",
                    refusal: Some(&reason),
                    ..Arrived::default()
                };
                let sequence = state.store.transaction(|db| store::add(db, &arrived))?;
                state.arrived(sequence);
                Ok(())
            })
            .await;
    }
    response
}
