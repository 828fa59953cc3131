//! An entity without an id.

use audit_core::AuditEntity;

#[derive(AuditEntity)]
#[audit(type = "x")]
pub struct Broken {
//~^
    #[audit(name)]
    name: String,
}
