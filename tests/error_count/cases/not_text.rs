//! A limit on a number behind an alias.

use audit_core::AuditEvent;

use crate::common::{Team, User};

type Count = u32;

#[derive(AuditEvent)]
#[audit(action = "c.broken", version = 1)]
pub struct Broken {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    #[audit(max_len = 5)] //~
    count: Count,
}
