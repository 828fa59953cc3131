//! A slice is a list too, and so is an optional one.

use audit_core::AuditMetadata;

#[derive(AuditMetadata)]
struct Lists<'a> {
    #[audit(join)]
    slice: &'a [u8],
    #[audit(join)]
    optional: Option<&'a [&'a str]>,
    #[audit(join)]
    vec: &'a Vec<String>,
}

fn main() {
    let _ = Lists { slice: &[1], optional: Some(&["a"]), vec: &vec![] };
}
