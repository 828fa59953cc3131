//! Enums: empty, double, with data.

use audit_core::AuditValue;

#[derive(AuditValue)]
pub enum Empty {} //~

#[derive(AuditValue)]
pub enum Double {
    #[audit(rename = "B")]
    A,
    B, //~
}

#[derive(AuditValue)]
pub enum Data {
    A(u8), //~
}
