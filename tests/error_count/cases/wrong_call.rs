//! An actor passed to an event that has its own.

use audit_core::{AuditEvent, Context};

use crate::common::{Team, User, team, user};

#[derive(AuditEvent)]
#[audit(action = "c.broken", version = 1)]
pub struct Own {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
}

pub fn call() {
    let _ = Own { user: user(), team: team() }.try_into_event_with_actor(&user(), Context::empty()); //~
}
