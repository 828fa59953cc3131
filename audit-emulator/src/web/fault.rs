//! Injects a fault into a request: before it is carried out, or after.

use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::body;
use crate::fault::{Disconnect, Injected};
use crate::refusal::{Answered, Reason, Refusal};
use crate::state::App;

/// In a response's extensions: close the connection instead of sending it.
#[derive(Clone, Copy, Debug)]
pub struct Disconnected;

/// Around every handler of the service. The body is read first, so that a client that gives up while we wait finds its request carried out.
pub async fn around(State(app): State<App>, request: Request, next: Next) -> Answered<Response> {
    let (parts, body) = request.into_parts();
    let injected = app.faults.next(parts.method.as_str(), parts.uri.path());
    let fault = injected.as_ref().map(|injected| &injected.fault);
    let delay = fault.map_or(Duration::ZERO, |fault| fault.delay);
    let disconnect = fault.and_then(|fault| fault.disconnect);
    if disconnect == Some(Disconnect::BeforeCommit) {
        tokio::time::sleep(delay).await;
        return Ok(disconnected());
    }
    let request = Request::from_parts(parts, Body::from(body::read(body).await?));
    let replaced = injected
        .as_ref()
        .filter(|injected| injected.fault.status.is_some() || injected.wait.is_some());
    if disconnect.is_some() || fault.is_some_and(|fault| fault.commit) {
        let response = next.run(request).await;
        tokio::time::sleep(delay).await;
        return Ok(match replaced {
            _ if disconnect.is_some() => disconnected(),
            Some(injected) => instead(injected),
            None => response,
        });
    }
    tokio::time::sleep(delay).await;
    Ok(match replaced {
        Some(injected) => instead(injected),
        None => next.run(request).await,
    })
}

fn disconnected() -> Response {
    let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
    response.extensions_mut().insert(Disconnected);
    response
}

/// The response that the fault gives.
fn instead(injected: &Injected) -> Response {
    let status = injected
        .fault
        .status
        .and_then(|status| StatusCode::from_u16(status).ok());
    let status = status.unwrap_or(StatusCode::TOO_MANY_REQUESTS);
    let mut response = match &injected.fault.body {
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
    if let Some(value) = retry_after(injected) {
        response.headers_mut().insert(RETRY_AFTER, value);
    }
    response
}

fn retry_after(injected: &Injected) -> Option<HeaderValue> {
    if let Some(text) = &injected.fault.retry_after {
        return HeaderValue::from_str(text).ok();
    }
    let wait = injected.wait?;
    let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    Some(seconds.max(1).into())
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
