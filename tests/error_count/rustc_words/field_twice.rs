//! Two fields of one name.

use audit_core::AuditEvent;

use crate::common::{Team, User};

#[derive(AuditEvent)]
#[audit(action = "c.twice", version = 1)]
pub struct Twice {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    flag: bool,
    flag: bool, //~
}
