//! Perhaps somebody acts; an alias says so.

use audit_core::AuditEvent;

use crate::common::{Team, User};

type Maybe = Option<User>;

#[derive(AuditEvent)]
#[audit(action = "c.broken", version = 1)]
pub struct Broken {
    #[audit(actor)]
    user: Maybe, //~
    #[audit(target)]
    team: Team,
}
