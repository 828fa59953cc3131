//! Enums with an `as_str` of their own: that is one error, whatever else is wrong.

use audit_core::AuditValue;

#[derive(AuditValue)] //~
pub enum Whole {
    One,
}

impl Whole {
    pub const fn as_str(&self) -> &'static str {
        "one"
    }
}

#[derive(AuditValue)] //~
#[audit(rename_al = "lowercase")] //~
pub enum Broken {
    One,
}

impl Broken {
    pub const fn as_str(&self) -> &'static str {
        "one"
    }
}
