//! Setters given what doesn't convert.

use audit_core::{AuditEntity, AuditEvent, AuditValue, Text};

#[derive(AuditValue)]
enum Role {
    Admin,
}

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
    role: Role,
    count: u32,
    note: String,
    tag: Text<8>,
    country: Option<String>,
    limit: Option<u32>,
}

fn an_enum() {
    let _ = Member::builder().role("admin");
}

fn a_number() {
    let _ = Member::builder().count("one");
}

fn a_number_of_another_type() {
    let _ = Member::builder().count(1u64);
}

fn text() {
    let _ = Member::builder().note(5);
}

fn bounded_text() {
    let _ = Member::builder().tag("too long, perhaps");
}

fn optional_text() {
    let _ = Member::builder().country(Some(String::new()));
}

fn optional_number() {
    let _ = Member::builder().limit(Some(1));
}

fn the_actor() {
    let _ = Member::builder().user("user_1");
}

fn the_context() {
    let _ = Member::builder().context("127.0.0.1");
}

fn the_time() {
    let _ = Member::builder().occurred_at("2026-01-01T00:00:00Z");
}

fn main() {}
