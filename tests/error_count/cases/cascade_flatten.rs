//! A group whose keys collide, in an event that is fine but for it.

use audit_core::{AuditEvent, AuditMetadata};

use crate::common::{Request, Team, User};

#[derive(AuditMetadata)]
pub struct Broken {
    request_id: u8,
    #[audit(flatten)]
    request: Request, //~
}

#[derive(AuditEvent)]
#[audit(action = "c.flattened", version = 1)]
pub struct Uses {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    #[audit(flatten)]
    broken: Broken,
}
