//! Variants that disagree.

use audit_core::AuditEntity;

#[derive(AuditEntity)]
#[audit(type = "a")]
pub struct One {
    #[audit(id)]
    id: u32,
    #[audit(metadata)]
    level: u32,
}

#[derive(AuditEntity)]
#[audit(type = "b")]
pub struct Other {
    #[audit(id)]
    id: u32,
    #[audit(metadata)]
    level: bool,
}

#[derive(AuditEntity)]
pub enum Broken {
//~^
    One(One),
    Other(Other),
}
