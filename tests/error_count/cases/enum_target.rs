//! An enum as a target.

use audit_core::{AuditEntity, AuditEvent};

use crate::common::{Team, User};

#[derive(AuditEntity)]
pub enum Any {
    User(User),
    Team(Team),
}

#[derive(AuditEvent)]
#[audit(action = "c.broken", version = 1)]
pub struct Broken {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    #[audit(target)]
    any: Any, //~
}
