//! Connections: direct or through a proxy, encrypted where the URL says `https`.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use http::uri::Scheme;
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::legacy::connect::{Connected, Connection, HttpConnector};
use hyper_util::client::proxy::matcher::Matcher;
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tower_service::Service;

use super::error::BoxError;
use super::roots::roots;

type BoxFuture<T> = Pin<Box<dyn Future<Output = Result<T, BoxError>> + Send>>;
/// To the server or to a proxy, which may itself be asked over TLS.
type Hop = MaybeHttpsStream<TokioIo<TcpStream>>;

/// Connects within a time limit.
#[derive(Clone)]
pub struct Connector {
    https: HttpsConnector<Route>,
    timeout: Duration,
}

impl Connector {
    /// Connects through the proxies of `proxies`.
    pub fn new(proxies: Option<Matcher>, timeout: Duration) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        let tls = Arc::new(tls());
        let route = Route {
            proxy: HttpsConnector::from((tcp.clone(), Arc::clone(&tls))),
            tcp,
            proxies: proxies.map(Arc::new),
        };
        Self {
            https: HttpsConnector::from((route, tls)),
            timeout,
        }
    }
}

/// The provider is named: a process may have none, or another one, installed.
fn tls() -> ClientConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring has cipher suites of both versions")
        .with_root_certificates(roots())
        .with_no_client_auth()
}

impl Service<Uri> for Connector {
    type Response = TokioIo<Monitored>;
    type Error = BoxError;
    type Future = BoxFuture<Self::Response>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.https.poll_ready(context)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let connecting = tokio::time::timeout(self.timeout, self.https.call(uri));
        Box::pin(async move {
            let stream = connecting.await.map_err(io::Error::from)??;
            Ok(TokioIo::new(Monitored {
                stream: TokioIo::new(stream),
                exchange: Exchange::new(),
            }))
        })
    }
}

/// A connection to the server, over which TLS is yet to be spoken.
#[derive(Clone)]
struct Route {
    tcp: HttpConnector,
    proxy: HttpsConnector<HttpConnector>,
    proxies: Option<Arc<Matcher>>,
}

impl Service<Uri> for Route {
    type Response = Hop;
    type Error = BoxError;
    type Future = BoxFuture<Hop>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.tcp.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let proxies = self.proxies.as_ref();
        let Some(proxy) = proxies.and_then(|proxies| proxies.intercept(&uri)) else {
            let connecting = self.tcp.call(uri);
            return Box::pin(async move { Ok(Hop::Http(connecting.await?)) });
        };
        let mut tunnel = Tunnel::new(proxy.uri().clone(), self.proxy.clone());
        if let Some(credentials) = proxy.basic_auth() {
            tunnel = tunnel.with_auth(credentials.clone());
        }
        Box::pin(async move { Ok(tunnel.call(with_port(uri)?).await?) })
    }
}

/// A tunnel takes 443 for the port of every address without one.
fn with_port(uri: Uri) -> Result<Uri, BoxError> {
    if uri.port().is_some() || uri.scheme() != Some(&Scheme::HTTP) {
        return Ok(uri);
    }
    let authority = format!("{}:80", uri.host().unwrap_or_default());
    let mut parts = uri.into_parts();
    parts.authority = Some(authority.parse()?);
    Ok(Uri::from_parts(parts)?)
}

/// A stream that knows whether anything was read since it was written to.
pub struct Monitored {
    stream: TokioIo<MaybeHttpsStream<Hop>>,
    exchange: Exchange,
}

/// How far the request of a connection has come: there is one at a time.
#[derive(Clone)]
pub struct Exchange(Arc<AtomicU8>);

impl Exchange {
    /// The connection's first request.
    const FIRST: u8 = 0;
    const ANSWERED: u8 = 1;
    /// A later request, nothing of whose response has arrived.
    const REUSED: u8 = 2;

    fn new() -> Self {
        Self(Arc::new(AtomicU8::new(Self::FIRST)))
    }

    fn read(&self) {
        self.0.store(Self::ANSWERED, Ordering::Relaxed);
    }

    fn written(&self) {
        // The first request stays the first.
        if self.0.load(Ordering::Relaxed) == Self::ANSWERED {
            self.0.store(Self::REUSED, Ordering::Relaxed);
        }
    }

    /// Returns whether the connection had answered a request, and nothing of its last one.
    pub fn is_unanswered_reuse(&self) -> bool {
        self.0.load(Ordering::Relaxed) == Self::REUSED
    }
}

impl Connection for Monitored {
    fn connected(&self) -> Connected {
        let connected = self.stream.inner().connected();
        connected.extra(self.exchange.clone())
    }
}

impl AsyncRead for Monitored {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.stream).poll_read(context, buffer);
        if buffer.filled().len() > before {
            self.exchange.read();
        }
        polled
    }
}

impl AsyncWrite for Monitored {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.exchange.written();
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
