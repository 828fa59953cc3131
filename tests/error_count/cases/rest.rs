//! Generics, derives on the wrong kind of item, and what the record can't have.

use audit_core::{AuditEntity, AuditEvent, AuditMetadata, AuditValue, Context};

use crate::common::{Team, User};

#[derive(AuditEntity)]
#[audit(type = "x")]
pub struct Generic<T> {
//~^
    #[audit(id)]
    id: u32,
    #[audit(metadata)]
    other: T,
}

#[derive(AuditMetadata)]
pub struct Tuple(u32); //~

#[derive(AuditValue)]
pub struct Two(u32, u32); //~

#[derive(AuditEvent)]
#[audit(action = "c.unit", version = 1)]
pub struct Unit; //~

#[derive(AuditEvent)]
#[audit(action = "c.contexts", version = 1)]
pub struct Contexts {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    #[audit(context)]
    one: Context,
    #[audit(context)] //~
    two: Context,
}

#[derive(AuditEvent)]
#[audit(action = "c.metadata", version = 1)]
pub struct OnRole {
    #[audit(actor, rename = "x")] //~
    user: User,
    #[audit(target)]
    team: Team,
}
