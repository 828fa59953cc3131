//! A typo in what is required.

use audit_core::AuditEvent;

use crate::common::{Team, User};

#[derive(AuditEvent)]
#[audit(acton = "c.d", version = 1)] //~
pub struct Broken {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
}
