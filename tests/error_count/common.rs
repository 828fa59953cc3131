//! What the cases share: nothing here is wrong.

use audit_core::{AuditEntity, AuditMetadata};

#[derive(AuditEntity)]
#[audit(type = "user")]
pub struct User {
    #[audit(id)]
    pub id: u32,
}

#[derive(AuditEntity)]
#[audit(type = "team")]
pub struct Team {
    #[audit(id)]
    pub id: u32,
}

#[derive(AuditMetadata)]
pub struct Request {
    pub request_id: u32,
}

pub struct Plain;

pub fn user() -> User {
    User { id: 1 }
}

pub fn team() -> Team {
    Team { id: 1 }
}
