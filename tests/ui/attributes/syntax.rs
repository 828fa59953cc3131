//! Lists that aren't whole: commas, semicolons, colons, and the words of other crates.

use audit_core::{AuditEntity, AuditEvent, AuditMetadata, AuditValue};

#[derive(AuditEntity)]
#[audit(type: "user")]
struct User {
    #[audit(id)]
    id: u32,
}

#[derive(AuditEvent)]
#[audit(action = "a.no_comma" version = 1)]
struct NoComma {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = "a.semicolon"; version = 1)]
struct Semicolon {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = "a.two_commas",, version = 1)]
struct TwoCommas {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit("a.no_key", version = 1)]
struct NoKey {
    #[audit(subject)]
    user: User,
    #[audit(resource)]
    team: User,
    #[audit(timestamp)]
    at: std::time::SystemTime,
    #[audit(ignore)]
    cached: bool,
    #[audit(key = "request_id")]
    request: String,
    #[audit(length = 5)]
    long: String,
}

#[derive(AuditEvent)]
#[audit]
struct Nothing {
    #[audit(actor)]
    user: User,
    #[audit(target = "team")]
    team: User,
}

#[derive(AuditEntity)]
#[audit(kind = "team")]
struct Team {
    #[audit(id)]
    id: u32,
}

#[derive(AuditMetadata)]
struct Group {
    #[audit(max_len = "64")]
    quoted: String,
    #[audit(max_len = LIMIT)]
    constant: String,
    #[audit(rename = request_id)]
    word: String,
    #[audit(truncate = -1)]
    negative: String,
}

#[derive(AuditValue)]
#[audit(rename_all = "Kebab-Case")]
enum Method {
    Password,
}

fn main() {}
