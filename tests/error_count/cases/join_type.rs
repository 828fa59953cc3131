//! `join` of what isn't a list.

use audit_core::AuditEvent;

use crate::common::{Team, User};

#[derive(AuditEvent)]
#[audit(action = "c.broken", version = 1)]
pub struct Broken {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    #[audit(join)]
    scalar: u32, //~
}
