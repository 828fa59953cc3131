//! Limits outside 1 to 500, as numbers in attributes.

use audit_core::{AuditMetadata, AuditValue};

#[derive(AuditMetadata)]
struct Group {
    #[audit(max_len = 0)]
    zero: String,
    #[audit(max_len = 501)]
    over: String,
    #[audit(max_len = -1)]
    negative: String,
    #[audit(max_len = 70000)]
    far_over: String,
    #[audit(truncate = 0)]
    cut_zero: String,
    #[audit(truncate = 501)]
    cut_over: String,
    #[audit(max_len = 500)]
    just_right: String,
    #[audit(max_len = 1)]
    just_one: String,
}

#[derive(AuditValue)]
#[audit(max_len = 0)]
struct Zero(String);

#[derive(AuditValue)]
#[audit(max_len = 501)]
struct Over(String);

fn main() {}
