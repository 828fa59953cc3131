//! Metadata fields whose setter would be one of the builder's own methods. On a field with that role the name is right.

use audit_core::{AuditEntity, AuditEvent, Context, Timestamp};

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User {
    #[audit(id)]
    id: String,
}

#[derive(AuditEvent)]
#[audit(action = "r.setters", version = 1)]
struct Setters {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    actor: bool,
    context: bool,
    occurred_at: bool,
    build: bool,
    try_build: bool,
    try_build_all: bool,
    encode_into: bool,
}

#[derive(AuditEvent)]
#[audit(action = "r.maybe", version = 1)]
struct MaybeSetter {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    country: Option<bool>,
    maybe_country: bool,
}

#[derive(AuditEvent)]
#[audit(action = "r.target_name", version = 1)]
struct TargetName {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    build: User,
}

#[derive(AuditEvent)]
#[audit(action = "r.right", version = 1)]
struct Right {
    #[audit(actor)]
    actor: User,
    #[audit(target)]
    target: User,
    #[audit(context)]
    context: Context,
    #[audit(occurred_at)]
    occurred_at: Timestamp,
    #[audit(skip)]
    build: bool,
    maybe_city: bool,
    city: bool,
}

fn main() {}
