//! The errors of requests: messages, and whether to repeat them.

use std::error::Error as StdError;
use std::time::{Duration, SystemTime};

use audit_client::transport::{TransportError, TransportErrorKind};

use super::client::{Error, ErrorResponse};
use super::{ApiKey, wait};
use crate::failure::Failure;
use crate::names::Environment;
use crate::text::printable;

/// The longest part of a response's message that is shown, in characters.
const SHOWN: usize = 300;

/// Whether the service carried out a request without a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    No,
    Perhaps,
    /// The time is up, and the service may still be at work.
    PerhapsLater,
}

/// A request without the response that it should have.
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
        let url = &environment.url;
        let mut failed = match error {
            Error::Status(response) => of_response(response, environment, key),
            Error::Transport(error) => of_transport(error, environment),
            // Something that isn't the JSON that it should be.
            Error::Decode(error) => Self {
                help: format!(
                    "a proxy or another server may answer in the service's place: look what `curl {url}` says, and at `url` of `[environments.{}]`",
                    environment.name
                ),
                ..Self::strange(&format!(
                    "{url} answers with something that isn't the service's JSON ({error})"
                ))
            },
            Error::Request(error) => Self::strange(&format!("{url} can't be asked: {error}")),
        };
        failed.message = printable(&key.hide(&failed.message));
        failed
    }

    /// An invalid response, perhaps of another server.
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

    /// Returns whether it is a rate limit: nothing is wrong, and nothing was done.
    pub fn is_rate_limit(&self) -> bool {
        self.status == Some(429)
    }

    pub fn into_failure(self) -> Failure {
        Failure::new(self.message).help(self.help)
    }
}

/// A response with an error status.
fn of_response(response: &ErrorResponse, environment: &Environment, key: &ApiKey) -> Failed {
    let Environment {
        name,
        api_key_env,
        url,
    } = environment;
    let status = response.status;
    let reported = reported(response, key);
    let (message, help) = match status {
        401 => (
            format!("{url} doesn't know the API key in {api_key_env}{reported}"),
            format!("set {api_key_env} to a key of {name}; every environment has its own"),
        ),
        403 => (
            format!("the API key in {api_key_env} has no permission for this{reported}"),
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
            format!("{url} refuses more requests for now (429){reported}"),
            "try again later: what is done is done".into(),
        ),
        _ => (format!("{url} answers {status}{reported}"), String::new()),
    };
    Failed {
        message,
        help,
        status: Some(status),
        // A gateway responds in the service's place: the request may have reached it.
        done: match status {
            408 | 504 => Done::PerhapsLater,
            500.. => Done::Perhaps,
            _ => Done::No,
        },
        is_worth_a_retry: matches!(status, 408 | 429 | 500 | 502 | 503 | 504),
        is_general: matches!(status, 300..=399 | 401 | 403 | 407),
        retry_after: response
            .retry_after
            .as_deref()
            .and_then(|text| wait::retry_after(text, SystemTime::now())),
    }
}

/// The response's message, as `: Organization not found`.
fn reported(response: &ErrorResponse, key: &ApiKey) -> String {
    let text = response.message.trim();
    if text.is_empty() {
        return String::new();
    }
    if text.starts_with('<') {
        return ": an HTML page, so a proxy or another server answers in the service's place"
            .into();
    }
    let whole = response
        .errors
        .as_ref()
        .map_or_else(|| text.to_owned(), |errors| format!("{text} {errors}"));
    // Before it is cut: a part of a key is harder to recognise.
    let whole = key.hide(&whole);
    let short: String = whole.chars().take(SHOWN).collect();
    let more = if short.len() < whole.len() { "…" } else { "" };
    format!(": {short}{more}")
}

/// No response.
fn of_transport(error: &TransportError, environment: &Environment) -> Failed {
    let Environment { name, url, .. } = environment;
    let kind = error.kind();
    let causes = causes(error);
    let address =
        format!("is the address right? it is `url` of `[environments.{name}]` in audit.toml");
    let (message, help) = match kind {
        TransportErrorKind::Tls if causes.contains(NO_TLS) => (
            format!("{url} doesn't speak https"),
            format!("{address}; an emulator's begins with http://"),
        ),
        TransportErrorKind::Tls => (
            format!("can't reach {url}: {causes}"),
            format!("{address}; `SSL_CERT_FILE` names the certificates of a private authority"),
        ),
        TransportErrorKind::Connect => (format!("can't reach {url}: {causes}"), address),
        TransportErrorKind::Timeout => (
            format!("{url} doesn't answer in time"),
            "`--timeout SECONDS` waits longer".to_owned(),
        ),
        TransportErrorKind::TooLarge => (format!("{url}: {error}"), String::new()),
        _ => (
            format!("the connection to {url} was lost: {causes}"),
            String::new(),
        ),
    };
    Failed {
        help,
        done: match kind {
            TransportErrorKind::Tls | TransportErrorKind::Connect => Done::No,
            TransportErrorKind::Timeout => Done::PerhapsLater,
            _ => Done::Perhaps,
        },
        is_worth_a_retry: !matches!(kind, TransportErrorKind::Tls | TransportErrorKind::TooLarge),
        is_general: matches!(kind, TransportErrorKind::Tls | TransportErrorKind::Connect),
        ..Failed::strange(&message)
    }
}

/// The error of rustls for a response that isn't encrypted.
const NO_TLS: &str = "InvalidContentType";

/// The innermost cause, the most precise one: `Connection refused`.
fn causes(error: &dyn StdError) -> String {
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
