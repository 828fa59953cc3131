//! Lets a request through, or spoils it: before it is carried out, or after.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::body;
use crate::fault::{Cut, Fault};
use crate::refusal::{Answered, Refusal, Said};
use crate::state::App;

/// In a response's extensions: cut the connection instead of sending it.
#[derive(Clone, Copy, Debug)]
pub struct CutOff;

/// Around every handler of the service. The body is read first, so that a client that gives up while we wait finds its request carried out.
pub async fn around(State(app): State<App>, request: Request, next: Next) -> Answered<Response> {
    let (parts, body) = request.into_parts();
    let fault = app.faults.next(parts.method.as_str(), parts.uri.path());
    if fault
        .as_ref()
        .is_some_and(|fault| fault.rule.drop == Some(Cut::Before))
    {
        wait(fault.as_ref()).await;
        return Ok(cut());
    }
    let request = Request::from_parts(parts, Body::from(body::read(body).await?));
    Ok(match fault {
        None => next.run(request).await,
        Some(fault) if fault.rule.commit || fault.rule.drop == Some(Cut::After) => {
            let response = next.run(request).await;
            wait(Some(&fault)).await;
            spoil(&fault, response)
        }
        Some(fault) => {
            wait(Some(&fault)).await;
            if fault.rule.status.is_some() || fault.wait.is_some() {
                instead(&fault)
            } else {
                next.run(request).await
            }
        }
    })
}

async fn wait(fault: Option<&Fault>) {
    if let Some(fault) = fault {
        tokio::time::sleep(fault.rule.delay).await;
    }
}

fn spoil(fault: &Fault, response: Response) -> Response {
    match (fault.rule.drop, fault.rule.status) {
        (Some(_), _) => cut(),
        (None, Some(_)) => instead(fault),
        (None, None) => response,
    }
}

fn cut() -> Response {
    let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
    response.extensions_mut().insert(CutOff);
    response
}

/// The answer that the rule gives.
fn instead(fault: &Fault) -> Response {
    let wanted = fault
        .rule
        .status
        .and_then(|status| StatusCode::from_u16(status).ok());
    let status = wanted.unwrap_or(StatusCode::TOO_MANY_REQUESTS);
    let mut response = match &fault.rule.body {
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
    if let Some(value) = retry_after(fault) {
        response.headers_mut().insert(RETRY_AFTER, value);
    }
    response
}

fn retry_after(fault: &Fault) -> Option<HeaderValue> {
    match (&fault.rule.retry_after, fault.wait) {
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
