//! A variant that holds no entity.

use audit_core::AuditEntity;

use crate::common::Plain;

#[derive(AuditEntity)]
pub enum Broken {
    Plain(Plain), //~
}
