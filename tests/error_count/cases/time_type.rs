//! A time that isn't one.

use audit_core::AuditEvent;

use crate::common::{Team, User};

#[derive(AuditEvent)]
#[audit(action = "c.broken", version = 1)]
pub struct Broken {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    #[audit(occurred_at)]
    at: String, //~
}
