//! The same attribute twice, in one list or in two.

use audit_core::{AuditEntity, AuditEvent, AuditValue};

#[derive(AuditEntity)]
#[audit(type = "user", type = "member")]
struct User {
    #[audit(id)]
    id: String,
}

#[derive(AuditEvent)]
#[audit(action = "a.event", version = 1, action = "b.event")]
#[audit(version = 2)]
struct OnEvent {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    #[audit(max_len = 5, max_len = 6)]
    reason: String,
    #[audit(rename = "a")]
    #[audit(rename = "b")]
    note: bool,
    #[audit(skip, skip)]
    cached: bool,
}

#[derive(AuditEntity)]
#[audit(type = "team")]
struct OnEntityField {
    #[audit(id, id)]
    id: String,
}

#[derive(AuditValue)]
#[audit(rename_all = "snake_case", rename_all = "camelCase")]
enum OnValue {
    A,
}

fn main() {}
