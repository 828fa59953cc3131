//! `build()` where a list is in the way.

use audit_core::{AuditEvent, Context};

use crate::common::{Team, User, team, user};

#[derive(AuditEvent)]
#[audit(action = "c.broken", version = 1)]
pub struct Listed {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    teams: Vec<Team>,
}

pub fn built() {
    let _ = Listed::builder().user(user()).teams(vec![team()]).context(Context::empty()).build(); //~
}

pub fn literal() {
    let _ = Listed { user: user(), teams: vec![team()] }.into_event(Context::empty()); //~
}
