//! A generic group of what isn't a value, in an event that others build.

use audit_core::{AuditEvent, AuditMetadata, Context, Event};

use crate::common::{Team, User, team, user};

#[derive(AuditMetadata)]
pub struct Change<T> {
    pub from: Option<T>,
    pub to: T,
}

#[derive(AuditEvent)]
#[audit(action = "c.changed", version = 1)]
pub struct Changed {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    #[audit(flatten)]
    change: Change<Team>, //~
}

pub fn builder(change: Change<Team>) -> Event {
    Changed::builder().user(user()).team(team()).change(change).context(Context::empty()).build()
}

pub fn literal(change: Change<Team>) -> Event {
    Changed { user: user(), team: team(), change }.into_event(Context::empty())
}
