//! Attributes with a value of the wrong kind, or none, or one too many.

use audit_core::{AuditEntity, AuditEvent, AuditMetadata, AuditValue};

#[derive(AuditEntity)]
#[audit(type = user)]
struct User {
    #[audit(id)]
    id: String,
}

#[derive(AuditEvent)]
#[audit(action, version = "1")]
struct OnEvent {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = "a.fields", version = 1, rename_all = 3, strings = true)]
struct OnField {
    #[audit(actor = "user")]
    user: User,
    #[audit(target(team))]
    team: User,
    #[audit(max_len = "5")]
    text_limit: String,
    #[audit(max_len)]
    no_limit: String,
    #[audit(truncate = "all")]
    cut: String,
    #[audit(rename = 5)]
    renamed: bool,
    #[audit(display = "x")]
    shown: u32,
    #[audit(join = 5)]
    joined: Vec<u32>,
    #[audit(skip = true)]
    skipped: u32,
    #[audit = "skip"]
    whole: u32,
    #[audit("skip")]
    literal: u32,
}

#[derive(AuditEvent)]
#[audit(action = "a.no_value", version = 1, builder)]
struct NoValue {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = "a.in_quotes", version = 1, builder = "false")]
struct InQuotes {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEntity)]
#[audit(type = "team", builder = false)]
struct Misplaced {
    #[audit(id)]
    id: String,
}

#[derive(AuditMetadata)]
#[audit(strings = "cut")]
struct Strings {
    text: String,
}

#[derive(AuditValue)]
#[audit(open = "yes")]
enum Open {
    A,
}

fn main() {}
