//! An actor that isn't an entity.

use audit_core::AuditEvent;

use crate::common::{Plain, Team};

#[derive(AuditEvent)]
#[audit(action = "c.broken", version = 1)]
pub struct Broken {
    #[audit(actor)]
    user: Plain, //~
    #[audit(target)]
    team: Team,
}
