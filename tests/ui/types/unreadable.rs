//! What rustc reads and the derive doesn't.

use audit_core::AuditMetadata;

#[derive(AuditMetadata)]
struct Group {
    #[audit(skip)]
    bytes: [u8; if cfg!(test) { 16 } else { 1024 }],
    note: u32,
}

fn uses(bytes: [u8; 1024]) -> Group {
    Group { bytes, note: 1 }
}

fn main() {}
