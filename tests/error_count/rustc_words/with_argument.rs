//! `with` a function of another type.

use audit_core::AuditEvent;

use crate::common::{Team, User};

fn to_number(_: &u8) -> u8 {
    0
}

#[derive(AuditEvent)]
#[audit(action = "c.broken", version = 1)]
pub struct Broken {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    #[audit(with = to_number)] //~
    word: u16,
}
