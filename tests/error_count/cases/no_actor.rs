//! Nobody acts.

use audit_core::AuditEvent;

use crate::common::Team;

#[derive(AuditEvent)]
#[audit(action = "c.broken", version = 1)]
pub struct Broken {
//~^
    #[audit(target)]
    team: Team,
}
