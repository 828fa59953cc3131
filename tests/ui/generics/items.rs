//! What may not be generic: events not at all but for lifetimes, entities not over types.

use std::fmt::Display;

use audit_core::{AuditEntity, AuditEvent};

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User {
    #[audit(id)]
    id: String,
}

#[derive(AuditEvent)]
#[audit(action = "g.over_type", version = 1)]
struct OverType<T> {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    value: T,
}

#[derive(AuditEvent)]
#[audit(action = "g.over_const", version = 1)]
struct OverConst<const N: usize> {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    teams: [User; N],
}

#[derive(AuditEvent)]
#[audit(action = "g.over_both", version = 1)]
struct OverBoth<'a, T> {
    #[audit(actor)]
    user: &'a User,
    #[audit(target)]
    team: User,
    value: T,
}

#[derive(AuditEntity)]
#[audit(type = "team")]
struct Entity<T: Display> {
    #[audit(id)]
    id: T,
}

#[derive(AuditEntity)]
enum EntityEnum<T: AuditEntity> {
    Any(T),
}

fn main() {}
