//! An id without text.

use audit_core::AuditEntity;

use crate::common::Plain;

#[derive(AuditEntity)]
#[audit(type = "x")]
pub struct Broken {
    #[audit(id)]
    id: Plain, //~
}
