//! Facts that stand in two crates because a derive can't depend on the crate that exports it: held together here.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use audit_core::diagnostics::DIAGNOSTICS;

#[path = "../audit-core/src/limits.rs"]
#[expect(dead_code, reason = "only the numbers that both crates have")]
mod core_limits;
#[path = "../audit-macros/src/limits.rs"]
mod macro_limits;

#[test]
fn the_derives_have_the_same_numbers() {
    assert_eq!(macro_limits::METADATA_KEYS, core_limits::METADATA_KEYS);
    assert_eq!(macro_limits::KEY_CHARS, core_limits::KEY_CHARS);
    assert_eq!(macro_limits::VALUE_CHARS, core_limits::VALUE_CHARS);
}

#[test]
fn the_numbers_are_the_service_s() {
    assert_eq!((core_limits::METADATA_KEYS, core_limits::KEY_CHARS, core_limits::VALUE_CHARS), (50, 40, 500));
    assert_eq!((core_limits::MIN_TARGETS, core_limits::MAX_TARGETS), (1, 20));
    assert_eq!((core_limits::MIN_SAFE_INTEGER, core_limits::MAX_SAFE_INTEGER), (-9_007_199_254_740_991, 9_007_199_254_740_991));
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn known() -> BTreeSet<String> {
    DIAGNOSTICS.iter().map(|diagnostic| diagnostic.code.to_owned()).collect()
}

/// Every `A0000` that follows `audit[` somewhere in a crate.
fn literal_codes(of_crate: &str) -> BTreeSet<String> {
    let texts = audit_tests::files(&repository().join(of_crate).join("src"), "rs");
    let codes = texts.iter().flat_map(|(_, text)| text.split("audit[A").skip(1));
    codes
        .filter_map(|after| after.get(..4))
        .filter(|code| code.bytes().all(|byte| byte.is_ascii_digit()))
        .map(|code| format!("A{code}"))
        .collect()
}

#[test]
fn the_table_is_sorted_and_each_code_stands_once() {
    let codes: Vec<_> = DIAGNOSTICS.iter().map(|diagnostic| diagnostic.code).collect();
    assert!(codes.windows(2).all(|pair| pair[0] < pair[1]), "{codes:?}");
}

#[test]
fn every_code_of_the_derives_is_in_the_table() {
    let source = fs::read_to_string(repository().join("audit-macros/src/diag.rs")).expect("the derives' codes stand there");
    let (_, after) = source.split_once("enum Code {").expect("they are an enum");
    let (variants, _) = after.split_once('}').expect("it ends");
    let codes: BTreeSet<_> = variants
        .lines()
        .filter_map(|line| line.split_once(" = "))
        .map(|(_, number)| format!("A{:0>4}", number.trim_end_matches(',')))
        .collect();
    assert!(codes.len() > 20, "the enum was read: {codes:?}");
    let unknown: Vec<_> = codes.union(&literal_codes("audit-macros")).filter(|code| !known().contains(*code)).cloned().collect();
    assert!(unknown.is_empty(), "not in the table: {unknown:?}");
}

#[test]
fn every_code_of_the_core_is_in_the_table() {
    let codes = literal_codes("audit-core");
    assert!(codes.len() > 5, "they were found: {codes:?}");
    let unknown: Vec<_> = codes.difference(&known()).cloned().collect();
    assert!(unknown.is_empty(), "not in the table: {unknown:?}");
}
