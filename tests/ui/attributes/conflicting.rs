//! Attributes that exclude each other.

use audit_core::{AuditEntity, AuditEvent, AuditMetadata};

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User {
    #[audit(id)]
    id: String,
}

#[derive(AuditEvent)]
#[audit(action = "a.values", version = 1)]
struct Values {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    #[audit(max_len = 5, truncate)]
    limited: String,
    #[audit(display, with = to_text)]
    shown: u32,
    #[audit(display, join)]
    listed: u32,
    #[audit(join, with = to_text)]
    joined: Vec<u32>,
    #[audit(join, max_len = 9, truncate)]
    bounded: Vec<u32>,
    #[audit(join, truncate)]
    cut: Vec<u32>,
    #[audit(skip, rename = "left_out")]
    skipped: u32,
    #[audit(skip, flatten)]
    group: u32,
}

#[derive(AuditEvent)]
#[audit(action = "a.roles", version = 1)]
struct Roles {
    #[audit(target)]
    team: User,
    #[audit(actor, target)]
    both: User,
    #[audit(context, skip)]
    where_from: User,
    #[audit(occurred_at, flatten)]
    when: User,
}

#[derive(AuditEvent)]
#[audit(action = "a.companions", version = 1)]
struct Companions {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    #[audit(type = "space")]
    no_target: bool,
    #[audit(split = "batch")]
    no_list: bool,
}

#[derive(AuditEvent)]
#[audit(action = "a.split", version = 1)]
struct Split {
    #[audit(actor)]
    user: User,
    #[audit(target, split = "batch")]
    one: User,
}

#[derive(AuditEntity)]
#[audit(type = "space")]
struct IdAndName {
    #[audit(id, name)]
    id: String,
}

#[derive(AuditEntity)]
#[audit(type = "space")]
struct IdAndMetadata {
    #[audit(id, metadata)]
    id: String,
}

#[derive(AuditEntity)]
#[audit(type = "space")]
struct NameAndFlatten {
    #[audit(id)]
    id: String,
    #[audit(name, flatten)]
    label: String,
}

#[derive(AuditMetadata)]
struct Group {
    #[audit(flatten, max_len = 5)]
    inner: u32,
}

fn main() {}
