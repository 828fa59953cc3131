//! An action without a dot.

use audit_core::AuditEvent;

use crate::common::{Team, User};

#[derive(AuditEvent)]
#[audit(action = "broken", version = 1)] //~
pub struct Broken {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
}
