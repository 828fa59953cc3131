//! `POST /portal/generate_link`: a link to an Admin Portal that isn't there.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use super::refusal::{Refusal, Wrong};
use super::{body, organizations};
use crate::id;
use crate::state::{Answered, App};

/// Where the links lead.
pub const PATH: &str = "/_emulator/portal";

/// What the portal can be opened for.
const INTENTS: [&str; 7] =
    ["sso", "dsync", "audit_logs", "log_streams", "domain_verification", "certificate_renewal", "bring_your_own_key"];
/// As the API document says.
const MAX_EMAILS: usize = 20;

/// A link, to an organization that is there.
pub async fn generate_link(State(app): State<App>, headers: HeaderMap, bytes: Bytes) -> Answered<(StatusCode, Json<Value>)> {
    let body = body::json(&headers, &bytes)?;
    let wrong = check(&body);
    if !wrong.is_empty() {
        return Err(Refusal::invalid(&wrong));
    }
    organizations::find(&app, body["organization"].as_str().unwrap_or_default().to_owned()).await?;
    let link = format!("{}{PATH}?token={}", app.url, id::secret());
    Ok((StatusCode::CREATED, Json(json!({"link": link}))))
}

fn check(body: &Value) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    match body.get("organization") {
        Some(Value::String(_)) => {}
        Some(_) => wrong.push(Wrong::type_of("organization", "a string")),
        None => wrong.push(Wrong::required("organization")),
    }
    if body.get("intent").is_some_and(|intent| !intent.as_str().is_some_and(|intent| INTENTS.contains(&intent))) {
        wrong.push(Wrong::value("intent", format!("intent must be one of {}", INTENTS.join(", "))));
    }
    for field in ["return_url", "success_url"] {
        if body.get(field).is_some_and(|url| !url.is_string()) {
            wrong.push(Wrong::type_of(field, "a string"));
        }
    }
    let are_emails = |emails: &Vec<Value>| emails.len() <= MAX_EMAILS && emails.iter().all(Value::is_string);
    if body.get("it_contact_emails").is_some_and(|emails| !emails.as_array().is_some_and(are_emails)) {
        wrong.push(Wrong::type_of("it_contact_emails", "a list of at most 20 strings"));
    }
    wrong
}

/// What stands behind a link.
pub async fn page() -> &'static str {
    "The Admin Portal isn't part of the emulator. On the service, this link would have opened it.\n"
}
