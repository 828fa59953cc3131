//! `/portal`: links to an Admin Portal that isn't there.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use super::organizations;
use crate::check::absent;
use crate::control::portal::PATH;
use crate::refusal::{Answered, Refusal, Wrong};
use crate::state::App;
use crate::store::portal;
use crate::web::body;

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
    headers: HeaderMap,
    bytes: Bytes,
) -> Answered<(StatusCode, Json<Value>)> {
    let mut body = body::json(&headers, &bytes)?;
    absent::in_members(&mut body, &OPTIONAL);
    let wrong = check(&body);
    if !wrong.is_empty() {
        return Err(Refusal::invalid(&wrong));
    }
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
pub async fn revoke_link(
    State(app): State<App>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Answered<StatusCode> {
    let body = body::json(&headers, &bytes)?;
    let mut wrong = Vec::new();
    for field in ["organization", "external_user_id"] {
        required(&body, field, &mut wrong);
    }
    if !wrong.is_empty() {
        return Err(Refusal::invalid(&wrong));
    }
    let organization = organizations::find(&app, text(&body, "organization")).await?;
    let user = text(&body, "external_user_id");
    app.transaction(move |_, db| Ok(portal::revoke(db, &organization.id, &user)?))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

fn check(body: &Value) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    required(body, "organization", &mut wrong);
    if body.get("intent").is_some_and(|intent| {
        !intent
            .as_str()
            .is_some_and(|intent| INTENTS.contains(&intent))
    }) {
        wrong.push(Wrong::value(
            "intent",
            format!("intent must be one of {}", INTENTS.join(", ")),
        ));
    }
    for field in ["return_url", "success_url", "external_user_id"] {
        if body.get(field).is_some_and(|text| !text.is_string()) {
            wrong.push(Wrong::type_of(field, "a string"));
        }
    }
    let are_emails = |emails: &Vec<Value>| {
        emails.len() <= MAX_EMAILS
            && emails
                .iter()
                .all(|email| email.as_str().is_some_and(is_email))
    };
    if body
        .get("it_contact_emails")
        .is_some_and(|emails| !emails.as_array().is_some_and(are_emails))
    {
        wrong.push(Wrong::type_of(
            "it_contact_emails",
            "a list of at most 20 email addresses",
        ));
    }
    wrong
}

fn required(body: &Value, field: &str, wrong: &mut Vec<Wrong>) {
    match body.get(field) {
        Some(Value::String(_)) => {}
        Some(_) => wrong.push(Wrong::type_of(field, "a string")),
        None => wrong.push(Wrong::required(field)),
    }
}

fn text(body: &Value, field: &str) -> String {
    body[field].as_str().unwrap_or_default().to_owned()
}

/// Whether it is an address as `format: email` of the API document means it: the common form, without comments and quotes.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let is_atom = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&byte))
    };
    let is_label = |part: &str| {
        let inside = part
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        inside && (1..=63).contains(&part.len()) && !part.starts_with('-') && !part.ends_with('-')
    };
    local.len() <= 64
        && local.split('.').all(is_atom)
        && domain.contains('.')
        && domain.split('.').all(is_label)
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
