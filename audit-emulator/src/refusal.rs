//! The service's errors: a status, and a body in its form.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::error::Error;
use crate::number::{MAX_DEPTH, is_too_deep};

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
}

impl Refusal {
    /// `{"message": …}`
    pub fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self {
            status,
            body: json!({"message": message.into()}),
        }
    }

    /// The same, with a code that programs read.
    #[must_use]
    pub fn code(mut self, code: &str) -> Self {
        self.body["code"] = code.into();
        self
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

/// A problem of a request's form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// `required`, `invalid_type` …
    pub code: &'static str,
    /// `event.actor.id`
    pub field: String,
    /// The message.
    pub message: String,
}

/// All problems of a request's form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// Adds that a field is missing.
    pub fn required(&mut self, field: &str) {
        self.add("required", field, format!("{field} is required"));
    }

    /// Adds that a field has another type.
    pub fn expected(&mut self, field: &str, expected: &str) {
        let message = format!("{field} must be {expected}");
        self.add("invalid_type", field, message);
    }

    /// Adds that a field has an invalid value.
    pub fn value(&mut self, field: &str, message: impl Into<String>) {
        self.add("invalid_value", field, message.into());
    }

    fn add(&mut self, code: &'static str, field: &str, message: String) {
        let field = field.to_owned();
        self.0.push(Problem {
            code,
            field,
            message,
        });
    }

    /// The text of a required member.
    pub fn text<'a>(&mut self, value: Option<&'a Value>, field: &str) -> Option<&'a str> {
        self.member(value, field, Value::as_str, "a string")
    }

    /// The members of a required object.
    pub fn object<'a>(
        &mut self,
        value: Option<&'a Value>,
        field: &str,
    ) -> Option<&'a Map<String, Value>> {
        self.member(value, field, Value::as_object, "an object")
    }

    /// The items of a required list.
    pub fn array<'a>(&mut self, value: Option<&'a Value>, field: &str) -> Option<&'a Vec<Value>> {
        self.member(value, field, Value::as_array, "an array")
    }

    /// A required member, read.
    pub fn member<'a, T>(
        &mut self,
        value: Option<&'a Value>,
        field: &str,
        read: impl FnOnce(&'a Value) -> Option<T>,
        expected: &str,
    ) -> Option<T> {
        let Some(value) = value else {
            self.required(field);
            return None;
        };
        let read = read(value);
        if read.is_none() {
            self.expected(field, expected);
        }
        read
    }

    /// The members of a body that isn't nested too deep.
    pub fn body<'a>(&mut self, body: &'a Value) -> Option<&'a Map<String, Value>> {
        let members = self.object(Some(body), "body")?;
        if is_too_deep(body) {
            let message = format!("the body is nested more than {MAX_DEPTH} levels deep");
            self.value("body", message);
            return None;
        }
        Some(members)
    }

    /// An error where there are problems.
    pub fn check(self) -> Result<(), Self> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }
}

/// 422 `Validation failed.`, with all problems, or the first ones and the number of the others.
impl From<Problems> for Refusal {
    fn from(Problems(problems): Problems) -> Self {
        let mut bytes = 0;
        let fits = |problem: &&Problem| {
            let fits = bytes < MAX_ERROR_BYTES;
            bytes += problem.field.len() + problem.message.len();
            fits
        };
        let shown: Vec<_> = problems.iter().take(MAX_ERRORS).take_while(fits).collect();
        let omitted = problems.len() - shown.len();
        let mut refusal = Self::unprocessable("Validation failed.");
        refusal.body["errors"] = json!(shown);
        if omitted > 0 {
            refusal.body["message"] =
                format!("Validation failed. There are {omitted} more errors.").into();
            refusal.body["omitted_errors"] = omitted.into();
        }
        refusal
    }
}

impl From<Problems> for Error {
    fn from(Problems(all): Problems) -> Self {
        let all: Vec<&str> = all.iter().map(|one| one.message.as_str()).collect();
        Self::new(format!("the schema isn't valid: {}", all.join("; ")), "")
    }
}

/// In the extensions of a response that rejects a request: its body.
#[derive(Clone, Debug)]
pub struct Reason(pub Value);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let reason = Reason(self.body.clone());
        let mut response = (self.status, axum::Json(self.body)).into_response();
        response.extensions_mut().insert(reason);
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
