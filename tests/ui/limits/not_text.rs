//! Limits on what isn't text, found through the type.

use audit_core::{AuditMetadata, AuditValue};

#[derive(AuditValue)]
enum Role {
    Admin,
}

#[derive(AuditValue)]
struct Count(u32);

#[derive(AuditMetadata)]
struct OnNumber {
    #[audit(max_len = 5)]
    number: u32,
}

#[derive(AuditMetadata)]
struct OnBool {
    #[audit(max_len = 5)]
    flag: bool,
}

#[derive(AuditMetadata)]
struct OnFloat {
    #[audit(truncate)]
    float: f64,
}

#[derive(AuditMetadata)]
struct OnOption {
    #[audit(truncate = 5)]
    option: Option<u32>,
}

#[derive(AuditMetadata)]
struct OnNewtype {
    #[audit(max_len = 5)]
    newtype: Count,
}

#[derive(AuditMetadata)]
struct OnEnum {
    #[audit(max_len = 5)]
    role: Role,
}

#[derive(AuditValue)]
#[audit(max_len = 5)]
struct LimitedNumber(u32);

fn number(_: &u8) -> u32 {
    0
}

#[derive(AuditMetadata)]
struct OnWith {
    #[audit(with = number, max_len = 5)]
    with: u8,
}

fn main() {}
