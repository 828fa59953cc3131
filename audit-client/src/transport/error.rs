//! Why there is no response.

use std::error::Error as StdError;
use std::{fmt, io};

use http_body_util::LengthLimitError;
use hyper_util::client::legacy::Error;

pub type BoxError = Box<dyn StdError + Send + Sync>;

/// What went wrong, as far as the next step depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection was made: nothing was sent.
    Connect,
    /// The two sides didn't agree on TLS, or the certificate isn't valid: nothing was sent, and another attempt fails in the same way.
    Tls,
    /// The response didn't arrive in time. The server may still be at work.
    Timeout,
    /// The connection was lost. The server may have done what it was asked to.
    Lost,
    /// The response exceeds [`MAX_RESPONSE`](super::MAX_RESPONSE).
    TooLarge,
}

/// A request without a response. Holds neither URL nor headers; the cause is its [`source`](StdError::source).
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: BoxError,
}

impl TransportError {
    /// What went wrong.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// The request's time is up.
    pub(super) fn timeout(is_connected: bool) -> Self {
        let kind = if is_connected {
            TransportErrorKind::Timeout
        } else {
            TransportErrorKind::Connect
        };
        Self::new(kind, io::Error::from(io::ErrorKind::TimedOut))
    }

    pub(super) fn of_request(error: Error) -> Self {
        let kind = match error.is_connect() {
            true if has_tls_error(&error) => TransportErrorKind::Tls,
            true => TransportErrorKind::Connect,
            false => TransportErrorKind::Lost,
        };
        Self::new(kind, error)
    }

    pub(super) fn of_body(source: BoxError) -> Self {
        let kind = if source.is::<LengthLimitError>() {
            TransportErrorKind::TooLarge
        } else {
            TransportErrorKind::Lost
        };
        Self::new(kind, source)
    }

    fn new(kind: TransportErrorKind, source: impl Into<BoxError>) -> Self {
        Self {
            kind,
            source: source.into(),
        }
    }
}

/// Looks for an error of rustls, which stands inside of I/O errors: they show their causes by `get_ref` only.
fn has_tls_error(error: &(dyn StdError + 'static)) -> bool {
    let inner = match error.downcast_ref::<io::Error>() {
        Some(error) => error
            .get_ref()
            .map(|inner| inner as &(dyn StdError + 'static)),
        None => error.source(),
    };
    error.is::<rustls::Error>() || inner.is_some_and(has_tls_error)
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "connection failed",
            TransportErrorKind::Tls => "TLS handshake failed",
            TransportErrorKind::Timeout => "request timed out",
            TransportErrorKind::Lost => "connection lost",
            TransportErrorKind::TooLarge => "response exceeds 32 MiB",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}
