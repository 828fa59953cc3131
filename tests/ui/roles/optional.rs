//! The service requires every declared type, so actors and targets can't be left out; nor can an actor be a list.

use audit_core::{AuditEntity, AuditEvent, Context};

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User {
    #[audit(id)]
    id: String,
}

#[derive(AuditEvent)]
#[audit(action = "r.optional_actor", version = 1)]
struct OptionalActor {
    #[audit(actor)]
    user: Option<User>,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = "r.optional_target", version = 1)]
struct OptionalTarget {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Option<User>,
}

#[derive(AuditEvent)]
#[audit(action = "r.optional_list", version = 1)]
struct OptionalList {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: std::option::Option<Vec<User>>,
}

#[derive(AuditEvent)]
#[audit(action = "r.list_of_actors", version = 1)]
struct ListOfActors {
    #[audit(actor)]
    users: Vec<User>,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = "r.optional_context", version = 1)]
struct OptionalContext {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    #[audit(context)]
    from: Option<Context>,
}

#[derive(AuditEvent)]
#[audit(action = "r.optional_callers_actor", version = 1, actor = Option<User>)]
struct OptionalCallersActor {
    #[audit(target)]
    team: User,
}

fn main() {}
