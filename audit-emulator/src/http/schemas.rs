//! `/audit_logs/actions` and the schemas below it.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::check::{self, absent};
use crate::refusal::{Answered, Refusal};
use crate::register;
use crate::state::App;
use crate::store::schemas::{self, Action, Schema};
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
    Ok((StatusCode::CREATED, Json(schema_json(&registered.await?))))
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
        list::envelope(schemas::list(db, &action, &request)?, &request, schema_json)
    });
    Ok(Json(answer.await?))
}

/// `GET /audit_logs/actions`
pub async fn actions(State(app): State<App>, query: Query) -> Answered<Json<Value>> {
    let request = list::request(&query)?;
    let answer = app.transaction(move |_, db| {
        list::envelope(schemas::actions(db, &request)?, &request, action_json)
    });
    Ok(Json(answer.await?))
}

/// A version as the API shows it.
pub fn schema_json(schema: &Schema) -> Value {
    let Schema {
        version,
        body,
        created_at,
    } = schema;
    let mut shown =
        json!({"object": "audit_log_schema", "version": version, "created_at": created_at});
    for part in ["actor", "targets", "metadata"] {
        if let Some(value) = body.get(part) {
            shown[part] = value.clone();
        }
    }
    shown
}

fn action_json(action: &Action) -> Value {
    let Action {
        name,
        newest,
        created_at,
    } = action;
    json!({
        "object": "audit_log_action",
        "name": name,
        "schema": schema_json(newest),
        "created_at": created_at,
        "updated_at": newest.created_at,
    })
}
