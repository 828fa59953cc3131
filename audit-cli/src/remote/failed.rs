//! Why a request failed, in words, and what follows from it.

use std::error::Error as StdError;
use std::time::{Duration, SystemTime};

use workos::transport::{TransportError, TransportErrorKind};
use workos::{ApiError, Error};

use super::{ApiKey, wait};
use crate::failure::Failure;
use crate::report::table::printable;
use crate::store::config::Environment;

/// So much of what an answer says is worth reading.
const SHOWN: usize = 300;

/// Whether the service did what it was asked, although it didn't say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    No,
    Perhaps,
    /// The time was up: perhaps it is still at it.
    PerhapsLater,
}

/// A request that wasn't answered as it should be.
#[derive(Clone, Debug)]
pub struct Failed {
    pub message: String,
    pub help: String,
    pub status: Option<u16>,
    pub done: Done,
    pub is_worth_a_retry: bool,
    /// Every other request would fail in the same way.
    pub is_general: bool,
    pub retry_after: Option<Duration>,
}

impl Failed {
    pub fn of(error: &Error, environment: &Environment, key: &ApiKey) -> Self {
        let mut failed = match error {
            Error::Api(answer) => of_answer(answer, environment, key),
            Error::Network(error) => of_transport(error, environment),
            Error::Decode(error) => of_garbage(error, environment),
            other => Self::strange(&format!("{} can't be asked: {other}", environment.url)),
        };
        failed.message = printable(&key.hide(&failed.message));
        failed
    }

    /// The service, or whoever answers in its place, isn't as it should be.
    pub fn strange(message: &str) -> Self {
        Self {
            message: message.into(),
            help: String::new(),
            status: None,
            done: Done::Perhaps,
            is_worth_a_retry: false,
            is_general: false,
            retry_after: None,
        }
    }

    /// A rate limit: nothing is wrong, and nothing was done.
    pub fn is_refused(&self) -> bool {
        self.status == Some(429)
    }

    pub fn into_failure(self) -> Failure {
        Failure::new(self.message).help(self.help)
    }
}

/// An answer that says no.
fn of_answer(answer: &ApiError, environment: &Environment, key: &ApiKey) -> Failed {
    let Environment {
        name,
        api_key_env,
        url,
    } = environment;
    let status = answer.status;
    let said = said(answer, key);
    let (message, help) = match status {
        401 => (
            format!("{url} doesn't know the API key in {api_key_env}{said}"),
            format!("set {api_key_env} to a key of {name}; every environment has its own"),
        ),
        403 => (
            format!("the API key in {api_key_env} has no permission for this{said}"),
            "give the key the permission to read and write audit logs in the service's dashboard"
                .into(),
        ),
        301..=303 | 307 | 308 => (
            format!(
                "{url} answers with a redirect ({status}), and the key is sent to no other address"
            ),
            format!("set `url` of `[environments.{name}]` in audit.toml to where it leads"),
        ),
        429 => (
            format!("{url} refuses more requests for now (429){said}"),
            "try again later: what is done is done".into(),
        ),
        _ => (format!("{url} answers {status}{said}"), String::new()),
    };
    let header = answer
        .headers
        .get("retry-after")
        .and_then(|value| value.to_str().ok());
    Failed {
        message,
        help,
        status: Some(status),
        // A gateway's word isn't the service's: it may have gone through.
        done: match status {
            408 | 504 => Done::PerhapsLater,
            500.. => Done::Perhaps,
            _ => Done::No,
        },
        is_worth_a_retry: matches!(status, 408 | 429 | 500 | 502 | 503 | 504),
        is_general: matches!(status, 300..=399 | 401 | 403 | 407),
        retry_after: header.and_then(|text| wait::retry_after(text, SystemTime::now())),
    }
}

/// `: Organization not found`, or nothing.
fn said(answer: &ApiError, key: &ApiKey) -> String {
    let text = answer.message.trim();
    if text.is_empty() {
        return String::new();
    }
    if text.starts_with('<') {
        return ": an HTML page, so a proxy or another server answers in the service's place"
            .into();
    }
    let mut errors =
        serde_json::from_slice::<serde_json::Value>(&answer.raw_body).unwrap_or_default();
    let errors = errors
        .get_mut("errors")
        .map(serde_json::Value::take)
        .filter(|errors| !errors.is_null());
    let whole = errors.map_or_else(|| text.to_owned(), |errors| format!("{text} {errors}"));
    // Before it is cut: a part of a key isn't recognised as well as all of it.
    let whole = key.hide(&whole);
    let short: String = whole.chars().take(SHOWN).collect();
    let more = if short.len() < whole.len() { "…" } else { "" };
    format!(": {short}{more}")
}

/// No answer.
fn of_transport(error: &TransportError, environment: &Environment) -> Failed {
    let url = &environment.url;
    let causes = causes(&*error.source);
    let lasts = lasts(&causes);
    let (message, help) = match error.kind {
        _ if causes.contains(NO_TLS) => (
            format!("{url} doesn't speak https"),
            format!(
                "is the address right? it is `url` of `[environments.{}]` in audit.toml; an emulator's begins with http://",
                environment.name
            ),
        ),
        TransportErrorKind::Connect => (
            format!("can't reach {url}: {causes}"),
            format!(
                "is the address right? it is `url` of `[environments.{}]` in audit.toml",
                environment.name
            ),
        ),
        TransportErrorKind::Timeout => (
            format!("{url} doesn't answer in time"),
            "`--timeout SECONDS` waits longer".to_owned(),
        ),
        TransportErrorKind::Other => (
            format!("the connection to {url} was lost: {causes}"),
            String::new(),
        ),
    };
    Failed {
        message,
        help,
        status: None,
        done: match error.kind {
            _ if lasts => Done::No,
            TransportErrorKind::Connect => Done::No,
            TransportErrorKind::Timeout => Done::PerhapsLater,
            TransportErrorKind::Other => Done::Perhaps,
        },
        is_worth_a_retry: !lasts,
        is_general: lasts || error.kind == TransportErrorKind::Connect,
        retry_after: None,
    }
}

/// What rustls says of an answer that isn't encrypted.
const NO_TLS: &str = "InvalidContentType";

/// Whether no connection can be made before somebody changes something: the other side speaks no https, or isn't who it says.
fn lasts(causes: &str) -> bool {
    causes.contains(NO_TLS) || causes.contains("invalid peer certificate")
}

/// An answer that can't be read.
fn of_garbage(error: &serde_json::Error, environment: &Environment) -> Failed {
    let Environment { name, url, .. } = environment;
    Failed {
        help: format!(
            "a proxy or another server may answer in the service's place: look what `curl {url}` says, and at `url` of `[environments.{name}]`"
        ),
        ..Failed::strange(&format!(
            "{url} answers with something that isn't the service's JSON ({error})"
        ))
    }
}

/// The innermost cause says most: `Connection refused`.
pub fn causes(error: &dyn StdError) -> String {
    let mut cause = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    let text = cause.to_string();
    text.split(" (os error")
        .next()
        .unwrap_or_default()
        .to_owned()
}
