use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::*;
use crate::args::ReportFormat;
use crate::diff::Class;
use crate::diff::origin::Origin;
use crate::finding::{EventName, code};

fn at(file: &str, line: u32, column: Option<u32>) -> Location {
    Location {
        file: Some(file.into()),
        line: Some(line).filter(|line| *line > 0),
        column,
    }
}

fn change(
    rule: &'static str,
    key: &str,
    (backward, forward): (bool, bool),
    location: Location,
) -> Change {
    let message = format!("`{key}` of the actor isn't what it was");
    let (place, key, unread) = (
        "actor.metadata".into(),
        Some(key.into()),
        crate::diff::Unread::default(),
    );
    Change {
        rule,
        place,
        key,
        message,
        class: Class { backward, forward },
        unread,
        location,
        origin: Origin::Own,
    }
}

/// Every kind of place, of text and of change.
fn samples() -> Vec<Finding> {
    let stale = Finding {
        package: Some("acme".into()),
        ..Finding::new(
            code::STALE,
            "user.signed_in version 1 isn't what v1.json holds (src/lib.rs:12)",
            "export it",
        )
        .about("user.signed_in", 1)
        .at(at("src/lib.rs", 12, None))
    };
    let changed = Finding {
        changes: vec![
            change("key-removed", "role", (false, true), Location::default()),
            change(
                "type-changed",
                "age",
                (false, false),
                at("crates/größe und maß/src/user.rs", 7, Some(5)),
            ),
            change(
                "description-changed",
                "name",
                (true, true),
                at("src/lib.rs", 31, None),
            ),
        ],
        ..Finding::new(
            code::EVOLUTION,
            "user.signed_in version 2 can't read events of version 1",
            "change it back",
        )
        .about("user.signed_in", 2)
        .at(at("src/lib.rs", 20, None))
    };
    let unplaced = Finding {
        changes: vec![change(
            "key-added-required",
            "mfa",
            (false, true),
            Location::default(),
        )],
        ..Finding::new(
            code::REGISTERED,
            "team.created version 1 isn't what is registered in production",
            "",
        )
        .about("team.created", 1)
    };
    let hostile = Finding {
        key: Some("a:b".into()),
        ..Finding::new(
            code::KEY_CASE,
            "100 % of\r\n\u{1b}[31mkeys\u{7}, é: \"{0}\" and [a](b)",
            "::error::no\n::warning::no",
        )
        .at(at("src/a,b: 100%/größe und maß.rs", 3, Some(9)))
        .level(Level::Warning)
    };
    let file = Finding::new(code::MISNAMED, "it is no schema's name", "remove it").at(at(
        "schemas/user signed in/v1.json",
        0,
        None,
    ));
    let elsewhere = Finding::new(code::CONFLICT, "two schemas", "rename one").at(at(
        "/home/zoë/.cargo/lib.rs",
        4,
        None,
    ));
    let of_several = Finding {
        changes: vec![change(
            "key-added-optional",
            "region",
            (true, false),
            at("src/groups.rs", 5, None),
        )],
        events: ["user.signed_in", "user.signed_out"]
            .map(|action| EventName {
                action: action.into(),
                version: 1,
            })
            .into(),
        ..Finding::new(
            code::STALE,
            "the group `Request` changed, so 2 events aren't what the folder holds",
            "export it",
        )
        .about("user.signed_in", 1)
        .at(at("src/groups.rs", 5, None))
    };
    vec![
        stale.clone(),
        stale,
        changed,
        unplaced,
        hostile,
        file,
        elsewhere,
        of_several,
    ]
}

/// Compares with a file beside the tests; `AUDIT_BLESS=1` writes it.
#[track_caller]
fn assert_snapshot(name: &str, text: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/snapshots")
        .join(name);
    if std::env::var_os("AUDIT_BLESS").is_some() {
        fs::write(&path, text).expect("the snapshots can be written");
    }
    let expected = fs::read_to_string(&path)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    assert_eq!(
        text, expected,
        "if that is right: AUDIT_BLESS=1 cargo test -p cargo-audit-schema --bins report"
    );
}

fn rendered(findings: &[Finding], format: ReportFormat) -> String {
    let root = Path::new("/");
    crate::report::render(format, root, || text(findings), findings, findings).expect("rendered")
}

#[test]
fn every_format_is_what_its_snapshot_says() {
    let plain = anstream::adapter::strip_str(&rendered(&samples(), ReportFormat::Text)).to_string();
    assert_snapshot("findings.txt", &plain);
    assert_snapshot("findings.json", &rendered(&samples(), ReportFormat::Json));
    assert_snapshot(
        "findings.github",
        &rendered(&samples(), ReportFormat::Github),
    );
    let sarif = rendered(&samples(), ReportFormat::Sarif);
    assert_snapshot(
        "findings.sarif",
        &sarif.replace(&format!("\"{}\"", env!("CARGO_PKG_VERSION")), "\"VERSION\""),
    );
}

#[test]
fn people_see_colours_and_nothing_that_a_file_steers() {
    let text = rendered(&samples(), ReportFormat::Text);
    assert!(
        text.contains(&format!("{ERROR}error[stale]{ERROR:#}: "))
            && text.contains(&format!("{WARNING}warning[key-case]{WARNING:#}"))
    );
    assert!(
        !text.contains("\u{1b}[31mkeys") && text.contains("\\u{1b}[31mkeys\\u{7}"),
        "{text}"
    );
}

#[test]
fn a_place_is_said_once() {
    let shown = |message: &str, location: Location| {
        let text = rendered(
            &[Finding::new(code::STALE, message, "").at(location)],
            ReportFormat::Text,
        );
        anstream::adapter::strip_str(text.trim_end())
            .to_string()
            .replace("error[stale]: ", "")
    };
    assert_eq!(
        shown("x (src/lib.rs:12)", at("src/lib.rs", 12, Some(3))),
        "x (src/lib.rs:12)"
    );
    assert_eq!(
        shown("x (src/lib.rs:12)", at("src/lib.rs", 1, None)),
        "x (src/lib.rs:12) (src/lib.rs:1)"
    );
    assert_eq!(
        shown("x", at("src/lib.rs", 1, Some(2))),
        "x (src/lib.rs:1:2)"
    );
    assert_eq!(shown("x", Location::default()), "x");
}

#[test]
fn nothing_is_nothing_in_every_format() {
    assert_eq!(rendered(&[], ReportFormat::Text), "");
    assert_eq!(rendered(&[], ReportFormat::Github), "");
    assert_eq!(rendered(&[], ReportFormat::Json), "[]\n");
    let log: Value = serde_json::from_str(&rendered(&[], ReportFormat::Sarif)).expect("JSON");
    assert_eq!(
        log["runs"][0]["results"],
        serde_json::json!([]),
        "a log without results says that all is mended"
    );
}

#[test]
fn annotations_are_lines_that_github_takes() {
    let text = rendered(&samples(), ReportFormat::Github);
    // Eight findings; one of them is annotated at its three changes.
    assert_eq!(text.lines().count(), 10);
    for line in text.lines() {
        assert!(
            line.starts_with("::error ") || line.starts_with("::warning "),
            "{line}"
        );
        let (properties, message) = line[2..].split_once("::").expect("a message");
        assert!(!properties.is_empty() && !message.is_empty(), "{line}");
    }
    let at = |words: &str| text.lines().filter(|line| line.contains(words)).count();
    assert_eq!(
        at(
            "::error file=crates/größe und maß/src/user.rs,line=7,col=5,title=type-changed%3A user.signed_in@2::"
        ),
        1
    );
    assert_eq!(
        at("::error file=src/lib.rs,line=20,title=key-removed%3A user.signed_in@2::"),
        1,
        "without a place of its own"
    );
}

fn official() -> jsonschema::Validator {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/sarif/sarif-schema-2.1.0.json"
    );
    // ECMA-262 takes a `]` that closes nothing for itself, the validator doesn't.
    let text = fs::read_to_string(path)
        .expect("the schema")
        .replace("{2}]?$", "{2}\\\\]?$");
    let schema: Value = serde_json::from_str(&text).expect("JSON");
    jsonschema::draft7::options()
        .should_validate_formats(true)
        .build(&schema)
        .expect("a schema of draft 7")
}

#[track_caller]
fn assert_valid_sarif(text: &str) {
    let log: Value = serde_json::from_str(text).expect("JSON");
    let problems: Vec<_> = official()
        .iter_errors(&log)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn sarif_is_valid_under_the_official_schema() {
    assert_valid_sarif(&rendered(&samples(), ReportFormat::Sarif));
    assert_valid_sarif(&rendered(&[], ReportFormat::Sarif));
    let mut log: Value =
        serde_json::from_str(&rendered(&samples(), ReportFormat::Sarif)).expect("JSON");
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] =
        0.into();
    assert!(!official().is_valid(&log), "the schema is in force");
}

/// Every result's fingerprint.
fn fingerprints(findings: &[Finding]) -> Vec<String> {
    let log: Value = serde_json::from_str(&rendered(findings, ReportFormat::Sarif)).expect("JSON");
    let results = log["runs"][0]["results"].as_array().expect("results");
    results
        .iter()
        .map(|result| result["partialFingerprints"]["auditSchemaFinding/v1"].to_string())
        .collect()
}

#[test]
fn fingerprints_stay_when_lines_move_and_differ_between_findings() {
    let before = fingerprints(&samples());
    let mut moved = samples();
    for finding in &mut moved {
        finding.message = finding.message.replace(":12", ":99");
        finding.location.line = finding.location.line.map(|line| line + 87);
        finding.location.column = None;
    }
    assert_eq!(fingerprints(&moved), before);
    let mut unique = before.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(
        unique.len(),
        before.len(),
        "the same finding twice is counted"
    );
}

#[test]
fn rules_are_the_codes_and_results_point_at_theirs() {
    let log: Value =
        serde_json::from_str(&rendered(&samples(), ReportFormat::Sarif)).expect("JSON");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    assert_eq!(rules.len(), code::ALL.len());
    for result in run["results"].as_array().expect("results") {
        let index =
            usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("a small one");
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
}
