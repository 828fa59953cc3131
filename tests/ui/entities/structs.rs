//! Structs that aren't entities yet.

use audit_core::AuditEntity;

#[derive(AuditEntity)]
#[audit(type = "user")]
struct NoId {
    #[audit(name)]
    name: String,
}

#[derive(AuditEntity)]
#[audit(type = "user")]
struct TwoIds {
    #[audit(id)]
    id: String,
    #[audit(id)]
    other: String,
}

#[derive(AuditEntity)]
#[audit(type = "user")]
struct TwoNames {
    #[audit(id)]
    id: String,
    #[audit(name)]
    name: String,
    #[audit(name)]
    other: String,
}

#[derive(AuditEntity)]
#[audit(type = "user")]
struct OptionalId {
    #[audit(id)]
    id: Option<String>,
}

#[derive(AuditEntity)]
#[audit(type = "")]
struct EmptyType {
    #[audit(id)]
    id: String,
}

#[derive(AuditEntity)]
#[audit(type = "user")]
struct TupleStruct(String);

#[derive(AuditEntity)]
#[audit(type = "user")]
struct UnitStruct;

#[derive(AuditEntity)]
#[audit(type = "user")]
union Union {
    id: u32,
}

fn main() {}
