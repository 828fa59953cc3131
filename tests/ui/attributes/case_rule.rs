//! Case rules are serde's, and stand where they mean something.

use audit_core::{AuditEntity, AuditEvent, AuditMetadata, AuditValue};

#[derive(AuditValue)]
#[audit(rename_all = "snake")]
enum Value {
    A,
}

#[derive(AuditMetadata)]
#[audit(rename_all = "SnakeCase")]
struct Group {
    attempt: u32,
}

#[derive(AuditEntity)]
#[audit(type = "user", rename_all = "")]
struct User {
    #[audit(id)]
    id: String,
}

#[derive(AuditEvent)]
#[audit(action = "a.case", version = 1, rename_all = "kebab_case")]
struct Event {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
}

fn main() {}
