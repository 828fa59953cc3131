//! `GET /organizations/{id}/audit_log_configuration`

use axum::Json;
use axum::extract::{Path, State};
use serde_json::{Value, json};

use super::organizations;
use crate::refusal::Answered;
use crate::state::App;

/// Always active, and without a log stream: the emulator sends events nowhere.
pub async fn get(State(app): State<App>, Path(id): Path<String>) -> Answered<Json<Value>> {
    let organization = organizations::find(&app, id).await?;
    Ok(Json(json!({
        "organization_id": organization.id,
        "retention_period_in_days": organization.retention_days,
        "state": "active",
    })))
}
