use std::fs;

use super::*;
use crate::config;
use crate::testing::{entry, event, golden_bodies};

/// A folder with these files; the catalogue declares `code.only` version 1.
fn findings(files: &[(&str, &str)], whole: bool) -> Vec<Finding> {
    let root = tempfile::tempdir().expect("a folder");
    config::create(root.path()).expect("marked");
    for (path, text) in files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder around it")).expect("a folder");
        fs::write(path, text).expect("written");
    }
    let store = config::store(root.path()).expect("a folder");
    let catalogue = Catalogue::new(vec![entry(event("code.only", 1))]);
    let coverage = if whole {
        Coverage::complete()
    } else {
        Coverage::partial()
    };
    all(
        &catalogue,
        SchemaFolder {
            store: &store,
            workspace: root.path(),
        },
        &coverage,
    )
}

/// Code, file, line.
fn places(findings: &[Finding]) -> Vec<(&str, &str, Option<u32>)> {
    findings
        .iter()
        .map(|Finding { code, location, .. }| {
            (
                code.name,
                location.file.as_deref().unwrap_or_default(),
                location.line,
            )
        })
        .collect()
}

fn body() -> String {
    golden_bodies().swap_remove(0).1
}

fn registrations(hash: &str) -> String {
    format!("{{\n  \"a.b\": {{\n    \"1\": {{\"server\": 1, \"sha256\": \"{hash}\"}}\n  }}\n}}\n")
}

#[test]
fn a_retired_version_is_what_was_registered() {
    let body = body();
    let registered = registrations(&sha256(&body));
    assert_eq!(
        findings(
            &[
                ("a.b/v1.json", &body),
                ("registrations/production.json", &registered)
            ],
            true
        ),
        []
    );
    // Its line ends are nobody's business.
    let with_returns = body.replace('\n', "\r\n");
    assert_eq!(
        findings(
            &[
                ("a.b/v1.json", &with_returns),
                ("registrations/production.json", &registered)
            ],
            true
        ),
        []
    );

    let edited = body.replacen("false", "true", 1);
    let found = findings(
        &[
            ("a.b/v1.json", &edited),
            ("registrations/production.json", &registered),
        ],
        true,
    );
    assert_eq!(places(&found), [("registered", "a.b/v1.json", None)]);
    let found = findings(
        &[
            ("a.b/v1.json", "{\n<<<<<<< HEAD"),
            ("registrations/production.json", &registered),
        ],
        true,
    );
    assert_eq!(places(&found), [("merge-conflict", "a.b/v1.json", Some(2))]);
}

#[test]
fn what_is_registered_under_another_name_was_moved() {
    let body = body();
    let other = body.replacen("false", "true", 1);
    let registered = format!(
        r#"{{"a.b": {{"1": {{"server": 1, "sha256": "{}"}}, "2": {{"server": 2, "sha256": "{}"}}}}}}"#,
        sha256(&body),
        sha256(&other)
    );
    let found = findings(
        &[
            ("a.b/v1.json", &other),
            ("a.b/v2.json", &other),
            ("registrations/staging.json", &registered),
        ],
        true,
    );
    assert_eq!(places(&found), [("misnamed", "a.b/v1.json", None)]);
    assert!(
        found[0]
            .message
            .ends_with("holds what is registered as a.b version 2"),
        "{}",
        found[0].message
    );
}

#[test]
fn what_no_code_renders_was_edited_by_hand() {
    let edited = body().replacen("false", "true", 1);
    assert_eq!(
        places(&findings(&[("a.b/v1.json", &edited)], false)),
        [("hand-edited", "a.b/v1.json", None)]
    );
    assert_eq!(findings(&[("a.b/v1.json", &body())], false), []);
    assert_eq!(
        findings(&[("a.b/v1.json", &edited)], true),
        [],
        "an orphan is reported as one"
    );
}

#[test]
fn names_and_contents_agree() {
    let event = |of: &str| {
        format!(r#"{{"title": "{of} version 1", "properties": {{"action": {{"const": "{of}"}}}}}}"#)
    };
    let body = body();
    assert_eq!(
        findings(
            &[("a.b/v1.json", &body), ("a.b/v1.event.json", &event("a.b"))],
            false
        ),
        []
    );
    for (text, code, line) in [
        (event("a.c"), "misnamed", None),
        ("[]".into(), "misnamed", None),
        ("{\n".into(), "invalid", Some(2)),
    ] {
        let found = findings(
            &[("a.b/v1.json", &body), ("a.b/v1.event.json", &text)],
            false,
        );
        assert_eq!(
            places(&found),
            [(code, "a.b/v1.event.json", line)],
            "{text}"
        );
    }
}

#[test]
fn names_that_nothing_reads_are_reported() {
    let unrecognized = [
        "User Created/v1.json",
        "a.b/V2.json",
        "a.b/v01.json",
        "a.b/v1 (copy).JSON",
        "stray.json",
    ];
    let mut files: Vec<_> = unrecognized.iter().map(|path| (*path, "{}")).collect();
    files.extend([
        ("README.md", "# Read me"),
        ("a.b/notes.txt", ""),
        ("my docs/page.json", "{}"),
    ]);
    let found = findings(&files, false);
    assert_eq!(
        places(&found),
        unrecognized.map(|path| ("misnamed", path, None))
    );
}

#[test]
fn says_at_which_line_and_column_a_body_is_wrong() {
    let text = "{\n  \"targets\": [{\"type\": \"team\"}],\n  \"metadata\": {\"properties\": {\n    \"a\": {\"type\": \"object\"},\n    \"b c\": {}\n  }}\n}\n";
    let found = findings(&[("a.b/v1.json", text)], false);
    let columns: Vec<_> = found
        .iter()
        .map(|finding| (finding.location.line, finding.location.column))
        .collect();
    assert_eq!(columns, [(Some(4), Some(19)), (Some(5), Some(12))]);
    assert!(found[0].message.ends_with(
        "a.b/v1.json:4:19: \"a\" is nested: a metadata value is a string, a number or a boolean"
    ));
}
