//! Two lists to split, and one thing.

use audit_core::AuditEvent;

use crate::common::{Team, User};

#[derive(AuditEvent)]
#[audit(action = "c.split", version = 1)]
pub struct Twice {
    #[audit(actor)]
    user: User,
    #[audit(target, split = "one")]
    teams: Vec<Team>,
    #[audit(target, split = "two", type = "other")] //~
    others: Vec<Team>,
}

#[derive(AuditEvent)]
#[audit(action = "c.split", version = 1)]
pub struct NotAList {
    #[audit(actor)]
    user: User,
    #[audit(target, split = "one")] //~
    team: Team,
}
