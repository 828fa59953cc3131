//! One key that is wrong and stands twice is one mistake in each place, and the comparison adds none.

use audit_core::AuditMetadata;

#[derive(AuditMetadata)]
pub struct Broken {
    #[audit(rename = "a b")] //~
    first: bool,
    #[audit(rename = "a b")] //~
    second: bool,
}
