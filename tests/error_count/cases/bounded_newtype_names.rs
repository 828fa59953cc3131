//! A broken bounded newtype whose constructor others call.

use audit_core::AuditValue;

#[derive(AuditValue)]
#[audit(max_len = 501)] //~
pub struct Broken(String);

pub fn uses() {
    let _ = Broken::new("x");
    let _ = Broken::try_from("x");
}
