//! More than 20 targets that are known at compile time, and none.

use audit_core::{AuditEntity, AuditEvent};

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User {
    #[audit(id)]
    id: String,
}

type Twenty = [User; 20];

#[derive(AuditEvent)]
#[audit(action = "l.array", version = 1)]
struct Array {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    teams: [User; 21],
}

#[derive(AuditEvent)]
#[audit(action = "l.sum", version = 1)]
struct Sum {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    teams: Twenty,
    #[audit(target)]
    one_more: User,
}

#[derive(AuditEvent)]
#[audit(action = "l.just_right", version = 1)]
struct JustRight {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    teams: Twenty,
}

#[derive(AuditEvent)]
#[audit(action = "l.with_list", version = 1)]
struct WithList {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    teams: Twenty,
    #[audit(target, type = "other")]
    others: Vec<User>,
}

const NONE: usize = 0;

#[derive(AuditEvent)]
#[audit(action = "l.hidden_zero", version = 1)]
struct HiddenZero {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    teams: [User; NONE],
}

fn main() {}
