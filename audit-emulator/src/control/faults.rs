//! `/_emulator/faults`: rules are listed, added, removed.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use crate::fault::{Rule, RuleError};
use crate::refusal::{Answered, Refusal};
use crate::state::App;
use crate::web::body;

/// `GET`: every rule that is set, with how often it has applied.
pub async fn list(State(app): State<App>) -> Json<Value> {
    Json(json!({"data": app.faults.all()}))
}

/// So many rules may be set over HTTP: each request looks at all of them.
const MAX_RULES: usize = 1_000;

/// `POST`: one more rule, as JSON or, in the member `rule`, as text.
pub async fn add(
    State(app): State<App>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Answered<(StatusCode, Json<Value>)> {
    let refuse = |message: String| Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, message);
    let rule = read(body::json(&headers, &bytes)?).map_err(refuse)?;
    if app.faults.count() >= MAX_RULES {
        return Err(refuse(format!(
            "There are {MAX_RULES} rules already: DELETE removes them."
        )));
    }
    let id = app.faults.add(rule);
    Ok((StatusCode::CREATED, Json(json!({"id": id}))))
}

fn read(body: Value) -> Result<Rule, String> {
    match &body {
        Value::Object(members) => match members.get("rule") {
            Some(Value::String(text)) if members.len() == 1 => text.parse().map_err(|error: RuleError| error.to_string()),
            Some(_) => {
                Err("`rule` is a rule as text, and stands alone: {\"rule\": \"POST /audit_logs/events status=500\"}".to_owned())
            }
            None => {
                let rule: Rule = serde_json::from_value(body).map_err(|error| error.to_string())?;
                rule.check().map_err(|error| error.to_string())?;
                Ok(rule)
            }
        },
        _ => Err("A rule is an object.".to_owned()),
    }
}

/// `DELETE`: all of them are gone.
pub async fn clear(State(app): State<App>) -> StatusCode {
    app.faults.clear();
    StatusCode::NO_CONTENT
}
