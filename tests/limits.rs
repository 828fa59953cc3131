//! The limits and names that the crates share, and the codes of diagnostics.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use audit_core::diagnostics::DIAGNOSTICS;
use audit_core::limits;
use audit_core::schema::conflict;
use audit_rules::folder;

#[test]
fn conflicts_are_what_git_writes() {
    for (text, line) in [
        ("{\n<<<<<<< HEAD\n=======\n>>>>>>> main\n}\n", Some(2)),
        ("{\n|||||||\n}", Some(2)),
        ("{\"a\": \"<<<<<<< \"}\n>>>>>>> main\n", Some(2)),
        ("{}\r\n\r\n=======\r\n", Some(3)),
        ("=======", Some(1)),
        ("{\"a\": \"<<<<<<< \"}\n", None),
        ("  <<<<<<< HEAD\n<<<<<<<HEAD\n========\n\"=======\"", None),
        ("", None),
    ] {
        assert_eq!(
            conflict(text.as_bytes()).map(|(line, _)| line),
            line,
            "{text:?}"
        );
    }
}

const SERVICE_S_OWN: [(&str, &str); 14] = [
    ("user.signed_in", "user.signed_in"),
    ("workflow-run.completed", "workflow-run.completed"),
    ("USER_REGISTERED", "USER_REGISTERED"),
    ("agents:create", "agents%3Acreate"),
    ("100%", "100%25"),
    ("what?*<>|\"", "what%3F%2A%3C%3E%7C%22"),
    ("a.", "a%2E"),
    ("a..", "a.%2E"),
    (".git", "%2Egit"),
    ("con.aux", "%63on.aux"),
    ("NUL", "%4EUL"),
    ("com1.sent", "%63om1.sent"),
    ("com0.sent", "com0.sent"),
    ("Registrations", "%52egistrations"),
];

#[test]
fn each_action_has_a_folder_of_its_own() {
    for (name, folder) in SERVICE_S_OWN {
        assert!(limits::is_registered_action(name), "{name}");
        assert_eq!(folder::folder_of(name), folder);
        assert_eq!(folder::action_of(folder).as_deref(), Some(name));
        assert_eq!(
            limits::is_action(name),
            ["user.signed_in", "com0.sent"].contains(&name),
            "{name}"
        );
    }
    for folder in [
        "",
        "a b",
        "a/b",
        "a:b",
        "%",
        "%2",
        "%zz",
        "%+1",
        "%3a",
        "a%3acreate",
        "%61.b",
        "con.aux",
        "a.",
        "registrations",
        "é",
        "%2E",
        "%2E.",
    ] {
        assert_eq!(folder::action_of(folder), None, "{folder}");
    }
}

#[test]
fn actions_have_a_length() {
    let long = format!("a.{}", "b".repeat(126));
    assert!(limits::is_action(&long) && limits::is_registered_action(&long));
    let longer = format!("{long}b");
    assert!(!limits::is_action(&longer) && !limits::is_registered_action(&longer));
    for wrong in ["", "a b", "a/b", "a\\b", "é", "a\n", ".", ".."] {
        assert!(!limits::is_registered_action(wrong), "{wrong:?}");
    }
}

#[test]
fn the_numbers_are_the_service_s() {
    assert_eq!(
        (
            limits::METADATA_KEYS,
            limits::KEY_CHARS,
            limits::VALUE_CHARS
        ),
        (50, 40, 500)
    );
    assert_eq!((limits::MIN_TARGETS, limits::MAX_TARGETS), (1, 20));
    assert_eq!(
        (limits::MIN_SAFE_INTEGER, limits::MAX_SAFE_INTEGER),
        (-9_007_199_254_740_991, 9_007_199_254_740_991)
    );
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn known() -> BTreeSet<String> {
    DIAGNOSTICS
        .iter()
        .map(|diagnostic| diagnostic.code.to_owned())
        .collect()
}

/// Every `A0000` that follows `audit[` somewhere in a crate.
fn literal_codes(of_crate: &str) -> BTreeSet<String> {
    let texts = audit_tests::files(&repository().join(of_crate).join("src"), "rs");
    let codes = texts
        .iter()
        .flat_map(|(_, text)| text.split("audit[A").skip(1));
    codes
        .filter_map(|after| after.get(..4))
        .filter(|code| code.bytes().all(|byte| byte.is_ascii_digit()))
        .map(|code| format!("A{code}"))
        .collect()
}

#[test]
fn the_table_is_sorted_and_each_code_stands_once() {
    let codes: Vec<_> = DIAGNOSTICS
        .iter()
        .map(|diagnostic| diagnostic.code)
        .collect();
    assert!(codes.windows(2).all(|pair| pair[0] < pair[1]), "{codes:?}");
}

#[test]
fn every_code_of_the_derives_is_in_the_table() {
    let source = fs::read_to_string(repository().join("audit-macros/src/diag.rs"))
        .expect("the derives' codes stand there");
    let (_, after) = source.split_once("enum Code {").expect("they are an enum");
    let (variants, _) = after.split_once('}').expect("it ends");
    let codes: BTreeSet<_> = variants
        .lines()
        .filter_map(|line| line.split_once(" = "))
        .map(|(_, number)| format!("A{:0>4}", number.trim_end_matches(',')))
        .collect();
    assert!(codes.len() > 20, "the enum was read: {codes:?}");
    let unknown: Vec<_> = codes
        .union(&literal_codes("audit-macros"))
        .filter(|code| !known().contains(*code))
        .cloned()
        .collect();
    assert!(unknown.is_empty(), "not in the table: {unknown:?}");
}

#[test]
fn every_code_of_the_core_is_in_the_table() {
    let mut codes = literal_codes("audit-core");
    codes.extend(literal_codes("audit-rules"));
    assert!(codes.len() > 5, "they were found: {codes:?}");
    let unknown: Vec<_> = codes.difference(&known()).cloned().collect();
    assert!(unknown.is_empty(), "not in the table: {unknown:?}");
}
