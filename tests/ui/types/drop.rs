//! Events that implement `Drop`: one error each, and none where they are used.

use audit_core::{Actor, AuditEntity, AuditEvent, Context};

/// An entity may implement it: nothing is moved out of one.
#[derive(AuditEntity)]
#[audit(type = "user")]
struct User {
    #[audit(id)]
    id: String,
}

impl Drop for User {
    fn drop(&mut self) {}
}

#[derive(AuditEvent)]
#[audit(action = "d.owned", version = 1)]
struct Owned {
    #[audit(actor)]
    by: Actor,
    #[audit(target)]
    user: User,
    text: String,
    count: Option<u8>,
}

impl Drop for Owned {
    fn drop(&mut self) {}
}

#[derive(AuditEvent)]
#[audit(action = "d.borrowed", version = 1, actor = User)]
struct Borrowed<'a> {
    #[audit(target, split = "batch")]
    users: Vec<User>,
    text: &'a str,
    #[audit(context)]
    context: Context,
}

impl<'a> Drop for Borrowed<'a> {
    fn drop(&mut self) {}
}

/// A field that does is no matter.
#[derive(AuditEvent)]
#[audit(action = "d.guarded", version = 1)]
struct Guarded {
    #[audit(actor)]
    by: Actor,
    #[audit(target)]
    user: User,
    #[audit(skip)]
    guard: Guard,
}

struct Guard;

impl Drop for Guard {
    fn drop(&mut self) {}
}

fn main() {
    let user = || User { id: String::new() };
    let owned = Owned { by: Actor::new("a", "b"), user: user(), text: String::new(), count: None };
    let _ = owned.try_into_event(Context::empty());
    let _ = Owned::builder().text("t");
    let borrowed = Borrowed { users: vec![user()], text: "t", context: Context::empty() };
    let _ = borrowed.try_into_event_with_actor(&user());
    let guarded = Guarded { by: Actor::new("a", "b"), user: user(), guard: Guard };
    let _ = guarded.into_event(Context::empty());
}
