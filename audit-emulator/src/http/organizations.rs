//! `/organizations`

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use serde_json::{Map, Value, json};

use super::body;
use super::list::{self, Query, parameter};
use super::refusal::{Refusal, Wrong};
use crate::clock::iso;
use crate::state::{Answered, App};
use crate::store::organizations::{self, Domain, New, Organization};

/// `GET /organizations`
pub async fn list(State(app): State<App>, query: Query) -> Answered<Json<Value>> {
    let wanted = list::wanted(&query)?;
    let search = parameter(&query, "search").map(str::to_owned);
    let domains = domains(&query).map(|domains| Value::from(domains).to_string());
    let answer = app.transaction(move |_, transaction| {
        let page = organizations::list(transaction, search.as_deref(), domains.as_deref(), &wanted)?;
        list::envelope(page, &wanted, organization_json)
    });
    Ok(Json(answer.await?))
}

/// `domains=a.com,b.com`, `domains[]=a.com`, or several times.
fn domains(query: &Query) -> Option<Vec<String>> {
    let given = query.iter().filter(|(key, _)| key == "domains" || key == "domains[]");
    let all: Vec<String> = given.flat_map(|(_, value)| value.split(',')).filter(|one| !one.is_empty()).map(str::to_owned).collect();
    (!all.is_empty()).then_some(all)
}

/// `POST /organizations`
pub async fn create(State(app): State<App>, headers: HeaderMap, bytes: Bytes) -> Answered<(StatusCode, Json<Value>)> {
    let new = read(&body::json(&headers, &bytes)?).map_err(|wrong| Refusal::invalid(&wrong))?;
    let made = app.transaction(move |state, transaction| {
        let taken = || Refusal::new(StatusCode::CONFLICT, "An organization with this external_id is there already.");
        organizations::add(transaction, &new, state.now())?.ok_or_else(taken)
    });
    Ok((StatusCode::CREATED, Json(organization_json(&made.await?))))
}

/// `GET /organizations/{id}`
pub async fn get(State(app): State<App>, Path(id): Path<String>) -> Answered<Json<Value>> {
    Ok(Json(organization_json(&find(&app, id).await?)))
}

/// The organization, or 404.
pub async fn find(app: &App, id: String) -> Answered<Organization> {
    app.transaction(move |_, transaction| {
        organizations::get(transaction, &id)?.ok_or_else(|| Refusal::not_found("Organization", &id))
    })
    .await
}

fn read(body: &Value) -> Result<New, Vec<Wrong>> {
    let Some(members) = body.as_object() else { return Err(vec![Wrong::type_of("body", "an object")]) };
    let mut wrong = Vec::new();
    let name = match members.get("name") {
        Some(Value::String(name)) if !name.is_empty() => name.clone(),
        Some(_) => {
            wrong.push(Wrong::type_of("name", "a string with at least one character"));
            String::new()
        }
        None => {
            wrong.push(Wrong::required("name"));
            String::new()
        }
    };
    let external_id = match members.get("external_id") {
        None | Some(Value::Null) => None,
        Some(Value::String(id)) => Some(id.clone()),
        Some(_) => {
            wrong.push(Wrong::type_of("external_id", "a string"));
            None
        }
    };
    let (metadata, domains) = (metadata(members, &mut wrong), domain_data(members, &mut wrong));
    if wrong.is_empty() { Ok(New { id: None, name, external_id, metadata, domains }) } else { Err(wrong) }
}

fn metadata(members: &Map<String, Value>, wrong: &mut Vec<Wrong>) -> Value {
    match members.get("metadata") {
        None | Some(Value::Null) => json!({}),
        Some(Value::Object(metadata)) if metadata.values().all(Value::is_string) => metadata.clone().into(),
        Some(_) => {
            wrong.push(Wrong::type_of("metadata", "an object of strings"));
            json!({})
        }
    }
}

fn domain_data(members: &Map<String, Value>, wrong: &mut Vec<Wrong>) -> Vec<(String, String)> {
    let given = match members.get("domain_data") {
        None | Some(Value::Null) => return Vec::new(),
        Some(given) => given.as_array(),
    };
    let read = |one: &Value| {
        let state = one.get("state").map_or(Some("pending"), Value::as_str)?;
        let known = matches!(state, "pending" | "verified");
        known.then_some((one["domain"].as_str()?.to_owned(), state.to_owned()))
    };
    let domains: Option<Vec<_>> = given.and_then(|list| list.iter().map(read).collect());
    domains.unwrap_or_else(|| {
        wrong.push(Wrong::type_of("domain_data", "a list of {\"domain\": …, \"state\": \"pending\" | \"verified\"}"));
        Vec::new()
    })
}

fn organization_json(organization: &Organization) -> Value {
    let Organization { id, name, external_id, metadata, retention_days: _, created_at, updated_at, domains } = organization;
    json!({
        "object": "organization",
        "id": id,
        "name": name,
        "allow_profiles_outside_organization": false,
        "domains": domains.iter().map(|domain| domain_json(domain, id)).collect::<Vec<_>>(),
        "metadata": metadata,
        "external_id": external_id,
        "created_at": iso(*created_at),
        "updated_at": iso(*updated_at),
    })
}

fn domain_json(domain: &Domain, organization: &str) -> Value {
    let Domain { id, name, state, created_at } = domain;
    let time = iso(*created_at);
    json!({
        "object": "organization_domain",
        "id": id,
        "organization_id": organization,
        "domain": name,
        "state": state,
        "created_at": time,
        "updated_at": time,
    })
}
