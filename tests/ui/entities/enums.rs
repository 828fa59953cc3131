//! Enums whose variants aren't one entity each.

use audit_core::AuditEntity;

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User {
    #[audit(id)]
    id: String,
}

#[derive(AuditEntity)]
enum TwoFields {
    User(User, User),
}

#[derive(AuditEntity)]
enum StructVariant {
    User { user: User, other: User },
}

#[derive(AuditEntity)]
enum NoFields {
    User(),
}

#[derive(AuditEntity)]
enum UnitWithoutType {
    #[audit(id = "system")]
    System,
}

#[derive(AuditEntity)]
enum UnitWithoutId {
    #[audit(type = "system")]
    System,
}

#[derive(AuditEntity)]
enum UnitWithNeither {
    System,
}

#[derive(AuditEntity)]
enum TypedVariant {
    #[audit(type = "member", id = "x")]
    User(User),
}

#[derive(AuditEntity)]
enum Empty {}

fn main() {}
