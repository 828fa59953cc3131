//! The transport against servers that each test makes: connections that die, time limits, sizes; proxies and certificates by the
//! environment.

mod connections;
mod environment;
mod server;

use std::error::Error;

use audit_client::transport::{HttpTransport, TransportError};
use bytes::Bytes;
use http::{Request, Response};

/// Runs a test's requests.
fn run<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.expect("a runtime").block_on(work)
}

/// Sends a request with a key.
async fn send(
    transport: &HttpTransport,
    method: &str,
    url: &str,
) -> Result<Response<Bytes>, TransportError> {
    let request = Request::builder()
        .method(method)
        .uri(url)
        .header("authorization", "Bearer sk_test_4711");
    let request = request.body(Bytes::from_static(b"{}")).expect("a request");
    transport.send(request).await
}

/// An error and all its causes.
fn causes(error: &TransportError) -> String {
    let (mut text, mut source) = (error.to_string(), error.source());
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}
