//! Broken events with a context of their own: the methods that take none stay.

use audit_core::{Actor, AuditEvent, Context};

use crate::common::{Team, User};

#[derive(AuditEvent)]
#[audit(action = "a.own", version = 1)]
pub struct Own {
    #[audit(actor)]
    user: User,
    #[audit(target, split = "batch_id")]
    teams: Vec<Team>,
    #[audit(context)]
    context: Context,
    #[audit(maxlen = 5)] //~
    text: String,
}

#[derive(AuditEvent)]
#[audit(action = "a.of_callers", version = 1, actor = Actor)]
pub struct OfCallers {
    #[audit(target, split = "batch_id")]
    teams: Vec<Team>,
    #[audit(context)]
    context: Context,
    #[audit(maxlen = 5)] //~
    text: String,
}

pub fn one(own: Own, of_callers: OfCallers, actor: &Actor) -> bool {
    own.try_into_event().is_ok() && of_callers.try_into_event_with_actor(actor).is_ok()
}

pub fn several(own: Own, of_callers: OfCallers, actor: &Actor) -> bool {
    own.try_into_events().is_ok() && of_callers.try_into_events_with_actor(actor).is_ok()
}

pub fn proven(own: Own, of_callers: OfCallers, actor: &Actor) -> [audit_core::Event; 2] {
    [own.into_event(), of_callers.into_event_with_actor(actor)]
}
