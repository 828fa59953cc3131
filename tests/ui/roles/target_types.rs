//! Targets that share a type, or have none that is known.

use audit_core::{Actor, AuditEntity, AuditEvent};

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User {
    #[audit(id)]
    id: String,
}

#[derive(AuditEntity)]
#[audit(type = "user")]
struct Account {
    #[audit(id)]
    id: String,
    #[audit(metadata)]
    plan: bool,
}

#[derive(AuditEntity)]
enum Subject {
    User(User),
    #[audit(type = "system", id = "system")]
    System,
}

#[derive(AuditEvent)]
#[audit(action = "r.shared", version = 1)]
struct Shared {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    member: User,
    #[audit(target)]
    account: Account,
}

#[derive(AuditEvent)]
#[audit(action = "r.shared_override", version = 1)]
struct SharedByOverride {
    #[audit(actor)]
    user: User,
    #[audit(target, type = "space")]
    member: User,
    #[audit(target, type = "space")]
    account: Account,
}

#[derive(AuditEvent)]
#[audit(action = "r.apart", version = 1)]
struct Apart {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    member: User,
    #[audit(target, type = "account")]
    account: Account,
    #[audit(target)]
    same_again: Vec<User>,
}

#[derive(AuditEvent)]
#[audit(action = "r.enum_target", version = 1)]
struct EnumTarget {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    subject: Subject,
}

#[derive(AuditEvent)]
#[audit(action = "r.enum_targets", version = 1)]
struct EnumTargets {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    subjects: Vec<Subject>,
}

#[derive(AuditEvent)]
#[audit(action = "r.enum_target_typed", version = 1)]
struct EnumTargetTyped {
    #[audit(actor)]
    user: User,
    #[audit(target, type = "subject")]
    subject: Subject,
}

#[derive(AuditEvent)]
#[audit(action = "r.actor_target", version = 1)]
struct ActorTarget {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    actor_of_any_type: Actor,
}

fn main() {}
