//! `/_emulator/faults`: lists, adds and removes faults.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::error::Error;
use crate::fault::Fault;
use crate::refusal::{Answered, Refusal};
use crate::state::App;
use crate::web::body::JsonBody;

/// `GET`: every fault that is set, with its counts.
pub async fn list(State(app): State<App>) -> Json<Value> {
    Json(json!({"data": app.faults.all()}))
}

/// The most faults that may be set over HTTP: each request looks at all of them.
const MAX_FAULTS: usize = 1_000;

/// `POST`: adds a fault, as JSON or, in the member `fault`, as text.
pub async fn add(
    State(app): State<App>,
    JsonBody(body): JsonBody,
) -> Answered<(StatusCode, Json<Value>)> {
    let fault = read(body)?;
    if app.faults.count() >= MAX_FAULTS {
        let message = format!("There are {MAX_FAULTS} faults already: DELETE removes them.");
        return Err(Refusal::unprocessable(message));
    }
    let id = app.faults.add(fault);
    Ok((StatusCode::CREATED, Json(json!({"id": id}))))
}

fn read(body: Value) -> Answered<Fault> {
    let reject = |error: Error| Refusal::unprocessable(error.to_string());
    let Some(members) = body.as_object() else {
        return Err(Refusal::unprocessable("A fault is an object."));
    };
    match members.get("fault") {
        Some(Value::String(text)) if members.len() == 1 => text.parse().map_err(reject),
        Some(_) => Err(Refusal::unprocessable(
            "`fault` is a fault as text, and stands alone: {\"fault\": \"POST /audit_logs/events status=500\"}",
        )),
        None => {
            let fault: Fault = serde_json::from_value(body)
                .map_err(|error| Refusal::unprocessable(error.to_string()))?;
            fault.check().map_err(reject)?;
            Ok(fault)
        }
    }
}

/// `DELETE`: all of them are gone.
pub async fn clear(State(app): State<App>) -> StatusCode {
    app.faults.clear();
    StatusCode::NO_CONTENT
}
