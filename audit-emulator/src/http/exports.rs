//! `/audit_logs/exports`: ordered, then looked at until it is ready, then fetched as CSV.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::check::time;
use crate::clock::{HOUR, Millis, months_before};
use crate::refusal::{Answered, Refusal};
use crate::state::App;
use crate::store::exports::{self, Export, Filter};
use crate::store::organizations;
use crate::web::body::JsonBody;

/// Older events can't be exported.
const MONTHS: i64 = 3;

/// `POST /audit_logs/exports`
pub async fn create(
    State(app): State<App>,
    JsonBody(body): JsonBody,
) -> Answered<(StatusCode, Json<Export>)> {
    let filter = read(&body)?;
    check_range(&filter, app.now())?;
    let ordered = app.transaction(move |state, db| {
        organizations::require(db, &filter.organization_id)?;
        Ok(exports::add(db, &filter, state.now())?)
    });
    Ok((StatusCode::CREATED, Json(ordered.await?)))
}

/// `GET /audit_logs/exports/{id}`: ready, with an address that lives for 10 minutes.
pub async fn get(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Answered<Json<Export>> {
    let found = app.transaction(move |state, db| {
        exports::fetch(db, &id, state.now())?
            .ok_or_else(|| Refusal::not_found("Audit Log Export", &id))
    });
    let (mut export, token) = found.await?;
    let base = base(&app.url, &headers);
    export.url = Some(format!(
        "{base}/_emulator/exports/{}/{token}.csv",
        export.id
    ));
    Ok(Json(export))
}

/// As the client reaches us: it may know this machine by another name than we do.
fn base(url: &str, headers: &HeaderMap) -> String {
    let host = headers.get("host").and_then(|host| host.to_str().ok());
    let is_plain = |host: &&str| {
        !host.is_empty()
            && host
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte))
    };
    host.filter(is_plain)
        .map_or_else(|| url.to_owned(), |host| format!("http://{host}"))
}

/// Midnight of its day: a date includes the whole day.
fn day_of(time: Millis) -> Millis {
    time - time.rem_euclid(24 * HOUR)
}

fn check_range(filter: &Filter, now: Millis) -> Answered<()> {
    let refuse = |why: &str| {
        let message = format!("Invalid date range: {why}");
        Err(Refusal::bad_request(message).code("invalid_audit_log_export_range_date"))
    };
    if filter.start >= filter.end {
        refuse("range_start must be before range_end")
    } else if filter.start < day_of(months_before(now, MONTHS)) {
        refuse("range_start must not be more than three months ago")
    } else {
        Ok(())
    }
}

/// The ordered export; the error names all problems.
fn read(body: &Value) -> Answered<Filter> {
    let mut problems = Vec::new();
    let organization_id = body["organization_id"].as_str().unwrap_or_else(|| {
        problems.push("organization_id must be a string".to_owned());
        ""
    });
    let mut range = |field: &str| {
        time::parse(body[field].as_str().unwrap_or_default()).unwrap_or_else(|| {
            problems.push(format!("{field} must be a valid ISO 8601 date string"));
            0
        })
    };
    let (start, end) = (range("range_start"), range("range_end"));
    let mut list = |field: &str| {
        let list = Option::<Vec<String>>::deserialize(&body[field]);
        let list = list.unwrap_or_else(|_| {
            problems.push(format!("each value in {field} must be a string"));
            None
        });
        list.unwrap_or_default()
    };
    let (actions, mut actor_names, actor_ids) =
        (list("actions"), list("actor_names"), list("actor_ids"));
    actor_names.extend(list("actors"));
    let targets = list("targets");
    if !problems.is_empty() {
        let mut refusal = Refusal::bad_request("");
        refusal.body = json!({"message": problems, "error": "Bad Request"});
        return Err(refusal);
    }
    Ok(Filter {
        organization_id: organization_id.to_owned(),
        start,
        end,
        actions,
        actor_names,
        actor_ids,
        targets,
    })
}
