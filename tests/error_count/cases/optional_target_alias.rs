//! An optional target that an alias hides, in an event that others build.

use audit_core::{AuditEvent, Context, Event};

use crate::common::{Team, User, user};

type Maybe = Option<Team>;

#[derive(AuditEvent)]
#[audit(action = "c.maybe", version = 1)]
pub struct Broken {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Maybe, //~
}

pub fn builder(team: Maybe) -> Event {
    Broken::builder().user(user()).team(team).context(Context::empty()).build()
}

pub fn literal(team: Maybe) -> Event {
    Broken { user: user(), team }.into_event(Context::empty())
}
