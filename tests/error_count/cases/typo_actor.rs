//! A typo in a role.

use audit_core::AuditEvent;

use crate::common::{Team, User};

#[derive(AuditEvent)]
#[audit(action = "c.broken", version = 1)]
pub struct Broken {
    #[audit(acter)] //~
    user: User,
    #[audit(target)]
    team: Team,
}
