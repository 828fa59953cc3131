//! Injects a fault into a request: before it is carried out, or after.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::body;
use crate::fault::{Disconnect, Fault};
use crate::refusal::{Answered, Reason, Refusal};
use crate::state::App;

/// In a response's extensions: close the connection instead of sending it.
#[derive(Clone, Copy, Debug)]
pub struct Disconnected;

/// Around every handler of the service. The body is read first, so that a client that gives up while we wait finds its request carried out.
pub async fn around(State(app): State<App>, request: Request, next: Next) -> Answered<Response> {
    let (parts, body) = request.into_parts();
    let fault = app.faults.next(parts.method.as_str(), parts.uri.path());
    let fault = fault.unwrap_or_default();
    let wait = || tokio::time::sleep(fault.delay);
    if fault.disconnect == Some(Disconnect::BeforeCommit) {
        wait().await;
        return Ok(disconnected());
    }
    let request = Request::from_parts(parts, Body::from(body::read(body).await?));
    let commits_first = fault.commit || fault.disconnect.is_some();
    if !commits_first {
        wait().await;
        if let Some(status) = fault.status {
            return Ok(instead(&fault, status));
        }
    }
    let response = next.run(request).await;
    if commits_first {
        wait().await;
    }
    Ok(match fault.status {
        _ if fault.disconnect.is_some() => disconnected(),
        Some(status) => instead(&fault, status),
        None => response,
    })
}

fn disconnected() -> Response {
    let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
    response.extensions_mut().insert(Disconnected);
    response
}

/// The response that the fault gives.
fn instead(fault: &Fault, status: u16) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = match &fault.body {
        Some(Value::String(text)) => (
            status,
            [(CONTENT_TYPE, "text/html; charset=utf-8")],
            text.clone(),
        )
            .into_response(),
        Some(body) => (status, axum::Json(body)).into_response(),
        None => usual(status).into_response(),
    };
    // No reason of the service's.
    response.extensions_mut().remove::<Reason>();
    let retry_after = fault.retry_after.as_deref().map(HeaderValue::from_str);
    if let Some(Ok(value)) = retry_after {
        response.headers_mut().insert(RETRY_AFTER, value);
    }
    response
}

/// The service's own response of a status.
fn usual(status: StatusCode) -> Refusal {
    match status {
        StatusCode::TOO_MANY_REQUESTS => {
            Refusal::new(status, "Too many requests.").code("rate_limit_exceeded")
        }
        StatusCode::PAYLOAD_TOO_LARGE => body::too_large(),
        _ => Refusal::new(status, status.canonical_reason().unwrap_or("Error")),
    }
}
