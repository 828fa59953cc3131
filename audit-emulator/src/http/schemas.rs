//! `/audit_logs/actions` and the schemas below it.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde_json::Value;

use crate::refusal::{Answered, Refusal};
use crate::register::register;
use crate::state::App;
use crate::store::schemas;
use crate::web::body::JsonBody;
use crate::web::list::{self, Query};

/// `POST /audit_logs/actions/{action}/schemas`: a new version, but for an equal body where the emulator was started so.
pub async fn create(
    State(app): State<App>,
    Path(action): Path<String>,
    JsonBody(body): JsonBody,
) -> Answered<(StatusCode, Json<Value>)> {
    let registered = app.blocking(move |state| {
        let (store, equal) = (&state.store, state.equal_schema);
        register(store, equal, &action, body, state.now())
    });
    Ok((StatusCode::CREATED, Json(registered.await?.to_json())))
}

/// `GET /audit_logs/actions/{action}/schemas`
pub async fn list(
    State(app): State<App>,
    Path(action): Path<String>,
    query: Query,
) -> Answered<Json<Value>> {
    let request = list::request(&query)?;
    let answer = app.transaction(move |_, db| {
        if schemas::count(db, &action)? == 0 {
            return Err(Refusal::not_found("Audit Log Action", &action));
        }
        schemas::list(db, &action, &request)
    });
    Ok(Json(answer.await?))
}

/// `GET /audit_logs/actions`
pub async fn actions(State(app): State<App>, query: Query) -> Answered<Json<Value>> {
    let request = list::request(&query)?;
    let answer = app.transaction(move |_, db| schemas::actions(db, &request));
    Ok(Json(answer.await?))
}
