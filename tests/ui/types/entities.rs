//! Actors and targets that aren't entities, groups that aren't groups, and other roles with a wrong type.

use audit_core::{AuditEntity, AuditEvent, AuditMetadata};

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User {
    #[audit(id)]
    id: String,
}

struct Plain;

#[derive(AuditEvent)]
#[audit(action = "t.actor", version = 1)]
struct WrongActor {
    #[audit(actor)]
    user: Plain,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = "t.callers_actor", version = 1, actor = Plain)]
struct WrongCallersActor {
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = "t.target", version = 1)]
struct WrongTarget {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Plain,
}

#[derive(AuditEvent)]
#[audit(action = "t.targets", version = 1)]
struct WrongTargets {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    teams: Vec<Plain>,
}

#[derive(AuditEvent)]
#[audit(action = "t.flatten", version = 1)]
struct WrongGroup {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    #[audit(flatten)]
    group: Plain,
}

#[derive(AuditEvent)]
#[audit(action = "t.context", version = 1)]
struct WrongContext {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    #[audit(context)]
    from: Plain,
}

#[derive(AuditEvent)]
#[audit(action = "t.occurred_at", version = 1)]
struct WrongTime {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    #[audit(occurred_at)]
    at: String,
}

#[derive(AuditMetadata)]
struct WrongInner {
    #[audit(flatten)]
    inner: u32,
}

#[derive(AuditEntity)]
#[audit(type = "team")]
struct WrongId {
    #[audit(id)]
    id: Plain,
}

#[derive(AuditEntity)]
#[audit(type = "team")]
struct WrongName {
    #[audit(id)]
    id: u32,
    #[audit(name)]
    name: Plain,
}

#[derive(AuditEntity)]
enum WrongVariant {
    Plain(Plain),
}

fn main() {}
