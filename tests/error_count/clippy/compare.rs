//! Two schemas compared: clippy looks at what both constants hold.

use audit_core::{Actor, AuditEvent};

use crate::common::{Team, User};

#[derive(AuditEvent)]
#[audit(action = "clippy.one", version = 1, actor = Actor)]
pub struct One {
    #[audit(target)]
    team: Team,
}

#[derive(AuditEvent)]
#[audit(action = "clippy.other", version = 1, actor = User)]
pub struct Other {
    #[audit(target)]
    team: Team,
}

pub fn same() -> bool {
    <One as AuditEvent<Actor>>::SCHEMA_JSON == <Other as AuditEvent<User>>::SCHEMA_JSON
}

pub fn empty() -> bool {
    <One as AuditEvent<Actor>>::SCHEMA_JSON.is_empty()
}
