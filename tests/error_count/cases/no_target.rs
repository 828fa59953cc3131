//! Nothing acted on.

use audit_core::AuditEvent;

use crate::common::User;

#[derive(AuditEvent)]
#[audit(action = "c.broken", version = 1)]
pub struct Broken {
//~^
    #[audit(actor)]
    user: User,
}
