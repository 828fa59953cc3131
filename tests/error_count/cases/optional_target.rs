//! Perhaps something is acted on; an alias says so.

use audit_core::AuditEvent;

use crate::common::{Team, User};

type Maybe<T> = Option<T>;

#[derive(AuditEvent)]
#[audit(action = "c.broken", version = 1)]
pub struct Broken {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Maybe<Team>, //~
}
