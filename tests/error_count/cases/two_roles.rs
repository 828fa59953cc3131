//! Two roles on one field, and another field that has one of them.

use audit_core::AuditEvent;

use crate::common::{Team, User};

#[derive(AuditEvent)]
#[audit(action = "c.broken", version = 1)]
pub struct Broken {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    #[audit(target, context)] //~
    from: Team,
    #[audit(context)]
    own: Context,
}
