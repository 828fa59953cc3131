//! `/_emulator/`: what the service doesn't have. Faults and the clock want a key, a file its secret address; looking wants nothing.

mod clock;
mod events;
mod exports;
mod faults;
pub mod portal;
mod schemas;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};

use crate::state::App;
use crate::web::{auth, in_time, method_not_allowed};

/// All below `/_emulator/`.
pub fn router(app: &App) -> Router {
    let with_key = Router::new()
        .route(
            "/_emulator/faults",
            get(faults::list).post(faults::add).delete(faults::clear),
        )
        .route("/_emulator/clock", post(clock::advance))
        .layer(from_fn_with_state(app.clone(), auth::require_key));
    let for_people = Router::new()
        .route("/_emulator/events", get(events::list))
        .route("/_emulator/stream", get(events::stream))
        .route("/_emulator/schemas", get(schemas::list))
        .layer(from_fn(in_time));
    let for_everybody = Router::new()
        .route("/_emulator/exports/{id}/{file}", get(exports::download))
        .route(portal::PATH, get(portal::page));
    let all = with_key.merge(for_people).merge(for_everybody);
    all.method_not_allowed_fallback(method_not_allowed)
        .with_state(app.clone())
}
