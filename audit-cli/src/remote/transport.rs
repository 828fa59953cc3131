//! How requests travel: to the configured address alone, and with answers of a size that an answer can have.

use std::time::Duration;

use async_trait::async_trait;
use reqwest::redirect::Policy;
use workos::transport::{HttpRequest, HttpResponse, HttpTransport, TransportError};

use super::failed::causes;
use crate::failure::Failure;
use crate::store::config::Environment;

/// A page of 100 schemas of some 100 KiB, and as much again.
const MAX_BYTES: usize = 32 << 20;

pub struct Transport(reqwest::Client);

impl Transport {
    pub fn new(environment: &Environment, timeout: Duration) -> Result<Self, Failure> {
        // A redirect would take the key to another address.
        let builder = reqwest::Client::builder()
            .timeout(timeout)
            .redirect(Policy::none());
        // A proxy would read what isn't encrypted, and can't reach this machine.
        let builder = if environment.is_emulator() {
            builder.no_proxy()
        } else {
            builder
        };
        builder
            .build()
            .map(Self)
            .map_err(|error| Failure::new(format!("can't use the network: {}", causes(&error))))
    }
}

#[async_trait]
impl HttpTransport for Transport {
    async fn execute(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let HttpRequest {
            method,
            url,
            headers,
            body,
        } = request;
        let mut builder = self.0.request(method, &url).headers(headers);
        if let Some(body) = body {
            builder = builder.body(body);
        }
        let mut answer = builder.send().await.map_err(kind)?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let mut bytes = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(kind)? {
            if bytes.len() + chunk.len() > MAX_BYTES {
                return Err(TransportError::other(format!(
                    "an answer of more than {} MiB, which is no answer",
                    MAX_BYTES >> 20
                )));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(HttpResponse {
            status,
            headers,
            body: bytes.into(),
        })
    }
}

fn kind(error: reqwest::Error) -> TransportError {
    // A connection that can't be made in time wasn't made: nothing was sent.
    if error.is_connect() {
        TransportError::connect(error)
    } else if error.is_timeout() {
        TransportError::timeout(error)
    } else {
        TransportError::other(error)
    }
}
