//! HTTP for all endpoints: authentication, bodies, lists, faults, headers.

pub mod auth;
pub mod body;
pub mod fault;
pub mod headers;
pub mod host;
pub mod kept;
pub mod list;

use std::time::Duration;

use axum::extract::Request;
use axum::http::{Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::Response;

use crate::refusal::{Answered, Refusal};

/// How long a request may be worked on.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Cuts off what takes too long.
pub async fn in_time(request: Request, next: Next) -> Answered<Response> {
    let late = |_| {
        Refusal::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "The emulator didn't answer within 30 seconds.",
        )
    };
    tokio::time::timeout(TIMEOUT, next.run(request))
        .await
        .map_err(late)
}

/// The response for an unknown path.
pub async fn not_found(method: Method, uri: Uri) -> Refusal {
    cannot(StatusCode::NOT_FOUND, &method, &uri)
}

/// `axum` adds the header `Allow`.
pub async fn method_not_allowed(method: Method, uri: Uri) -> Refusal {
    cannot(StatusCode::METHOD_NOT_ALLOWED, &method, &uri)
}

fn cannot(status: StatusCode, method: &Method, uri: &Uri) -> Refusal {
    let mut refusal = Refusal::new(status, format!("Cannot {method} {}", uri.path()));
    refusal.body["error"] = status.canonical_reason().into();
    refusal
}
