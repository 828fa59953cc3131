//! Fields that lack a mark: one error each, which says what to write.

use audit_core::{AuditEntity, AuditEvent, Context};

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User {
    #[audit(id)]
    id: u32,
}

#[derive(AuditEvent)]
#[audit(action = "u.actor", version = 1)]
struct Actor {
    actor: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = "u.target", version = 1)]
struct Target {
    #[audit(actor)]
    user: User,
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = "u.context", version = 1)]
struct OfContext {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    context: Context,
}

#[derive(AuditEvent)]
#[audit(action = "u.split", version = 1)]
struct Split {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    #[audit(split = "batch")]
    teams: Vec<User>,
}

#[derive(AuditEvent)]
#[audit(action = "u.target_on_struct", version = 1, target = User)]
struct TargetOnStruct {
    #[audit(actor)]
    user: User,
}

#[derive(AuditEvent)]
struct NeitherActionNorVersion {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEntity)]
enum Principal {
    User(User),
    #[audit(type = "system", id)]
    System,
}

fn main() {}
