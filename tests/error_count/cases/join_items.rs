//! `join` of what has no text.

use audit_core::AuditEvent;

use crate::common::{Plain, Team, User};

#[derive(AuditEvent)]
#[audit(action = "c.broken", version = 1)]
pub struct Broken {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    #[audit(join)]
    items: Vec<Plain>, //~
}
