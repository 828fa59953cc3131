//! `Text<N>` of no characters, or of more than 500.

use audit_core::{AuditMetadata, Text};

#[derive(AuditMetadata)]
struct Zero {
    zero: Text<0>,
}

#[derive(AuditMetadata)]
struct Over {
    over: Text<501>,
}

#[derive(AuditMetadata)]
struct Optional {
    over: Option<Text<501>>,
}

fn main() {}
