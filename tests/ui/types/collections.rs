//! What the derive rejects by name: collections, maps, 128-bit integers, nested options.

use std::collections::{BTreeMap, HashMap, HashSet};

use audit_core::{AuditMetadata, AuditValue};

#[derive(AuditMetadata)]
struct Group {
    list: Vec<String>,
    bytes: Vec<u8>,
    map: HashMap<String, String>,
    tree: BTreeMap<String, String>,
    set: HashSet<u8>,
    wide: u128,
    signed: i128,
    optional_wide: Option<u128>,
    optional_list: Option<Vec<String>>,
    nested: Option<Option<u8>>,
    slice: &'static [u8],
}

#[derive(AuditValue)]
struct WideValue(u128);

#[derive(AuditValue)]
struct ListValue(Vec<u8>);

fn main() {}
