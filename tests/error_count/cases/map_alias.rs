//! A map behind an alias.

use audit_core::AuditEvent;

use crate::common::{Team, User};

type Map = std::collections::HashMap<String, String>;

#[derive(AuditEvent)]
#[audit(action = "c.broken", version = 1)]
pub struct Broken {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    map: Map, //~
}
