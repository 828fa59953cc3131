//! `/audit_logs/actions` and the schemas below it.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use rusqlite::Connection;
use serde_json::Value;

use crate::check::{self, absent};
use crate::refusal::{Answered, Refusal};
use crate::register;
use crate::state::App;
use crate::store::schemas;
use crate::web::body::JsonBody;
use crate::web::list::{self, Query};

/// `POST /audit_logs/actions/{action}/schemas`: a new version, but for an equal body where the emulator was started so.
pub async fn create(
    State(app): State<App>,
    Path(action): Path<String>,
    JsonBody(mut body): JsonBody,
) -> Answered<(StatusCode, Json<Value>)> {
    absent::in_schema(&mut body);
    let registered = app.blocking(move |state| {
        check::registration::check(&action, &body)?;
        let (equal, now) = (state.equal_schema, state.now());
        let add = |db: &Connection| register::answer(db, equal, &action, &body, now);
        Ok(state.store.transaction(add)?)
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
