//! The builder's state: what isn't set, what is set twice, and names that don't exist.

use audit_core::{AuditEntity, AuditEvent, Context, Event};

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
#[audit(action = "b.member", version = 1)]
struct Member {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    admin: bool,
    country: Option<char>,
    #[audit(skip)]
    cached: bool,
}

#[derive(AuditEvent)]
#[audit(action = "b.by", version = 1, actor = User)]
struct Passed {
    #[audit(target)]
    team: User,
}

fn missing_metadata() -> Event {
    Member::builder().user(user()).team(user()).context(Context::empty()).build()
}

fn missing_actor() -> Event {
    Member::builder().team(user()).admin(true).context(Context::empty()).build()
}

fn missing_target() {
    let _ = Member::builder().user(user()).admin(true).context(Context::empty()).try_build();
}

fn missing_context() -> Event {
    Member::builder().user(user()).team(user()).admin(true).build()
}

fn missing_passed_actor() {
    let _ = Passed::builder().team(user()).context(Context::empty()).build();
}

fn missing_two() -> Event {
    Member::builder().user(user()).context(Context::empty()).build()
}

fn metadata_twice() -> Event {
    Member::builder().admin(true).admin(false).user(user()).team(user()).context(Context::empty()).build()
}

fn optional_twice() -> Event {
    Member::builder().user(user()).country('a').maybe_country(None).team(user()).admin(true).context(Context::empty()).build()
}

fn context_twice() -> Event {
    Member::builder().user(user()).context(Context::empty()).team(user()).admin(true).context(Context::empty()).build()
}

fn skipped_has_no_setter() {
    let _ = Member::builder().cached(true);
}

fn required_has_no_maybe() {
    let _ = Member::builder().maybe_admin(None);
}

fn main() {}
