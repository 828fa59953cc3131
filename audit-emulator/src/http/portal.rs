//! `/portal`: links to an Admin Portal that isn't there.

use std::sync::LazyLock;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jsonschema::Validator;
use serde_json::{Value, json};

use super::organizations;
use crate::check::absent;
use crate::control::portal::PATH;
use crate::refusal::{Answered, Problems};
use crate::state::App;
use crate::store::portal;
use crate::web::body::JsonBody;

/// What the portal can be opened for.
const INTENTS: [&str; 7] = [
    "sso",
    "dsync",
    "audit_logs",
    "log_streams",
    "domain_verification",
    "certificate_renewal",
    "bring_your_own_key",
];
/// What may be left out, or be `null`.
const OPTIONAL: [&str; 5] = [
    "intent",
    "return_url",
    "success_url",
    "external_user_id",
    "it_contact_emails",
];
/// As the API document says.
const MAX_EMAILS: usize = 20;

/// `POST /portal/generate_link`: a link, to an organization that is there.
pub async fn generate_link(
    State(app): State<App>,
    JsonBody(mut body): JsonBody,
) -> Answered<(StatusCode, Json<Value>)> {
    absent::in_members(&mut body, &OPTIONAL);
    check(&body)?;
    let organization = organizations::find(&app, text(&body, "organization")).await?;
    let user = body["external_user_id"].as_str().map(str::to_owned);
    let added = app.transaction(move |state, db| {
        Ok(portal::add(
            db,
            &organization.id,
            user.as_deref(),
            state.now(),
        )?)
    });
    let link = format!("{}{PATH}?token={}", app.url, added.await?);
    Ok((StatusCode::CREATED, Json(json!({"link": link}))))
}

/// `POST /portal/revoke_link`: the links of one user of an organization lead nowhere any more.
pub async fn revoke_link(State(app): State<App>, JsonBody(body): JsonBody) -> Answered<StatusCode> {
    let mut problems = Problems::default();
    for field in ["organization", "external_user_id"] {
        problems.text(body.get(field), field);
    }
    problems.check()?;
    let organization = organizations::find(&app, text(&body, "organization")).await?;
    let user = text(&body, "external_user_id");
    app.transaction(move |_, db| Ok(portal::revoke(db, &organization.id, &user)?))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

fn check(body: &Value) -> Result<(), Problems> {
    let mut problems = Problems::default();
    problems.text(body.get("organization"), "organization");
    if let Some(intent) = body.get("intent")
        && !INTENTS.iter().any(|known| intent == known)
    {
        let message = format!("intent must be one of {}", INTENTS.join(", "));
        problems.value("intent", message);
    }
    for field in ["return_url", "success_url", "external_user_id"] {
        if body.get(field).is_some_and(|text| !text.is_string()) {
            problems.expected(field, "a string");
        }
    }
    let are_emails = |emails: &Vec<Value>| {
        let is_email = |email: &Value| email.as_str().is_some_and(is_email);
        emails.len() <= MAX_EMAILS && emails.iter().all(is_email)
    };
    let field = "it_contact_emails";
    if body
        .get(field)
        .is_some_and(|emails| !emails.as_array().is_some_and(are_emails))
    {
        problems.expected(field, "a list of at most 20 email addresses");
    }
    problems.check()
}

fn text(body: &Value, field: &str) -> String {
    body[field].as_str().unwrap_or_default().to_owned()
}

/// Whether it is an address as `format: email` of the API document means it, at a domain with a dot.
fn is_email(text: &str) -> bool {
    static EMAIL: LazyLock<Validator> = LazyLock::new(|| {
        let options = jsonschema::options().should_validate_formats(true);
        let validator = options.build(&json!({"format": "email"}));
        validator.unwrap_or_else(|_| unreachable!("the schema is always the same"))
    });
    let domain = text.rsplit_once('@').map(|(_, domain)| domain);
    domain.is_some_and(|domain| domain.contains('.')) && EMAIL.is_valid(&json!(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_name_and_a_domain() {
        for text in [
            "a@b.example",
            "first.last+tag@mail.example.com",
            "o'neil@b-c.example",
        ] {
            assert!(is_email(text), "{text}");
        }
        for text in [
            "",
            "a",
            "a@",
            "@b.example",
            "a@b",
            "a b@c.example",
            "a@b..example",
            ".a@b.example",
            "a@-b.example",
            "a@b@c",
        ] {
            assert!(!is_email(text), "{text}");
        }
    }
}
