//! Two variants of one name.

use audit_core::AuditValue;

#[derive(AuditValue)]
pub enum Twice {
    One,
    One, //~
}
