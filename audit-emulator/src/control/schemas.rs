//! `GET /_emulator/schemas`: every action with all of its versions.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::refusal::Answered;
use crate::state::App;
use crate::store::schemas;

/// Actions by name, versions oldest first.
pub async fn list(State(app): State<App>) -> Answered<Json<Value>> {
    let data = app.transaction(|_, db| {
        let mut data = Vec::new();
        for action in schemas::names(db)? {
            let versions = schemas::versions(db, &action)?;
            data.push(json!({"action": action, "versions": versions}));
        }
        Ok(data)
    });
    Ok(Json(json!({"data": data.await?})))
}
