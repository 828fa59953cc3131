//! The builder: not set, set twice, and what can be rejected.

use audit_core::{AuditEvent, Context};

use crate::common::{Team, User, team, user};

#[derive(AuditEvent)]
#[audit(action = "c.broken", version = 1)]
pub struct Fine {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    flag: bool,
}

#[derive(AuditEvent)]
#[audit(action = "c.free", version = 1)]
pub struct Free {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    note: String,
}

pub fn not_set() {
    let _ = Fine::builder().user(user()).team(team()).context(Context::empty()).build(); //~
}

pub fn set_twice() {
    let _ = Fine::builder().flag(true).flag(true); //~
}

pub fn can_be_rejected() {
    let _ = Free::builder().user(user()).team(team()).note("").context(Context::empty()).build(); //~
}

pub fn literal_can_be_rejected() {
    let _ = Free { user: user(), team: team(), note: String::new() }.into_event(Context::empty()); //~
}
