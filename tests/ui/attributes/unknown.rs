//! Attributes that nobody knows, each with the one that was probably meant.

use audit_core::{AuditEntity, AuditEvent, AuditMetadata, AuditValue};

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User {
    #[audit(id)]
    id: String,
}

#[derive(AuditEvent)]
#[audit(acton = "a.event_key", version = 1)]
struct EventKey {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = "a.field_key", version = 1)]
struct FieldKey {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    #[audit(max_length = 5)]
    reason: String,
    #[audit(serialize_with = "f")]
    other: bool,
}

#[derive(AuditEvent)]
#[audit(action = "a.role_key", version = 1)]
struct RoleKey {
    #[audit(acter)]
    user: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEntity)]
#[audit(kind = "team")]
struct EntityKey {
    #[audit(id)]
    id: String,
}

#[derive(AuditEntity)]
#[audit(type = "team")]
struct EntityFieldKey {
    #[audit(id)]
    id: String,
    #[audit(nmae)]
    label: String,
}

#[derive(AuditMetadata)]
#[audit(renameall = "camelCase")]
struct GroupKey {
    attempt: u32,
}

#[derive(AuditMetadata)]
struct GroupFieldKey {
    #[audit(renmae = "n")]
    attempt: u32,
}

#[derive(AuditValue)]
#[audit(opn)]
enum ValueKey {
    A,
}

#[derive(AuditValue)]
enum VariantKey {
    #[audit(alias = "a")]
    A,
}

fn main() {}
