//! An optional id.

use audit_core::AuditEntity;

#[derive(AuditEntity)]
#[audit(type = "x")]
pub struct Broken {
    #[audit(id)]
    id: Option<String>, //~
}
