//! `/organizations`

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use super::idempotency;
use crate::refusal::{Answered, Problems, Refusal};
use crate::state::App;
use crate::store::organizations::{self, Change, Organization};
use crate::store::{self, idempotency::Scope};
use crate::web::body::JsonBody;
use crate::web::list::{self, Query, parameter};

/// `GET /organizations`
pub async fn list(State(app): State<App>, query: Query) -> Answered<Json<Value>> {
    let request = list::request(&query)?;
    let search = parameter(&query, "search").map(str::to_owned);
    let domains = domains(&query).map(|domains| Value::from(domains).to_string());
    let answer = app.transaction(move |_, db| organizations::list(db, search, domains, &request));
    Ok(Json(answer.await?))
}

/// `domains=a.com,b.com`, `domains[]=a.com`, or several times.
fn domains(query: &Query) -> Option<Vec<String>> {
    let given = query
        .iter()
        .filter(|(key, _)| key == "domains" || key == "domains[]");
    let all: Vec<String> = given
        .flat_map(|(_, value)| value.split(','))
        .filter(|one| !one.is_empty())
        .map(str::to_owned)
        .collect();
    (!all.is_empty()).then_some(all)
}

/// `POST /organizations`
pub async fn create(
    State(app): State<App>,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Answered<(StatusCode, Json<Value>)> {
    let key = idempotency::key(&headers)?;
    let response = app.transaction(move |state, db| {
        store::idempotency::once(
            db,
            Scope::Organizations,
            key.as_deref(),
            state.now(),
            || {
                let new = read(&body, true)?;
                let organization =
                    organizations::add(db, None, new, state.now())?.ok_or_else(taken)?;
                Ok((StatusCode::CREATED, json!(organization)))
            },
        )
    });
    let (status, body) = response.await?;
    Ok((status, Json(body)))
}

/// `GET /organizations/{id}`
pub async fn get(State(app): State<App>, Path(id): Path<String>) -> Answered<Json<Value>> {
    Ok(Json(json!(find(&app, id).await?)))
}

/// `GET /organizations/external_id/{external_id}`
pub async fn get_by_external_id(
    State(app): State<App>,
    Path(external_id): Path<String>,
) -> Answered<Json<Value>> {
    let found = app.transaction(move |_, db| {
        let found = organizations::get_by_external_id(db, &external_id)?;
        found.ok_or_else(|| Refusal::not_found("Organization", &external_id))
    });
    Ok(Json(json!(found.await?)))
}

/// `PUT /organizations/{id}`: what isn't sent stays.
pub async fn update(
    State(app): State<App>,
    Path(id): Path<String>,
    JsonBody(body): JsonBody,
) -> Answered<Json<Value>> {
    let change = read(&body, false)?;
    let changed = app.transaction(move |state, db| {
        let before = organizations::existing(db, &id)?;
        organizations::update(db, before, change, state.now())?.ok_or_else(taken)
    });
    Ok(Json(json!(changed.await?)))
}

/// `DELETE /organizations/{id}`: its events stay in the list of what arrived, and can't be exported any more.
pub async fn delete(State(app): State<App>, Path(id): Path<String>) -> Answered<StatusCode> {
    let deleted = app.transaction(move |_, db| {
        organizations::require(db, &id)?;
        Ok(organizations::delete(db, &id)?)
    });
    deleted.await?;
    Ok(StatusCode::ACCEPTED)
}

/// The organization, or 404.
pub async fn find(app: &App, id: String) -> Answered<Organization> {
    app.transaction(move |_, db| organizations::existing(db, &id))
        .await
}

fn taken() -> Refusal {
    Refusal::new(
        StatusCode::CONFLICT,
        "An organization with this external_id is there already.",
    )
}

/// The members of a body; those that are absent or, but for a required name, `null` stay out.
fn read(body: &Value, is_new: bool) -> Result<Change, Problems> {
    let mut problems = Problems::default();
    let Some(members) = problems.object(Some(body), "body") else {
        return Err(problems);
    };
    let mut member = |name, is_valid: fn(&Value) -> bool, expected| {
        let value = members.get(name);
        match value {
            None | Some(Value::Null) if is_new && name == "name" => problems.required(name),
            Some(value) if !value.is_null() && !is_valid(value) => {
                problems.expected(name, expected);
            }
            _ => {}
        }
        value
    };
    let name = member(
        "name",
        |name| name.as_str().is_some_and(|name| !name.is_empty()),
        "a string with at least one character",
    );
    let external_id = member("external_id", Value::is_string, "a string");
    let metadata = member("metadata", is_metadata, "an object of strings");
    let domains = member(
        "domain_data",
        |list| domains_in(list).is_some(),
        "a list of {\"domain\": …, \"state\": \"pending\" | \"verified\"}",
    );
    problems.check()?;
    Ok(Change {
        name: name.and_then(Value::as_str).map(str::to_owned),
        external_id: external_id.cloned(),
        metadata: metadata.cloned(),
        domains: domains.and_then(domains_in),
    })
}

/// Whether the value is an object of strings and, for keys to remove, `null`.
fn is_metadata(value: &Value) -> bool {
    let is_text = |value: &Value| value.is_string() || value.is_null();
    value
        .as_object()
        .is_some_and(|members| members.values().all(is_text))
}

/// The domains of `domain_data`, each with its state; `None` where it is malformed.
fn domains_in(list: &Value) -> Option<Vec<(String, String)>> {
    let domain = |one: &Value| {
        let state = match &one["state"] {
            Value::Null => "pending",
            state => state.as_str()?,
        };
        let is_known = matches!(state, "pending" | "verified");
        is_known.then_some((one["domain"].as_str()?.to_owned(), state.to_owned()))
    };
    list.as_array()?.iter().map(domain).collect()
}
