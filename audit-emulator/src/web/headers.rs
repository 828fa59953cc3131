//! The headers of every response.

use axum::http::HeaderValue;
use axum::response::Response;

use crate::clock::Millis;
use crate::id;

/// Scripts, styles and requests of our own alone; nothing inline, no frames, no forms, and no text that becomes markup. Sent with every answer.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// The headers of every response, unless its handler has set them.
const DEFAULTS: [(&str, &str); 7] = [
    ("cache-control", "no-store"),
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    // Other pages get no hold of a window or a response of ours.
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    // The page writes to the clipboard and needs nothing else.
    (
        "permissions-policy",
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// Adds the headers of every response.
pub fn add(response: &mut Response, now: Millis) {
    let headers = response.headers_mut();
    for (name, value) in DEFAULTS {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    // The service names each response so; its clients show it in errors.
    if let Ok(id) = HeaderValue::from_str(&id::ulid(now)) {
        headers.insert("x-request-id", id);
    }
}
