//! Requests to the API, and its responses as JSON.

use std::time::Duration;

use audit_client::transport::{HttpTransport, TransportError};
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue, RETRY_AFTER, USER_AGENT};
use http::{Method, Request, Response};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::ApiKey;
use crate::failure::Failure;
use crate::names::Environment;

/// The path of the list of actions.
pub const ACTIONS: &str = "/audit_logs/actions";

/// Items a page. The service's maximum, by its API document.
const PAGE: usize = 100;

/// What a segment of a path has to escape.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A request without the response that it should have.
#[derive(Debug)]
pub enum Error {
    Request(http::Error),
    Transport(TransportError),
    Status(ErrorResponse),
    Decode(serde_json::Error),
}

/// A response with a status other than 2xx.
#[derive(Debug)]
pub struct ErrorResponse {
    pub status: u16,
    pub retry_after: Option<String>,
    pub message: String,
    /// Every error of a body that has several.
    pub errors: Option<Value>,
}

#[derive(Deserialize)]
pub struct Page<T> {
    pub data: Vec<T>,
    #[serde(default)]
    pub list_metadata: ListMetadata,
}

#[derive(Default, Deserialize)]
pub struct ListMetadata {
    /// The cursor of the next page.
    pub after: Option<String>,
}

#[derive(Deserialize)]
pub struct Action {
    pub name: String,
    pub schema: Schema,
}

/// A version of an action; serialized, its registration body.
#[derive(Deserialize, Serialize)]
pub struct Schema {
    #[serde(skip_serializing)]
    pub version: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    actor: Option<Actor>,
    targets: Vec<Target>,
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata: Option<Map<String, Value>>,
}

#[derive(Deserialize, Serialize)]
struct Actor {
    metadata: Map<String, Value>,
}

#[derive(Deserialize, Serialize)]
struct Target {
    r#type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata: Option<Map<String, Value>>,
}

/// The API of an environment.
pub struct Client {
    transport: HttpTransport,
    url: String,
    authorization: HeaderValue,
}

impl Client {
    pub fn new(
        environment: &Environment,
        key: &ApiKey,
        timeout: Duration,
    ) -> Result<Self, Failure> {
        let mut authorization =
            HeaderValue::try_from(format!("Bearer {}", key.expose())).map_err(|_| {
                Failure::new(format!("can't send the key in {}", environment.api_key_env))
            })?;
        authorization.set_sensitive(true);
        let transport = HttpTransport::builder()
            .connect_timeout(timeout)
            .request_timeout(timeout);
        // A proxy would read what isn't encrypted, and can't reach this machine.
        let transport = if environment.is_emulator() {
            transport.no_proxy()
        } else {
            transport
        };
        Ok(Self {
            transport: transport.build(),
            url: environment.url.clone(),
            authorization,
        })
    }

    pub async fn create_schema(&self, action: &str, body: &str) -> Result<Schema, Error> {
        let body = Bytes::copy_from_slice(body.as_bytes());
        self.send(Method::POST, &schemas_path(action), body).await
    }

    /// Reads a page of the list at this path.
    pub async fn page<T: DeserializeOwned>(
        &self,
        path: &str,
        after: Option<&str>,
    ) -> Result<Page<T>, Error> {
        let after = after.map(|after| utf8_percent_encode(after, SEGMENT));
        let after = after.map(|after| format!("&after={after}"));
        let after = after.unwrap_or_default();
        let path = format!("{path}?limit={PAGE}&order=desc{after}");
        self.send(Method::GET, &path, Bytes::new()).await
    }

    async fn send<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Bytes,
    ) -> Result<T, Error> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.url))
            .header(AUTHORIZATION, &self.authorization)
            .header(
                USER_AGENT,
                concat!("cargo-audit-schema/", env!("CARGO_PKG_VERSION")),
            );
        if !body.is_empty() {
            request = request.header(CONTENT_TYPE, "application/json");
        }
        let request = request.body(body).map_err(Error::Request)?;
        let response = self.transport.send(request).await;
        let response = response.map_err(Error::Transport)?;
        if response.status().is_success() {
            serde_json::from_slice(response.body()).map_err(Error::Decode)
        } else {
            Err(Error::Status(ErrorResponse::of(&response)))
        }
    }
}

pub fn schemas_path(action: &str) -> String {
    let action = utf8_percent_encode(action, SEGMENT);
    format!("{ACTIONS}/{action}/schemas")
}

impl ErrorResponse {
    fn of(response: &Response<Bytes>) -> Self {
        let retry_after = response
            .headers()
            .get(RETRY_AFTER)
            .and_then(|value| value.to_str().ok());
        let mut body: Value = serde_json::from_slice(response.body()).unwrap_or_default();
        let message = ["message", "error_description", "error"]
            .iter()
            .find_map(|key| body[*key].as_str());
        let message = message.map_or_else(
            || String::from_utf8_lossy(response.body()).into_owned(),
            ToOwned::to_owned,
        );
        let errors = body.get_mut("errors").map(Value::take);
        Self {
            status: response.status().as_u16(),
            retry_after: retry_after.map(ToOwned::to_owned),
            message,
            errors: errors.filter(|errors| !errors.is_null()),
        }
    }
}
