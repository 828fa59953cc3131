//! Metadata attributes on fields with a role.

use audit_core::{AuditEntity, AuditEvent, AuditMetadata, Context, Timestamp};

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User {
    #[audit(id, max_len = 5)]
    id: String,
    #[audit(name, truncate)]
    name: String,
    #[audit(rename = "unmarked")]
    secret: String,
}

#[derive(AuditMetadata)]
struct Group {
    attempt: u32,
}

#[derive(AuditEvent)]
#[audit(action = "r.metadata", version = 1)]
struct Event {
    #[audit(actor, max_len = 5)]
    user: User,
    #[audit(target, rename = "x")]
    team: User,
    #[audit(context, display)]
    from: Context,
    #[audit(occurred_at, with = path)]
    at: Timestamp,
    #[audit(flatten, join)]
    group: Group,
}

fn main() {}
