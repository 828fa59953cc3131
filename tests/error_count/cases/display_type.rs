//! `display` of what has none.

use audit_core::AuditEvent;

use crate::common::{Plain, Team, User};

#[derive(AuditEvent)]
#[audit(action = "c.broken", version = 1)]
pub struct Broken {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    #[audit(display)]
    plain: Plain, //~
}
