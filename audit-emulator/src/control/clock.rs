//! `POST /_emulator/clock`: time passes.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::clock::iso;
use crate::refusal::{Answered, Refusal};
use crate::state::App;
use crate::web::body::JsonBody;

/// `{"advance_seconds": N}`; answers what time it is now.
pub async fn advance(State(app): State<App>, JsonBody(body): JsonBody) -> Answered<Json<Value>> {
    let Some(seconds) = body.get("advance_seconds").and_then(Value::as_u64) else {
        let message =
            "The body has to be {\"advance_seconds\": N}, with a whole number that isn't negative.";
        return Err(Refusal::unprocessable(message));
    };
    app.clock.advance(Duration::from_secs(seconds));
    Ok(Json(json!({"now": iso(app.now())})))
}
