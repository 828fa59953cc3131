//! A newtype of what isn't a value.

use audit_core::AuditValue;

use crate::common::Plain;

#[derive(AuditValue)]
pub struct Broken(Plain); //~
