//! How a request's body is read: at most 100 KiB, in time, JSON and nothing else.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use http_body_util::BodyExt;
use serde_json::Value;

use crate::number::{MAX_DEPTH, as_doubles, is_too_deep};
use crate::refusal::{Answered, Refusal};

/// The service's limit isn't documented; its wording is that of a body parser whose default this is.
pub const MAX_BODY_BYTES: usize = 102_400;
/// So much more is read and thrown away, so that a client that writes first and reads then sees the answer.
const MAX_DISCARDED: usize = 16 * 1024 * 1024;
/// The byte order mark, which JavaScript's parsers of bodies skip.
pub const BOM: &[u8] = b"\xef\xbb\xbf";
/// How long a request may take to arrive.
const READ_TIMEOUT: Duration = Duration::from_secs(30);

/// Reads all of it.
pub async fn read(body: Body) -> Answered<Bytes> {
    match tokio::time::timeout(READ_TIMEOUT, collect(body)).await {
        Ok(read) => read,
        Err(_) => Err(Refusal::new(
            StatusCode::REQUEST_TIMEOUT,
            "The request's body didn't arrive within 30 seconds.",
        )),
    }
}

async fn collect(mut body: Body) -> Answered<Bytes> {
    let (mut kept, mut seen) = (Vec::new(), 0);
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| {
            Refusal::bad_request(format!("The request's body ended early: {error}"))
        })?;
        let Ok(bytes) = frame.into_data() else {
            continue;
        };
        seen += bytes.len();
        if seen <= MAX_BODY_BYTES {
            kept.extend_from_slice(&bytes);
        } else if seen > MAX_DISCARDED {
            break;
        }
    }
    if seen > MAX_BODY_BYTES {
        Err(too_large())
    } else {
        Ok(kept.into())
    }
}

/// Worded as the service's body parser does.
pub fn too_large() -> Refusal {
    Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "request entity too large")
}

/// The JSON body of a request.
pub struct JsonBody(pub Value);

impl<S: Sync> FromRequest<S> for JsonBody {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Answered<Self> {
        let (parts, body) = request.into_parts();
        json(&parts.headers, &read(body).await?).map(Self)
    }
}

/// The body as a JavaScript server holds it.
pub fn json(headers: &HeaderMap, body: &[u8]) -> Answered<Value> {
    check_headers(headers)?;
    let mut value: Value = serde_json::from_slice(body.strip_prefix(BOM).unwrap_or(body))
        .map_err(|error| Refusal::bad_request(format!("The body isn't JSON: {error}")))?;
    if is_too_deep(&value) {
        let message = format!(
            "The body is nested more than {MAX_DEPTH} levels deep, which is more than this emulator takes."
        );
        return Err(Refusal::bad_request(message));
    }
    as_doubles(&mut value);
    Ok(value)
}

fn check_headers(headers: &HeaderMap) -> Result<(), Refusal> {
    let said = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let media_type = said.split(';').next().unwrap_or_default().trim();
    if !media_type.eq_ignore_ascii_case("application/json") {
        let message = format!(
            "The body has to be JSON, sent with `Content-Type: application/json`; the header says {said:?}."
        );
        return Err(Refusal::bad_request(message));
    }
    match headers.get(CONTENT_ENCODING) {
        Some(coding) if coding != "identity" => Err(Refusal::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "The emulator reads no compressed bodies.",
        )),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use futures_util::stream;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_body_that_never_ends_is_not_waited_for() {
        let forever = stream::pending::<Result<Bytes, std::io::Error>>();
        let refusal = read(Body::from_stream(forever)).await.unwrap_err();
        assert_eq!(refusal.status, StatusCode::REQUEST_TIMEOUT);
    }

    #[tokio::test]
    async fn a_body_that_breaks_off_is_told() {
        let broken = stream::iter([
            Ok(Bytes::from_static(b"{")),
            Err(std::io::Error::other("reset")),
        ]);
        let refusal = read(Body::from_stream(broken)).await.unwrap_err();
        assert_eq!(refusal.status, StatusCode::BAD_REQUEST);
    }
}
