//! A broken entity that events use.

use audit_core::{AuditEntity, AuditEvent, Context};

use crate::common::{Team, User};

#[derive(AuditEntity)]
#[audit(type = "broken")]
pub struct Broken {
//~^
    #[audit(metadata)]
    level: u32,
}

#[derive(AuditEntity)]
pub enum Any {
    Broken(Broken),
    User(User),
}

#[derive(AuditEvent)]
#[audit(action = "c.uses", version = 1)]
pub struct Uses {
    #[audit(actor)]
    any: Any,
    #[audit(target)]
    broken: Broken,
    #[audit(target)]
    more: Vec<Broken>,
}

#[derive(AuditEvent)]
#[audit(action = "c.uses_passed", version = 1, actor = Broken)]
pub struct UsesPassed {
    #[audit(target)]
    team: Team,
}

pub fn uses(value: Uses, passed: UsesPassed, actor: &Broken) {
    let _ = value.try_into_event(audit_core::Context::empty());
    let _ = passed.into_event_with_actor(actor, audit_core::Context::empty());
}
