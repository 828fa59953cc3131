//! Headers that every answer has.

use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::response::Response;

use crate::clock::Millis;
use crate::id;
use crate::page::POLICY;

/// The service names each answer so; its clients show it in errors.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Adds them; a handler's own `Cache-Control` and policy stay.
pub fn add(response: &mut Response, now: Millis) {
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(POLICY));
    if let Ok(id) = HeaderValue::from_str(&id::ulid(now)) {
        headers.insert(REQUEST_ID, id);
    }
}
