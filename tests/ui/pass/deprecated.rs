//! Deprecated fields and variants, and names in another style: the user was warned, or has allowed it.
#![deny(warnings)]

use audit_core::{AuditEntity, AuditEvent, AuditValue};

#[derive(AuditValue)]
#[allow(dead_code)]
enum Kind {
    #[deprecated = "use `New`"]
    Old,
    New,
}

#[allow(non_snake_case)]
#[derive(AuditEntity)]
#[audit(type = "user")]
struct User {
    #[audit(id)]
    userId: u32,
    #[audit(metadata)]
    #[deprecated]
    old: bool,
}

#[allow(non_snake_case)]
#[derive(AuditEvent)]
#[audit(action = "old.event", version = 1)]
struct Camel {
    #[audit(actor)]
    userActor: User,
    #[audit(target)]
    userTarget: User,
    someKind: Kind,
    perhapsKind: Option<Kind>,
    #[deprecated = "of no use"]
    old: bool,
}

#[allow(non_camel_case_types)]
#[derive(AuditValue)]
enum lower_case {
    some_value,
}

#[deprecated]
#[derive(AuditEntity)]
#[audit(type = "team")]
struct Team {
    #[audit(id)]
    id: u32,
}

fn main() {
    let _ = Camel::builder().someKind(Kind::New).maybe_perhapsKind(None);
    let _ = lower_case::some_value;
}
