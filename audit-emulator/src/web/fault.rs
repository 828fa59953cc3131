//! Injects a fault into a request: before it is carried out, or after.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::body;
use crate::fault::{Disconnect, Injected};
use crate::refusal::{Answered, Refusal, Said};
use crate::state::App;

/// In a response's extensions: close the connection instead of sending it.
#[derive(Clone, Copy, Debug)]
pub struct Disconnected;

/// Around every handler of the service. The body is read first, so that a client that gives up while we wait finds its request carried out.
pub async fn around(State(app): State<App>, request: Request, next: Next) -> Answered<Response> {
    let (parts, body) = request.into_parts();
    let injected = app.faults.next(parts.method.as_str(), parts.uri.path());
    if let Some(injected) = &injected
        && injected.fault.disconnect == Some(Disconnect::BeforeCommit)
    {
        wait(injected).await;
        return Ok(disconnected());
    }
    let request = Request::from_parts(parts, Body::from(body::read(body).await?));
    Ok(match injected {
        None => next.run(request).await,
        Some(injected) if injected.fault.commit || injected.fault.disconnect.is_some() => {
            let response = next.run(request).await;
            wait(&injected).await;
            replace(&injected, response)
        }
        Some(injected) => {
            wait(&injected).await;
            if injected.fault.status.is_some() || injected.wait.is_some() {
                instead(&injected)
            } else {
                next.run(request).await
            }
        }
    })
}

async fn wait(injected: &Injected) {
    tokio::time::sleep(injected.fault.delay).await;
}

fn replace(injected: &Injected, response: Response) -> Response {
    match (injected.fault.disconnect, injected.fault.status) {
        (Some(_), _) => disconnected(),
        (None, Some(_)) => instead(injected),
        (None, None) => response,
    }
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
        None => Refusal {
            status,
            body: usual(status),
            header: None,
        }
        .into_response(),
    };
    // No reason of the service's.
    response.extensions_mut().remove::<Said>();
    if let Some(value) = retry_after(injected) {
        response.headers_mut().insert(RETRY_AFTER, value);
    }
    response
}

fn retry_after(injected: &Injected) -> Option<HeaderValue> {
    match (&injected.fault.retry_after, injected.wait) {
        (Some(text), _) => HeaderValue::from_str(text).ok(),
        (None, Some(wait)) => Some(HeaderValue::from(
            wait.as_secs()
                .saturating_add(u64::from(wait.subsec_nanos() > 0))
                .max(1),
        )),
        (None, None) => None,
    }
}

/// The service's own body for a status.
fn usual(status: StatusCode) -> Value {
    match status {
        StatusCode::TOO_MANY_REQUESTS => {
            json!({"message": "Too many requests.", "code": "rate_limit_exceeded"})
        }
        StatusCode::PAYLOAD_TOO_LARGE => body::too_large().body,
        _ => json!({"message": status.canonical_reason().unwrap_or("Error")}),
    }
}
