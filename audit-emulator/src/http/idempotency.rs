//! The header `Idempotency-Key`.

use axum::http::HeaderMap;

use crate::refusal::{Answered, Refusal};

/// The longest key; the service documents none.
const MAX_KEY_BYTES: usize = 255;

/// The key; `None` where it is empty.
pub fn key(headers: &HeaderMap) -> Answered<Option<String>> {
    let Some(value) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    match value.to_str() {
        Ok("") => Ok(None),
        Ok(key) if key.len() <= MAX_KEY_BYTES => Ok(Some(key.to_owned())),
        _ => {
            let message =
                format!("Idempotency-Key must have at most {MAX_KEY_BYTES} ASCII characters.");
            Err(Refusal::bad_request(message))
        }
    }
}
