//! One key, in the event and in a group.

use audit_core::AuditEvent;

use crate::common::{Request, Team, User};

#[derive(AuditEvent)]
#[audit(action = "c.broken", version = 1)]
pub struct Broken {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    request_id: bool,
    #[audit(flatten)]
    request: Request, //~
}
