//! Several mistakes, all of them at once.

use audit_core::AuditEvent;

use crate::common::{Team, User};

#[derive(AuditEvent)]
#[audit(action = "Broken", version = 0)] //~2
pub struct Broken {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Option<Team>, //~
    #[audit(rename = "a b")] //~
    first: bool,
    #[audit(truncate = 0)] //~
    second: String,
    third: u128, //~
}
