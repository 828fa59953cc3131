//! What can't be a metadata value. Each on its own group, so that each stands alone.

use std::collections::HashMap;
use std::path::PathBuf;

use audit_core::{AuditMetadata, AuditValue};

struct Plain {
    id: u32,
}

#[derive(AuditMetadata)]
struct Inner {
    id: u32,
}

type Wide = u128;

#[derive(AuditMetadata)]
struct NestedStruct {
    nested: Plain,
}

#[derive(AuditMetadata)]
struct NestedGroup {
    nested: Inner,
}

#[derive(AuditMetadata)]
struct OptionalStruct {
    nested: Option<Plain>,
}

#[derive(AuditMetadata)]
struct Tuple {
    tuple: (u8, u8),
}

#[derive(AuditMetadata)]
struct Unit {
    unit: (),
}

#[derive(AuditMetadata)]
struct Array {
    array: [u8; 4],
}

#[derive(AuditMetadata)]
struct Foreign {
    path: PathBuf,
}

#[derive(AuditMetadata)]
struct HiddenWide {
    wide: Wide,
}

type List = Vec<String>;
type Map = HashMap<String, String>;

#[derive(AuditMetadata)]
struct HiddenList {
    list: List,
}

#[derive(AuditMetadata)]
struct HiddenMap {
    map: Map,
}

#[derive(AuditValue)]
struct Newtype(Plain);

fn main() {}
