//! An array of no targets, where the derive sees it, and 21 target fields.

use audit_core::{AuditEntity, AuditEvent};

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User {
    #[audit(id)]
    id: String,
}

#[derive(AuditEvent)]
#[audit(action = "l.zero", version = 1)]
struct Zero {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    teams: [User; 0],
}

#[derive(AuditEvent)]
#[audit(action = "l.zero_beside", version = 1)]
struct ZeroBeside {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    teams: [User; 0usize],
    #[audit(target, type = "other")]
    other: User,
}

fn main() {}
