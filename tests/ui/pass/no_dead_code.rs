//! No warnings: events of which only the builder, only literals, or nothing but a constant is used.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, unreachable_pub, rust_2018_idioms, unused_qualifications, clippy::all, clippy::pedantic)]

use audit_core::{Actor, AuditEntity, AuditEvent, AuditMetadata, AuditValue, Context};

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User {
    #[audit(id)]
    id: u32,
    #[audit(name)]
    name: Option<String>,
    #[audit(metadata)]
    admin: bool,
    #[audit(flatten)]
    plan: Plan,
}

#[derive(AuditMetadata)]
struct Plan {
    seats: u8,
}

#[derive(AuditValue)]
enum Reason {
    Expired,
}

#[derive(AuditEvent)]
#[audit(action = "d.only_builder", version = 1)]
struct OnlyBuilder {
    #[audit(actor)]
    actor: User,
    #[audit(target)]
    user: User,
    reason: Reason,
    count: Option<u8>,
}

#[derive(AuditEvent)]
#[audit(action = "d.only_literals", version = 1, actor = Actor)]
struct OnlyLiterals {
    #[audit(target)]
    users: Vec<User>,
    reason: Reason,
    count: Option<u8>,
}

#[derive(AuditEvent)]
#[audit(action = "d.only_split", version = 1, actor = Actor)]
struct OnlySplit {
    #[audit(target, split = "batch")]
    users: Vec<User>,
    reason: Reason,
}

#[derive(AuditEvent)]
#[audit(action = "d.only_schema", version = 1, actor = Actor)]
struct OnlySchema<'a> {
    #[audit(target)]
    user: &'a User,
    #[audit(truncate)]
    note: &'a str,
    #[audit(context)]
    context: &'a Context,
}

fn user() -> User {
    User { id: 1, name: None, admin: false, plan: Plan { seats: 1 } }
}

fn main() {
    let system = Actor::new("system", "cron");
    let _ = OnlyBuilder::builder().actor(user()).user(user()).reason(Reason::Expired).context(Context::empty()).build();
    let literal = OnlyLiterals { users: vec![user()], reason: Reason::Expired, count: None };
    let _ = literal.try_into_event_with_actor(&system, Context::empty()).unwrap();
    let split = OnlySplit::builder().actor(&system).users(vec![user()]).reason(Reason::Expired).context(Context::empty());
    assert_eq!(split.try_build_all().unwrap().len(), 1);
    assert!(OnlySchema::SCHEMA_JSON.contains("note"));
}
