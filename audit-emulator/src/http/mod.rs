//! The service's interface: which path is answered by whom.

mod configuration;
mod events;
mod exports;
mod idempotency;
mod organizations;
mod portal;
mod retention;
mod schemas;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};

use crate::state::App;
use crate::web::{auth, fault, in_time, method_not_allowed};

/// In front of each handler, outermost first: the key, what becomes of events that can't be read, faults, time.
pub fn router(app: &App) -> Router {
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
        .layer(from_fn_with_state(app.clone(), fault::around))
        .layer(from_fn_with_state(app.clone(), events::keep_unread))
        .layer(from_fn_with_state(app.clone(), auth::require_key))
        .with_state(app.clone())
}
