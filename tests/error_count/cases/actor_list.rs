//! A list of actors.

use audit_core::AuditEvent;

use crate::common::{Team, User};

#[derive(AuditEvent)]
#[audit(action = "c.broken", version = 1)]
pub struct Broken {
    #[audit(actor)]
    user: Vec<User>, //~
    #[audit(target)]
    team: Team,
}
