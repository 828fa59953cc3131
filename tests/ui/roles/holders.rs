//! Fields whose type, as written, can't have their role.

use std::collections::HashSet;

use audit_core::{AuditEntity, AuditEvent, AuditMetadata};

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User {
    #[audit(id)]
    id: u32,
}

#[derive(AuditMetadata)]
struct Request {
    id: u32,
}

#[derive(AuditEvent)]
#[audit(action = "h.actors", version = 1)]
struct Actors {
    #[audit(actor)]
    users: Vec<User>,
    #[audit(target)]
    team: String,
}

#[derive(AuditEvent)]
#[audit(action = "h.names", version = 1)]
struct Names {
    #[audit(actor)]
    user: String,
    #[audit(target)]
    teams: HashSet<User>,
    #[audit(target)]
    id: u64,
    #[audit(target)]
    both: (User, User),
}

#[derive(AuditEvent)]
#[audit(action = "h.groups", version = 1)]
struct Groups {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    #[audit(flatten)]
    maybe: Option<Request>,
    #[audit(flatten)]
    several: Vec<Request>,
}

#[derive(AuditMetadata)]
struct Nested {
    #[audit(flatten)]
    maybe: Option<Request>,
}

#[derive(AuditEntity)]
#[audit(type = "x")]
struct Entity {
    #[audit(id)]
    id: Option<u32>,
    #[audit(flatten)]
    several: [Request; 2],
}

#[derive(AuditMetadata)]
struct Unsized {
    id: u32,
    text: str,
}

#[derive(AuditMetadata)]
struct UnsizedObject {
    object: dyn std::fmt::Display,
}

fn main() {}
