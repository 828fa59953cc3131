//! Derives on the wrong kind of item.

use audit_core::{AuditEvent, AuditMetadata, AuditValue};

#[derive(AuditValue)]
enum WithData {
    A(u32),
}

#[derive(AuditValue)]
enum WithEmptyBraces {
    A {},
}

#[derive(AuditValue)]
struct TwoFields(String, String);

#[derive(AuditValue)]
struct NoFields();

#[derive(AuditValue)]
struct UnitStruct;

#[derive(AuditValue)]
struct Named {
    value: String,
}

#[derive(AuditValue)]
union ValueUnion {
    a: u32,
}

#[derive(AuditMetadata)]
enum MetadataEnum {
    A,
}

#[derive(AuditMetadata)]
struct MetadataTuple(String);

#[derive(AuditMetadata)]
struct MetadataUnit;

#[derive(AuditMetadata)]
union MetadataUnion {
    a: u32,
}

#[derive(AuditEvent)]
#[audit(action = "v.enum", version = 1)]
enum EventEnum {
    A,
}

#[derive(AuditEvent)]
#[audit(action = "v.tuple", version = 1)]
struct EventTuple(String);

#[derive(AuditEvent)]
#[audit(action = "v.unit", version = 1)]
struct EventUnit;

#[derive(AuditEvent)]
#[audit(action = "v.union", version = 1)]
union EventUnion {
    a: u32,
}

fn main() {}
