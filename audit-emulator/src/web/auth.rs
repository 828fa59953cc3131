//! Authentication: a request has to send a key.

use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

use crate::refusal::{Answered, Refusal};
use crate::state::App;

/// Rejects requests without a key that is taken. The key is never repeated.
pub async fn require_key(
    State(app): State<App>,
    request: Request,
    next: Next,
) -> Answered<Response> {
    let sent = request
        .headers()
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    if sent.is_some_and(|value| app.keys.take(value)) {
        return Ok(next.run(request).await);
    }
    let refusal = Refusal::new(StatusCode::UNAUTHORIZED, "Unauthorized");
    Err(refusal.header(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer")))
}
