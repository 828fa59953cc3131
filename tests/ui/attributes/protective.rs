//! Words for keeping a value in: none of them is an attribute, and none is taken for one that sends the value.

use audit_core::{Actor, AuditEntity, AuditEvent, AuditMetadata, AuditValue};

#[derive(AuditEntity)]
#[audit(type = "user", sensitive)]
struct User {
    #[audit(id)]
    id: String,
    #[audit(redact)]
    password_hash: String,
    #[audit(skip)]
    session: String,
    #[audit(ignore)]
    token: String,
    #[audit(metadata, mask)]
    phone: String,
    #[audit(private, name)]
    full_name: String,
}

#[derive(AuditEvent)]
#[audit(action = "user.updated", version = 1, actor = Actor, pii)]
struct UserUpdated {
    #[audit(target)]
    user: User,
    #[audit(redact)]
    a: String,
    #[audit(redacted)]
    b: String,
    #[audit(hash)]
    c: String,
    #[audit(mask = "last4")]
    d: String,
    #[audit(pii = "email", max_len = 5)]
    e: String,
    #[audit(sensitve)]
    f: String,
    #[audit(hide)]
    g: String,
    #[audit(omit)]
    h: String,
    #[audit(ignore)]
    i: String,
    #[audit(encrypted)]
    j: String,
}

#[derive(AuditMetadata)]
struct Group {
    #[audit(secret)]
    a: String,
    #[audit(exclude)]
    b: String,
}

#[derive(AuditValue)]
enum Value {
    #[audit(hidden)]
    A,
}

fn main() {}
