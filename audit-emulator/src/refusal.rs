//! The service's errors: a status, and a body in its form.

use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// The most errors that a refusal shows.
pub const MAX_ERRORS: usize = 1_000;
/// No more are shown once they have this many bytes of JSON.
pub const MAX_ERROR_BYTES: usize = 256 * 1024;

/// What was asked for, or why it isn't answered.
pub type Answered<T> = Result<T, Refusal>;

/// Why a request isn't answered with what it asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// The status.
    pub status: StatusCode,
    /// An object with at least `message`.
    pub body: Value,
    /// One more header, where the status wants one.
    pub header: Option<(HeaderName, HeaderValue)>,
}

impl Refusal {
    /// `{"message": …}`
    pub fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self {
            status,
            body: json!({"message": message.into()}),
            header: None,
        }
    }

    /// The same, with a code that programs read.
    #[must_use]
    pub fn code(mut self, code: &str) -> Self {
        self.body["code"] = code.into();
        self
    }

    /// The same, with a header.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.header = Some((name, value));
        self
    }

    /// 422 `Validation failed.`, with what is wrong: all of it, or the first errors and how many there are besides.
    pub fn invalid(errors: &[Wrong]) -> Self {
        let mut bytes = 0;
        let fits = |wrong: &&Wrong| {
            let there_was_room = bytes < MAX_ERROR_BYTES;
            bytes += wrong.field.len() + wrong.message.len();
            there_was_room
        };
        let shown: Vec<Value> = errors
            .iter()
            .take(MAX_ERRORS)
            .take_while(fits)
            .map(Wrong::to_json)
            .collect();
        let omitted = errors.len() - shown.len();
        let mut body = json!({"message": "Validation failed.", "errors": shown});
        if omitted > 0 {
            body["message"] = format!("Validation failed. There are {omitted} more errors.").into();
            body["omitted_errors"] = omitted.into();
        }
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            body,
            header: None,
        }
    }

    /// 400
    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    /// 422
    pub fn unprocessable(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, message)
    }

    /// 404, worded as the API document's examples are.
    pub fn not_found(what: &str, id: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, format!("{what} not found: '{id}'."))
    }

    /// 500 of our own making.
    pub fn broken(error: &impl std::fmt::Display) -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            format!("The emulator failed: {error}"),
        )
    }
}

/// One thing that is wrong with a request's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// `required`, `invalid_type` …
    pub code: &'static str,
    /// `event.actor.id`
    pub field: String,
    /// What a person reads.
    pub message: String,
}

impl Wrong {
    /// Something that has to be there, and isn't.
    pub fn required(field: impl Into<String>) -> Self {
        let field = field.into();
        Self {
            code: "required",
            message: format!("{field} is required"),
            field,
        }
    }

    /// Something of another type.
    pub fn type_of(field: impl Into<String>, wanted: &str) -> Self {
        let field = field.into();
        Self {
            code: "invalid_type",
            message: format!("{field} must be {wanted}"),
            field,
        }
    }

    /// Something that isn't possible.
    pub fn value(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code: "invalid_value",
            field: field.into(),
            message: message.into(),
        }
    }

    fn to_json(&self) -> Value {
        let Self {
            code,
            field,
            message,
        } = self;
        json!({"code": code, "field": field, "message": message})
    }
}

/// In a response's extensions: why it is a refusal.
#[derive(Clone, Debug)]
pub struct Said(pub Value);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let Self {
            status,
            body,
            header,
        } = self;
        let said = Said(body.clone());
        let mut response = (status, axum::Json(body)).into_response();
        response.extensions_mut().insert(said);
        if let Some((name, value)) = header {
            response.headers_mut().insert(name, value);
        }
        response
    }
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        Self::broken(&error)
    }
}

/// A handler's thread panicked: our bug, answered as one.
impl From<tokio::task::JoinError> for Refusal {
    fn from(error: tokio::task::JoinError) -> Self {
        Self::broken(&error)
    }
}
