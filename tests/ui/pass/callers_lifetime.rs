//! A passed actor that borrows for as long as the event does.

use audit_core::{AuditEntity, AuditEvent, Context, Event};

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User<'a> {
    #[audit(id)]
    id: &'a str,
}

#[derive(AuditEvent)]
#[audit(action = "lifetime.passed", version = 1, actor = User<'a>)]
struct Passed<'a> {
    #[audit(target)]
    user: &'a User<'a>,
}

fn literal(id: &str) -> Event {
    let user = User { id };
    Passed { user: &user }.into_event_with_actor(&user, Context::empty())
}

fn builder(id: &str) -> Event {
    let user = User { id };
    Passed::builder().actor(&user).user(&user).context(Context::empty()).build()
}

fn main() {
    let (literal, builder) = (literal("a"), builder("a"));
    assert_eq!(literal.to_value()["actor"], builder.to_value()["actor"]);
}
