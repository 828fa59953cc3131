//! A target that isn't an entity.

use audit_core::AuditEvent;

use crate::common::{Plain, User};

#[derive(AuditEvent)]
#[audit(action = "c.broken", version = 1)]
pub struct Broken {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Plain, //~
}
