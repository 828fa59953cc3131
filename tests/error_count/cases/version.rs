//! Version 0.

use audit_core::AuditEvent;

use crate::common::{Team, User};

#[derive(AuditEvent)]
#[audit(action = "c.broken", version = 0)] //~
pub struct Broken {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
}
