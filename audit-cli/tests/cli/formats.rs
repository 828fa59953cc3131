//! Machine-readable output, validated by its documentation; with the real derives and real builds.

use std::fs;
use std::path::Path;

use crate::support::{Project, event, object, record};
use serde_json::Value;

/// A schema of `docs/formats`. It is closed, so an undocumented key is a failure.
fn documented(name: &str) -> jsonschema::Validator {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../docs/formats")
        .join(name);
    let schema: Value =
        serde_json::from_str(&fs::read_to_string(path).expect("the schema")).expect("JSON");
    assert!(jsonschema::draft202012::meta::is_valid(&schema), "{name}");
    jsonschema::draft202012::new(&schema).expect("a schema")
}

#[track_caller]
fn valid(schema: &str, json: &str) -> Vec<Value> {
    let output: Value = serde_json::from_str(json).expect("JSON");
    let problems: Vec<_> = documented(schema)
        .iter_errors(&output)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(problems.is_empty(), "{problems:#?}");
    let Value::Array(items) = output else {
        unreachable!("{schema} is of arrays")
    };
    for item in &items {
        let mut more = item.clone();
        more["undocumented"] = true.into();
        assert!(
            !documented(schema).is_valid(&Value::from(vec![more])),
            "{schema} isn't closed"
        );
    }
    items
}

/// A line in the source, counted from 1.
fn line_of(source: &str, words: &str) -> usize {
    source
        .lines()
        .position(|line| line.contains(words))
        .expect("the words are there")
        + 1
}

#[test]
fn each_format_says_the_same_findings() {
    let source = event("user.signed_in", 1, "mfa: bool,")
        + &event("user.signed_out", 1, "\n        wrongKey: bool,\n");
    let project = Project::library(
        "formats-all",
        &source.replace("mod ", "#[allow(non_snake_case)] mod "),
    );
    let source = project.read("src/lib.rs");
    project.run(&["init"]).ends(0);
    project.run(&["export", "-p", "formats-all"]).ends(0);
    project.write("schemas/audit.toml", "[lints]\nkey-case = \"warn\"\n");
    project.write(
        "schemas/team.gone/v1.json",
        &project.read("schemas/user.signed_in/v1.json"),
    );
    let list = valid(
        "list.schema.json",
        &project.run(&["list", "--format", "json"]).ends(0).stdout,
    );
    let states: Vec<_> = list
        .iter()
        .map(|item| item["state"].as_str().unwrap_or_default())
        .collect();
    assert_eq!(states, ["orphaned", "committed", "committed"]);

    // What is an error, what is a warning, what isn't in a file of Rust.
    let body = project.read("schemas/user.signed_in/v1.json");
    project.write(
        "schemas/user.signed_in/v1.json",
        &body.replace("boolean", "string"),
    );
    let run = project.run(&["check", "--format", "json"]).ends(1);
    let findings = valid("check.schema.json", &run.stdout);
    assert!(
        run.stderr.ends_with("4 findings\n"),
        "the summary is for people: {run:?}"
    );
    let warning = findings
        .iter()
        .find(|finding| finding["level"] == "warning")
        .expect("a lint's warning");
    let line = line_of(&source, "wrongKey");
    assert_eq!(
        (&warning["code"], &warning["key"]),
        (&"key-case".into(), &"wrongKey".into())
    );
    assert_eq!(
        (&warning["file"], &warning["line"]),
        (&"src/lib.rs".into(), &line.into())
    );

    let github = project.run(&["check", "--format", "github", "-q"]).ends(1);
    assert_eq!(github.stdout.lines().count(), findings.len(), "{github:?}");
    assert!(
        github
            .stdout
            .lines()
            .all(|line| line.starts_with("::error ") || line.starts_with("::warning ")),
        "{github:?}"
    );
    let annotation =
        format!("::warning file=src/lib.rs,line={line},title=key-case%3A user.signed_out@1::");
    assert!(
        github.stdout.contains(&annotation) && github.stderr.is_empty(),
        "{github:?}"
    );

    let sarif = project.run(&["check", "--format", "sarif"]).ends(1).stdout;
    assert_eq!(
        sarif,
        project.run(&["check", "--format", "sarif"]).ends(1).stdout,
        "the same bytes every time"
    );
    let log: Value = serde_json::from_str(&sarif).expect("JSON");
    let results = log["runs"][0]["results"].as_array().expect("results");
    assert_eq!(results.len(), findings.len());
    let region = results
        .iter()
        .find(|result| result["ruleId"] == "key-case")
        .map(|result| result["locations"][0]["physicalLocation"]["region"]["startLine"].clone());
    assert_eq!(region, Some(line.into()));

    // What `export` can't do, without its table.
    let findings = valid(
        "check.schema.json",
        &project.run(&["export", "--format", "json"]).ends(1).stdout,
    );
    let codes: Vec<_> = findings
        .iter()
        .map(|finding| finding["code"].as_str().unwrap_or_default())
        .collect();
    assert_eq!(codes, ["orphaned", "stale"]);
    let run = project
        .run(&["export", "--format", "github", "--update", "--prune"])
        .ends(0);
    assert!(
        run.stdout.is_empty() && run.stderr.contains("1 changed"),
        "{run:?}"
    );
}

#[test]
fn an_artifacts_events_are_documented() {
    let project = Project::new();
    let records = [
        record::event("user.signed_in", 1).string("method"),
        record::event("a.b", 2).at("", 0),
    ];
    fs::write(project.path("two.o"), object(records)).expect("written");
    let items = valid(
        "inspect.schema.json",
        &project
            .run(&["inspect", "--format", "json", "two.o"])
            .ends(0)
            .stdout,
    );
    assert_eq!(items.len(), 2);

    let body = r#"{"targets": [{"type": "team"}], "metadata": {"properties": {"method": {"type": "boolean"}}}}"#;
    project.write("schemas/user.signed_in/v1.json", body);
    let against = ["inspect", "two.o", "--against", "schemas", "--format"];
    let items = valid(
        "inspect.schema.json",
        &project
            .run(&[&against[..], &["json"]].concat())
            .ends(1)
            .stdout,
    );
    assert!(
        items.iter().any(|item| item["changes"]
            .as_array()
            .is_some_and(|changes| !changes.is_empty())),
        "{items:#?}"
    );
    let github = project
        .run(&[&against[..], &["github"]].concat())
        .ends(1)
        .stdout;
    assert!(
        github.contains("::error file=src/lib.rs,title=type-changed%3A user.signed_in@1::"),
        "{github}"
    );
    assert!(
        github.contains("title=not-in-folder%3A a.b@2::"),
        "{github}"
    );
}

#[test]
fn what_no_code_declares_is_documented_too() {
    assert!(documented("check.schema.json").is_valid(&serde_json::json!([])));
    let snapshot = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/findings.json");
    // Every kind of place, text and change, as the unit tests render them.
    let findings = valid(
        "check.schema.json",
        &fs::read_to_string(snapshot).expect("the snapshot"),
    );
    assert!(findings.iter().any(|finding| {
        finding["changes"]
            .as_array()
            .is_some_and(|changes| changes.len() > 1)
    }));
}

#[test]
fn annotations_name_files_from_the_root_of_the_repository() {
    let project = Project::library(
        "formats-monorepo",
        &event("user.signed_in", 1, "mfa: bool,"),
    );
    project.git(&["init", "--quiet", ".."]);
    project.run(&["init"]).ends(0);
    let stdout = |format: &str| project.run(&["check", "--format", format]).ends(1).stdout;
    let github = stdout("github");
    assert!(
        github.starts_with("::error file=größe und maß/src/lib.rs,line="),
        "{github}"
    );
    let sarif = stdout("sarif");
    let uri = "\"uri\": \"gr%C3%B6%C3%9Fe%20und%20ma%C3%9F/src/lib.rs\"";
    assert!(sarif.contains(uri), "{sarif}");
    let findings = valid("check.schema.json", &stdout("json"));
    assert_eq!(findings[0]["file"], "src/lib.rs");
    assert!(stdout("text").contains("(src/lib.rs:"));
}
