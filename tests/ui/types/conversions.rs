//! `display`, `join` and `with` on what they can't turn into a value.

use audit_core::AuditMetadata;

struct Plain;

fn to_plain(_: &u8) -> Plain {
    Plain
}

#[derive(AuditMetadata)]
struct Displayed {
    #[audit(display)]
    plain: Plain,
}

#[derive(AuditMetadata)]
struct DisplayedOption {
    #[audit(display)]
    plain: Option<Plain>,
}

#[derive(AuditMetadata)]
struct Joined {
    #[audit(join)]
    plain: Vec<Plain>,
}

#[derive(AuditMetadata)]
struct JoinedScalar {
    #[audit(join)]
    scalar: u32,
}

#[derive(AuditMetadata)]
struct Converted {
    #[audit(with = to_plain)]
    byte: u8,
}

#[derive(AuditMetadata)]
struct ConvertedOther {
    #[audit(with = to_plain)]
    word: u16,
}

fn main() {}
