//! Variants that disagree on a key's type.

use audit_core::{Actor, AuditEntity};

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User {
    #[audit(id)]
    id: String,
    #[audit(metadata)]
    level: u32,
}

#[derive(AuditEntity)]
#[audit(type = "api_key")]
struct ApiKey {
    #[audit(id)]
    id: String,
    #[audit(metadata)]
    level: bool,
}

#[derive(AuditEntity)]
#[audit(type = "job")]
struct Job {
    #[audit(id)]
    id: String,
    #[audit(metadata)]
    level: Option<u32>,
}

#[derive(AuditEntity)]
enum TwoTypes {
    User(User),
    ApiKey(ApiKey),
}

#[derive(AuditEntity)]
enum OptionalInOne {
    User(User),
    Job(Job),
    Any(Actor),
}

fn main() {}
