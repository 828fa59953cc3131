//! A passed actor that isn't an entity.

use audit_core::AuditEvent;

use crate::common::{Plain, Team};

#[derive(AuditEvent)]
#[audit(action = "c.broken", version = 1, actor = Plain)] //~
pub struct Broken {
    #[audit(target)]
    team: Team,
}
