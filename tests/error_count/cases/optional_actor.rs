//! Perhaps somebody acts.

use audit_core::AuditEvent;

use crate::common::{Team, User};

#[derive(AuditEvent)]
#[audit(action = "c.broken", version = 1)]
pub struct Broken {
    #[audit(actor)]
    user: Option<User>, //~
    #[audit(target)]
    team: Team,
}
