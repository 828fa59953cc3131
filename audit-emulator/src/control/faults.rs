//! `/_emulator/faults`: rules are listed, added, removed.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use crate::fault::Rule;
use crate::http::body;
use crate::http::refusal::Refusal;
use crate::state::{Answered, App};

/// `GET`: every rule that is set, with how often it has applied.
pub async fn list(State(app): State<App>) -> Json<Value> {
    Json(json!({"data": app.faults.all()}))
}

/// `POST`: one more rule.
pub async fn add(State(app): State<App>, headers: HeaderMap, bytes: Bytes) -> Answered<(StatusCode, Json<Value>)> {
    let refuse = |message: String| Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, message);
    let rule: Rule = serde_json::from_value(body::json(&headers, &bytes)?).map_err(|error| refuse(error.to_string()))?;
    rule.check().map_err(|error| refuse(error.to_string()))?;
    let id = app.faults.add(rule);
    Ok((StatusCode::CREATED, Json(json!({"id": id}))))
}

/// `DELETE`: all of them are gone.
pub async fn clear(State(app): State<App>) -> StatusCode {
    app.faults.clear();
    StatusCode::NO_CONTENT
}
