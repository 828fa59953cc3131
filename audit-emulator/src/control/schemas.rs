//! `GET /_emulator/schemas`: every action with all of its versions.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::clock::iso;
use crate::refusal::Answered;
use crate::state::App;
use crate::store::schemas::{self, Schema};

/// Actions by name, versions oldest first.
pub async fn list(State(app): State<App>) -> Answered<Json<Value>> {
    let data = app.transaction(|_, transaction| {
        let mut data = Vec::new();
        for action in schemas::names(transaction)? {
            let versions: Vec<Value> = schemas::versions(transaction, &action)?
                .iter()
                .map(version)
                .collect();
            data.push(json!({"action": action, "versions": versions}));
        }
        Ok(data)
    });
    Ok(Json(json!({"data": data.await?})))
}

fn version(schema: &Schema) -> Value {
    let Schema {
        version,
        body,
        created_at,
    } = schema;
    json!({"version": version, "created_at": iso(*created_at), "schema": body})
}
