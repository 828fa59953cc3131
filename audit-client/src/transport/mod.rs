//! HTTP/1.1 over TLS.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use audit_client::transport::HttpTransport;
//!
//! let transport = HttpTransport::builder().build();
//! let request = http::Request::get("https://api.workos.com/audit_logs/actions").body(bytes::Bytes::new())?;
//! let response = transport.send(request).await?;
//! println!("{}", response.status());
//! # Ok(())
//! # }
//! ```
//!
//! **Proxies.** `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, in upper or lower case, have the meaning that they have
//! for curl. Every proxied connection is a tunnel (`CONNECT`), so a proxy sees nothing of what is sent over `https`. Proxies
//! themselves are `http://` or `https://`.
//!
//! **Certificates.** Servers are verified against the roots of the system and those in `SSL_CERT_FILE` and `SSL_CERT_DIR`.
//! Where the system has none, as in a container without `ca-certificates`, Mozilla's take their place. On macOS and Windows
//! they do so as well when one of the variables is set. TLS is rustls with ring, whatever other provider the program installs.
//!
//! **Redirects** are responses like all others: no request goes to an address that the caller didn't name.
//!
//! **Connections** are kept for reuse. One that the server closed while it was idle is replaced and the request repeated at
//! once, where it wasn't sent, or where its method is idempotent and no byte of a response arrived.

mod connect;
mod error;
mod roots;

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper_util::client::legacy::connect::capture_connection;
use hyper_util::client::legacy::{Client, Error};
use hyper_util::client::proxy::matcher::Matcher;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::time::{Instant, timeout_at};

use self::connect::{Connector, Exchange};
pub use self::error::{TransportError, TransportErrorKind};

/// The largest response, in bytes: a page of 100 schemas of 100 KiB each, and as much again.
pub const MAX_RESPONSE: usize = 32 << 20;

/// The time that a connection may take, with name resolution, proxy and TLS, unless the builder says otherwise.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);

/// The time that a request may take, with its connection and its response, unless the builder says otherwise.
pub const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);

/// Sends requests; keeps connections for the next one. Clones share them.
#[derive(Clone)]
pub struct HttpTransport {
    client: Client<Connector, Full<Bytes>>,
    request_timeout: Duration,
}

impl HttpTransport {
    /// Returns a builder with the default time limits, which takes proxies from the environment.
    pub fn builder() -> HttpTransportBuilder {
        HttpTransportBuilder {
            connect_timeout: CONNECT_TIMEOUT,
            request_timeout: REQUEST_TIMEOUT,
            proxies: true,
        }
    }

    /// Sends a request to an absolute URL and reads the whole response, of any status. Needs a tokio runtime with I/O and time.
    ///
    /// # Errors
    /// When there is no response, it doesn't arrive in time, or it exceeds [`MAX_RESPONSE`].
    pub async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let deadline = Instant::now() + self.request_timeout;
        let response = self.response(request, deadline).await?;
        let (head, body) = response.into_parts();
        let body = timeout_at(deadline, Limited::new(body, MAX_RESPONSE).collect());
        let body = body.await.map_err(|_| TransportError::timeout(true))?;
        let body = body.map_err(TransportError::of_body)?.to_bytes();
        Ok(Response::from_parts(head, body))
    }

    /// Sends a request until a connection takes it.
    async fn response(
        &self,
        request: Request<Bytes>,
        deadline: Instant,
    ) -> Result<Response<Incoming>, TransportError> {
        let is_idempotent = request.method().is_idempotent();
        loop {
            let mut request = request.clone().map(Full::new);
            let connection = capture_connection(&mut request);
            let error = match timeout_at(deadline, self.client.request(request)).await {
                Ok(Ok(response)) => return Ok(response),
                Ok(Err(error)) => error,
                Err(_) => {
                    let is_connected = connection.connection_metadata().is_some();
                    return Err(TransportError::timeout(is_connected));
                }
            };
            // Ends: each round uses up a connection that was kept.
            if !(is_idempotent && was_idle(&error)) {
                return Err(TransportError::of_request(error));
            }
        }
    }
}

/// Returns whether a connection that had answered earlier requests ended without a byte for this one.
fn was_idle(error: &Error) -> bool {
    let mut extensions = http::Extensions::new();
    if let Some(connection) = error.connect_info() {
        connection.get_extras(&mut extensions);
    }
    extensions
        .get::<Exchange>()
        .is_some_and(Exchange::is_unanswered_reuse)
}

impl fmt::Debug for HttpTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpTransport").finish_non_exhaustive()
    }
}

/// Configures an [`HttpTransport`].
#[derive(Clone, Debug)]
pub struct HttpTransportBuilder {
    connect_timeout: Duration,
    request_timeout: Duration,
    proxies: bool,
}

impl HttpTransportBuilder {
    /// Sets how long a connection may take. The default is [`CONNECT_TIMEOUT`].
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets how long a request may take altogether. The default is [`REQUEST_TIMEOUT`].
    #[must_use]
    pub fn request_timeout(mut self, timeout: Duration) -> Self {
        self.request_timeout = timeout;
        self
    }

    /// Connects directly, whatever the environment says.
    #[must_use]
    pub fn no_proxy(mut self) -> Self {
        self.proxies = false;
        self
    }

    /// Reads the environment and the root certificates. Sends nothing.
    pub fn build(self) -> HttpTransport {
        let proxies = self.proxies.then(Matcher::from_env);
        let connector = Connector::new(proxies, self.connect_timeout);
        HttpTransport {
            client: Client::builder(TokioExecutor::new())
                .pool_timer(TokioTimer::new())
                .build(connector),
            request_timeout: self.request_timeout,
        }
    }
}
