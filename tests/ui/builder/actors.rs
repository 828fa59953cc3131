//! Who passes the actor, and which types are events at all.

use audit_core::{AuditEntity, AuditEvent, Context};

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User {
    #[audit(id)]
    id: String,
}

fn user() -> User {
    User { id: String::new() }
}

#[derive(AuditEvent)]
#[audit(action = "b.own", version = 1)]
struct Own {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = "b.by", version = 1, actor = User)]
struct Passed {
    #[audit(target)]
    team: User,
}

fn record(_: impl AuditEvent) {}

fn passed_without_actor() {
    let _ = Passed { team: user() }.try_into_event(Context::empty());
}

fn passed_without_actor_infallible() {
    let _ = Passed { team: user() }.into_event(Context::empty());
}

fn own_with_another() {
    let _ = Own { user: user(), team: user() }.try_into_event_with_actor(&user(), Context::empty());
}

fn recorded_without_actor() {
    record(Passed { team: user() });
}

fn not_an_event() {
    record(user());
}

fn no_context() {
    let _ = Own { user: user(), team: user() }.try_into_event(());
}

fn main() {}
