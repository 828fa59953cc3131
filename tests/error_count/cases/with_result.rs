//! `with` a function that makes no value.

use audit_core::AuditEvent;

use crate::common::{Plain, Team, User};

fn to_plain(_: &u8) -> Plain {
    Plain
}

#[derive(AuditEvent)]
#[audit(action = "c.broken", version = 1)]
pub struct Broken {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    #[audit(with = to_plain)] //~
    byte: u8,
}
