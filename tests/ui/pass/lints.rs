//! Lints that generated code must not raise, on items that carry attributes of their own.
#![forbid(unsafe_code, missing_docs, unused_variables, unreachable_patterns)]
#![deny(
    warnings,
    dead_code,
    deprecated,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    let_underscore_drop,
    missing_debug_implementations,
    non_ascii_idents,
    non_snake_case,
    redundant_lifetimes,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unnameable_types,
    unused_extern_crates,
    unused_import_braces,
    unused_lifetimes,
    unused_macro_rules,
    unused_qualifications,
    unused_results,
    variant_size_differences
)]

use audit_core::{AuditEntity, AuditEvent, AuditMetadata, AuditValue, Context};

/// With an old variant.
#[derive(AuditValue, Clone, Copy, Debug)]
#[non_exhaustive]
#[repr(u8)]
pub enum Kind {
    /// New.
    New = 3,
    /// Another.
    Newer = 1,
}

/// A user.
#[derive(AuditEntity, Clone, Debug)]
#[audit(type = "user")]
#[must_use]
pub struct User {
    /// Its number.
    #[audit(id)]
    pub id: u32,
}

/// A group.
#[derive(AuditMetadata, Clone, Debug)]
#[non_exhaustive]
pub struct Group<'a> {
    /// A note.
    #[audit(truncate)]
    pub note: &'a str,
}

/// An event.
#[derive(AuditEvent, Clone, Debug)]
#[audit(action = "lint.event", version = 1)]
#[must_use]
pub struct Linted<'a> {
    /// Who.
    #[audit(actor)]
    pub user: &'a User,
    /// What.
    #[audit(target)]
    pub other: User,
    /// Which.
    pub kind: Kind,
    /// More.
    #[audit(flatten)]
    pub group: Group<'a>,
    #[doc(hidden)]
    #[doc = concat!("a", "b")]
    pub hidden: bool,
    /// Perhaps "quoted" \ and {braced}.
    pub perhaps: Option<u8>,
}

fn main() {
    let user = User { id: 1 };
    let group = Group { note: "n" };
    let built = Linted::builder()
        .user(&user)
        .other(user.clone())
        .kind(Kind::New)
        .group(group.clone())
        .hidden(true)
        .context(Context::empty());
    assert!(built.build().as_json().contains("New"));
    let literal = Linted { user: &user, other: user.clone(), kind: Kind::Newer, group, hidden: false, perhaps: None };
    assert!(literal.into_event(Context::empty()).as_json().contains("Newer"));
}
