//! `Text<501>` behind an alias.

use audit_core::{AuditEvent, Text};

use crate::common::{Team, User};

type Long = Text<501>;

#[derive(AuditEvent)]
#[audit(action = "c.broken", version = 1)]
pub struct Broken { //~
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    note: Long,
}
