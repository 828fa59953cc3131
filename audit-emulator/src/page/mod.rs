//! The page for people: what stands at `/`, and what a browser may do with anything that we send.

use axum::Router;

/// Scripts, styles and requests of our own alone; nothing inline, no frames, no forms. Sent with every answer.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Nothing stands there yet; a file of the page is one more route.
pub fn router() -> Router {
    Router::new()
}
