//! Authentication: a request has to send a key.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::refusal::Refusal;
use crate::state::App;

/// Rejects requests without a key that is taken. The key is never repeated.
pub async fn require_key(State(app): State<App>, request: Request, next: Next) -> Response {
    let sent = request
        .headers()
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    if sent.is_some_and(|value| app.keys.take(value)) {
        return next.run(request).await;
    }
    let refusal = Refusal::new(StatusCode::UNAUTHORIZED, "Unauthorized");
    ([(WWW_AUTHENTICATE, "Bearer")], refusal).into_response()
}
