//! A key that two prefixes make too long.

use audit_core::{AuditEvent, AuditMetadata};

use crate::common::{Request, Team, User};

#[derive(AuditMetadata)]
pub struct Prefixed<T> {
    #[audit(flatten, prefix = "a_prefix_of_many_characters_")]
    held: T,
}

#[derive(AuditEvent)]
#[audit(action = "c.broken", version = 1)]
pub struct Broken {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    #[audit(flatten, prefix = "another_one_")]
    request: Prefixed<Request>, //~
}

pub fn build(user: User, team: Team, request: Prefixed<Request>) -> audit_core::Event {
    Broken::builder().user(user).team(team).request(request).context(audit_core::Context::empty()).build()
}
