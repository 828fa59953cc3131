//! The service's interface: which path is answered by whom.

pub mod auth;
pub mod body;
mod configuration;
mod events;
mod exports;
pub mod headers;
mod host;
mod idempotency;
mod kept;
pub mod list;
mod organizations;
pub mod portal;
pub mod refusal;
mod retention;
pub mod schemas;

use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::{Method, StatusCode, Uri};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::{get, post};

use crate::fault;
use crate::state::{Answered, App};
use refusal::Refusal;

/// How long a request may be worked on.
const PATIENCE: Duration = Duration::from_secs(30);

/// Everything: the service's interface, ours, the page.
pub fn router(app: &App) -> Router {
    let all = service(app)
        .merge(crate::control::router(app))
        .merge(crate::page::router(app))
        .fallback(not_found);
    all.layer(from_fn_with_state(app.clone(), host::require_own))
}

/// Whether a path is part of the service's interface, and not of ours.
pub fn is_service(path: &str) -> bool {
    path != "/" && path != "/_emulator" && !path.starts_with("/_emulator/")
}

/// In front of each handler, outermost first: the key, what becomes of events that can't be read, faults, time.
fn service(app: &App) -> Router {
    Router::new()
        .route("/audit_logs/actions", get(schemas::actions))
        .route(
            "/audit_logs/actions/{action}/schemas",
            get(schemas::list).post(schemas::create),
        )
        .route("/audit_logs/events", post(events::create))
        .route("/audit_logs/exports", post(exports::create))
        .route("/audit_logs/exports/{id}", get(exports::get))
        .route(
            "/organizations",
            get(organizations::list).post(organizations::create),
        )
        .route(
            "/organizations/external_id/{external_id}",
            get(organizations::get_by_external_id),
        )
        .route(
            "/organizations/{id}",
            get(organizations::get)
                .put(organizations::update)
                .delete(organizations::delete),
        )
        .route(
            "/organizations/{id}/audit_logs_retention",
            get(retention::get).put(retention::set),
        )
        .route(
            "/organizations/{id}/audit_log_configuration",
            get(configuration::get),
        )
        .route("/portal/generate_link", post(portal::generate_link))
        .route("/portal/revoke_link", post(portal::revoke_link))
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_fn(in_time))
        .layer(from_fn_with_state(app.clone(), fault::middleware::around))
        .layer(from_fn_with_state(app.clone(), events::keep_unread))
        .layer(from_fn_with_state(app.clone(), auth::require_key))
        .with_state(app.clone())
}

/// Cuts off what takes too long.
pub async fn in_time(request: Request, next: Next) -> Answered<Response> {
    let late = |_| {
        Refusal::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "The emulator didn't answer within 30 seconds.",
        )
    };
    tokio::time::timeout(PATIENCE, next.run(request))
        .await
        .map_err(late)
}

async fn not_found(method: Method, uri: Uri) -> Refusal {
    let mut refusal = Refusal::new(
        StatusCode::NOT_FOUND,
        format!("Cannot {method} {}", uri.path()),
    );
    refusal.body["error"] = "Not Found".into();
    refusal
}

/// `axum` adds the header `Allow`.
pub async fn method_not_allowed(method: Method, uri: Uri) -> Refusal {
    let mut refusal = Refusal::new(
        StatusCode::METHOD_NOT_ALLOWED,
        format!("Cannot {method} {}", uri.path()),
    );
    refusal.body["error"] = "Method Not Allowed".into();
    refusal
}
