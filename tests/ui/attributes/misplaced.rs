//! Attributes that exist, elsewhere.

use audit_core::{AuditEntity, AuditEvent, AuditMetadata, AuditValue};

#[derive(AuditEntity)]
#[audit(type = "user", action = "a.b")]
struct User {
    #[audit(id)]
    id: String,
    #[audit(target)]
    role: String,
}

#[derive(AuditEvent)]
#[audit(action = "a.misplaced", version = 1, type = "user", truncate)]
struct Event {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    #[audit(metadata)]
    note: bool,
    #[audit(version = 1)]
    other: bool,
    #[audit(id)]
    third: bool,
}

#[derive(AuditMetadata)]
#[audit(open)]
struct Group {
    #[audit(actor)]
    attempt: u32,
    #[audit(name)]
    other: u32,
}

#[derive(AuditValue)]
#[audit(strings = "truncate")]
enum Value {
    #[audit(max_len = 5)]
    A,
    #[audit(skip)]
    B,
}

#[derive(AuditValue)]
#[audit(open)]
struct Newtype(String);

#[derive(AuditValue)]
#[audit(max_len = 5)]
enum Limited {
    A,
}

#[derive(AuditValue)]
struct Field(#[audit(max_len = 5)] String);

#[derive(AuditEntity)]
#[audit(type = "any")]
enum TypedEnum {
    User(User),
}

#[derive(AuditValue)]
#[audit(new = false)]
struct Unlimited(String);

#[derive(AuditValue)]
#[audit(new = false)]
enum Constructed {
    A,
}

#[derive(AuditEntity)]
#[audit(type = "group", from = false)]
struct NoEnum {
    #[audit(id)]
    id: String,
}

fn main() {}
