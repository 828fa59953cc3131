//! `/_emulator/`: what the service doesn't have. Rules and the clock want a key.

mod clock;
mod faults;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use crate::http::{auth, method_not_allowed};
use crate::state::App;

/// All below `/_emulator/`.
pub fn router(app: &App) -> Router {
    Router::new()
        .route("/_emulator/faults", get(faults::list).post(faults::add).delete(faults::clear))
        .route("/_emulator/clock", post(clock::advance))
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_fn_with_state(app.clone(), auth::require_key))
        .with_state(app.clone())
}
