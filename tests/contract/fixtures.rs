//! Entities and shortcuts that all topics share.

use audit_core::{AuditEntity, BuildError, Context, Event, Limit};
use serde_json::Value;

#[derive(AuditEntity, Clone)]
#[audit(type = "user")]
pub struct User {
    #[audit(id)]
    pub id: String,
    #[audit(name)]
    pub name: Option<String>,
    #[audit(metadata)]
    pub admin: bool,
    /// Never leaves.
    pub password_hash: String,
}

#[derive(AuditEntity, Clone)]
#[audit(type = "team")]
pub struct Team {
    #[audit(id)]
    pub id: u64,
}

#[derive(AuditEntity, Clone)]
#[audit(type = "document")]
pub struct Document {
    #[audit(id)]
    pub id: u32,
    #[audit(metadata)]
    pub owner: String,
}

pub fn user() -> User {
    User {
        id: "user_1".into(),
        name: Some("Zoë".into()),
        admin: true,
        password_hash: "s3cret".into(),
    }
}

pub fn team() -> Team {
    Team { id: 7 }
}

pub fn document(owner: &str) -> Document {
    Document {
        id: 3,
        owner: owner.into(),
    }
}

pub fn context() -> Context {
    Context::new("203.0.113.7").user_agent("Mozilla/5.0")
}

/// What was built, without the time, which differs from run to run.
pub fn timeless(event: &Event) -> Value {
    let mut value = event.to_value();
    value
        .as_object_mut()
        .expect("an event is an object")
        .remove("occurred_at")
        .expect("an event has a time");
    value
}

/// The event's root metadata.
pub fn metadata(event: &Event) -> Value {
    event.to_value()["metadata"].clone()
}

/// Path and limit of each violation.
pub fn broken<T>(result: Result<T, BuildError>) -> Vec<(String, Limit)> {
    let Err(error) = result else {
        return Vec::new();
    };
    error
        .violations()
        .iter()
        .map(|violation| (violation.path().to_owned(), violation.limit()))
        .collect()
}

/// Characters of 1, 2, 3 and 4 bytes.
pub const CHARS: [char; 4] = ['a', 'é', '…', '🦀'];

pub fn repeated(char: char, count: usize) -> String {
    std::iter::repeat_n(char, count).collect()
}
