//! `/organizations`

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use serde_json::{Map, Value, json};

use super::idempotency;
use crate::clock::iso;
use crate::refusal::{Answered, Refusal, Wrong};
use crate::state::App;
use crate::store::change::{Change, ExternalId, Metadata};
use crate::store::idempotency::Scope;
use crate::store::organizations::{self, Domain, New, Organization};
use crate::web::body;
use crate::web::list::{self, Query, parameter};

/// `GET /organizations`
pub async fn list(State(app): State<App>, query: Query) -> Answered<Json<Value>> {
    let wanted = list::wanted(&query)?;
    let search = parameter(&query, "search").map(str::to_owned);
    let domains = domains(&query).map(|domains| Value::from(domains).to_string());
    let answer = app.transaction(move |_, transaction| {
        let page =
            organizations::list(transaction, search.as_deref(), domains.as_deref(), &wanted)?;
        list::envelope(page, &wanted, organization_json)
    });
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
    bytes: Bytes,
) -> Answered<(StatusCode, Json<Value>)> {
    let body = body::json(&headers, &bytes)?;
    idempotency::once(
        &app,
        Scope::Organizations,
        idempotency::key(&headers)?,
        move |state, transaction| {
            let new = read_new(&body).map_err(|wrong| Refusal::invalid(&wrong))?;
            let made = organizations::add(transaction, &new, state.now())?.ok_or_else(taken)?;
            Ok((StatusCode::CREATED, organization_json(&made)))
        },
    )
    .await
}

/// `GET /organizations/{id}`
pub async fn get(State(app): State<App>, Path(id): Path<String>) -> Answered<Json<Value>> {
    Ok(Json(organization_json(&find(&app, id).await?)))
}

/// `GET /organizations/external_id/{external_id}`
pub async fn get_by_external_id(
    State(app): State<App>,
    Path(external_id): Path<String>,
) -> Answered<Json<Value>> {
    let found = app.transaction(move |_, transaction| {
        let found = organizations::get_by_external_id(transaction, &external_id)?;
        found.ok_or_else(|| Refusal::not_found("Organization", &external_id))
    });
    Ok(Json(organization_json(&found.await?)))
}

/// `PUT /organizations/{id}`: what isn't sent stays.
pub async fn update(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Answered<Json<Value>> {
    let change = read(&body::json(&headers, &bytes)?).map_err(|wrong| Refusal::invalid(&wrong))?;
    let changed = app.transaction(move |state, transaction| {
        let before = organizations::get(transaction, &id)?
            .ok_or_else(|| Refusal::not_found("Organization", &id))?;
        organizations::update(transaction, before, change, state.now())?.ok_or_else(taken)
    });
    Ok(Json(organization_json(&changed.await?)))
}

/// `DELETE /organizations/{id}`: its events stay in the list of what arrived, and can't be exported any more.
pub async fn delete(State(app): State<App>, Path(id): Path<String>) -> Answered<StatusCode> {
    let deleted = app.transaction(move |_, transaction| {
        let there = organizations::delete(transaction, &id)?;
        if there {
            Ok(StatusCode::ACCEPTED)
        } else {
            Err(Refusal::not_found("Organization", &id))
        }
    });
    deleted.await
}

/// The organization, or 404.
pub async fn find(app: &App, id: String) -> Answered<Organization> {
    app.transaction(move |_, transaction| {
        organizations::get(transaction, &id)?.ok_or_else(|| Refusal::not_found("Organization", &id))
    })
    .await
}

fn taken() -> Refusal {
    Refusal::new(
        StatusCode::CONFLICT,
        "An organization with this external_id is there already.",
    )
}

fn read_new(body: &Value) -> Result<New, Vec<Wrong>> {
    let has_no_name = body
        .as_object()
        .is_some_and(|members| members.get("name").is_none_or(Value::is_null));
    let missing = has_no_name.then(|| Wrong::required("name"));
    let Change {
        name,
        external_id,
        metadata,
        domains,
    } = match (missing, read(body)) {
        (None, Ok(change)) => change,
        (missing, read) => {
            return Err(missing
                .into_iter()
                .chain(read.err().into_iter().flatten())
                .collect());
        }
    };
    let metadata = metadata.unwrap_or(Metadata::Cleared).over(&Value::Null);
    Ok(New {
        id: None,
        name: name.unwrap_or_default(),
        external_id: external_id.and_then(ExternalId::into_option),
        metadata,
        domains: domains.unwrap_or_default(),
    })
}

fn read(body: &Value) -> Result<Change, Vec<Wrong>> {
    let Some(members) = body.as_object() else {
        return Err(vec![Wrong::type_of("body", "an object")]);
    };
    let mut wrong = Vec::new();
    let name = match members.get("name") {
        None | Some(Value::Null) => None,
        Some(Value::String(name)) if !name.is_empty() => Some(name.clone()),
        Some(_) => {
            wrong.push(Wrong::type_of(
                "name",
                "a string with at least one character",
            ));
            None
        }
    };
    let external_id = match members.get("external_id") {
        None => None,
        Some(Value::Null) => Some(ExternalId::Removed),
        Some(Value::String(id)) => Some(ExternalId::Set(id.clone())),
        Some(_) => {
            wrong.push(Wrong::type_of("external_id", "a string"));
            None
        }
    };
    let (metadata, domains) = (
        metadata(members, &mut wrong),
        domain_data(members, &mut wrong),
    );
    if wrong.is_empty() {
        Ok(Change {
            name,
            external_id,
            metadata,
            domains,
        })
    } else {
        Err(wrong)
    }
}

/// Keys and their texts; `null` removes a key, or all of them.
fn metadata(members: &Map<String, Value>, wrong: &mut Vec<Wrong>) -> Option<Metadata> {
    match members.get("metadata")? {
        Value::Null => Some(Metadata::Cleared),
        Value::Object(metadata)
            if metadata
                .values()
                .all(|value| value.is_string() || value.is_null()) =>
        {
            Some(Metadata::Merged(metadata.clone()))
        }
        _ => {
            wrong.push(Wrong::type_of("metadata", "an object of strings"));
            None
        }
    }
}

fn domain_data(
    members: &Map<String, Value>,
    wrong: &mut Vec<Wrong>,
) -> Option<Vec<(String, String)>> {
    let given = members
        .get("domain_data")
        .filter(|given| !given.is_null())?
        .as_array();
    let read = |one: &Value| {
        let state = one
            .get("state")
            .filter(|state| !state.is_null())
            .map_or(Some("pending"), Value::as_str)?;
        let known = matches!(state, "pending" | "verified");
        known.then_some((one["domain"].as_str()?.to_owned(), state.to_owned()))
    };
    let domains: Option<Vec<_>> = given.and_then(|list| list.iter().map(read).collect());
    if domains.is_none() {
        wrong.push(Wrong::type_of(
            "domain_data",
            "a list of {\"domain\": …, \"state\": \"pending\" | \"verified\"}",
        ));
    }
    domains
}

fn organization_json(organization: &Organization) -> Value {
    let Organization {
        id,
        name,
        external_id,
        metadata,
        retention_days: _,
        created_at,
        updated_at,
        domains,
    } = organization;
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
    let Domain {
        id,
        name,
        state,
        created_at,
    } = domain;
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
