//! `check`, finding by finding, on a project that loses its order step by step.

use crate::support::{Project, event};
use serde_json::Value;

/// Code, level, file, line.
fn found(project: &Project, status: i32) -> Vec<(String, String, String, Option<u64>)> {
    let run = project.run(&["check", "--workspace", "--format", "json", "-q"]).ends(status);
    let list: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let one = |item: &Value| (text(&item["code"]), text(&item["level"]), text(&item["file"]), item["line"].as_u64());
    list.as_array().expect("an array").iter().map(one).collect()
}

fn row(code: &str, file: &str, line: Option<u64>) -> (String, String, String, Option<u64>) {
    (code.into(), "error".into(), file.into(), line)
}

fn project(name: &str) -> Project {
    let project = Project::library(name, &(event("user.signed_in", 1, "mfa: bool,") + &event("team.created", 1, "plan: String,")));
    project.run(&["init"]).ends(0);
    project.run(&["export"]).ends(0);
    project
}

#[test]
fn files_that_were_touched() {
    let project = project("check-files");
    assert_eq!(found(&project, 0), []);
    let body = project.read("schemas/user.signed_in/v1.json");
    let path = "schemas/user.signed_in/v1.json";

    // Another form, same meaning; another meaning; not a schema at all.
    project.write(path, &body.replace(": ", ":"));
    assert_eq!(found(&project, 1), [row("hand-edited", path, None)]);
    project.write(path, &body.replace("boolean", "string"));
    let line = project.read("src/lib.rs").lines().position(|line| line.contains("mfa")).expect("a line") as u64 + 1;
    assert_eq!(found(&project, 1), [row("stale", "src/lib.rs", Some(line))]);
    project.write(path, "{\n<<<<<<< HEAD\n");
    assert_eq!(found(&project, 1), [row("invalid", path, Some(2))]);
    project.write(path, &body.replace("{\"type\": \"boolean\"}", "{\"properties\": {}, \"type\": \"object\"}"));
    assert_eq!(found(&project, 1), [row("invalid", path, Some(4))]);
    project.write(path, &"[".repeat(200_000));
    assert_eq!(found(&project, 1), [row("invalid", path, Some(1))]);
    project.write(path, &body);

    project.write("schemas/team.created/v01.json", &body);
    project.write("schemas/User.Created/v1.json", &body);
    let strays = [row("misnamed", "schemas/User.Created/v1.json", None), row("misnamed", "schemas/team.created/v01.json", None)];
    assert_eq!(found(&project, 1), strays);
}

#[test]
fn a_file_of_100_megabytes_is_an_error() {
    let project = project("check-large");
    project.write("schemas/user.signed_in/v1.json", &" ".repeat(100 << 20));
    let run = project.run(&["check"]).ends(2);
    assert_eq!(run.error(), "can't read schemas/user.signed_in/v1.json: larger than 1 MiB, which no schema is");
}

#[test]
fn names_that_two_types_claim() {
    let project = project("check-names");
    let twice = project.read("src/lib.rs")
        + "mod again {"
        + &event("user.signed_in", 1, "mfa: bool,")
        + "}"
        + "mod other {"
        + &event("team.created", 1, "plan: bool,")
        + "}";
    project.write("src/lib.rs", &twice);
    let run = project.run(&["check"]).ends(1);
    assert!(run.stdout.contains("error[conflict]: team.created version 1 has 2 different schemas: src/lib.rs:"), "{run:?}");
    assert!(
        run.stdout.contains("warning[duplicate]: user.signed_in version 1 is declared 2 times, with the same schema: src/lib.rs:"),
        "{run:?}"
    );
    let run = project.run(&["bump"]).ends(0);
    assert!(run.stderr.contains("warning: team.created version 1 has 2 different schemas: src/lib.rs:"), "{run:?}");
    project.write(
        "src/lib.rs",
        &(event("user.signed_in", 1, "mfa: bool,") + "mod again {" + &event("user.signed_in", 1, "mfa: bool,") + "}"),
    );
    std::fs::remove_dir_all(project.path("schemas/team.created")).expect("removed");
    let run = project.run(&["export"]).ends(0);
    assert_eq!(run.summary(), "0 new, 0 changed, 1 unchanged, 0 orphaned");
    let run = project.run(&["check"]).ends(0);
    assert!(run.stdout.contains("warning[duplicate]"), "a warning is said, and no more: {run:?}");
}

#[test]
fn registrations_and_evolution() {
    let project = project("check-evolution");
    project.write("schemas/audit.toml", "evolution = \"backward\"\n");
    let list: Value = serde_json::from_str(&project.run(&["list", "--format", "json"]).ends(0).stdout).expect("JSON");
    let sha256 = list[1]["sha256"].as_str().expect("a hash").to_owned();
    let registrations =
        |lost: &str| format!("{{\n\"user.signed_in\": {{\"1\": {{\"server\": 3, \"sha256\": \"{sha256}\"}}}}{lost}\n}}\n");
    project.write(
        "schemas/registrations/production.json",
        &registrations(",\n\"team.gone\": {\"2\": {\"server\": 1, \"sha256\": \"x\"}}"),
    );
    assert_eq!(found(&project, 1), [row("unknown-registration", "schemas/registrations/production.json", Some(3))]);
    project.write("schemas/registrations/production.json", &registrations(""));

    // A second version that old events don't fit, and one that they do.
    let source = event("user.signed_in", 2, "\n mfa: bool,\n reason: String,")
        + &event("team.created", 1, "plan: String,")
        + &event("team.created", 2, "plan: String, seats: Option<u8>,");
    project.write("src/lib.rs", &source);
    project.run(&["export"]).ends(0);
    let line = source.lines().position(|line| line.contains("reason")).expect("a line") as u64 + 1;
    assert_eq!(found(&project, 1), [row("evolution", "src/lib.rs", Some(line))]);
    let run = project.run(&["check"]).ends(1);
    assert!(run.stdout.contains("user.signed_in version 2 isn't backward compatible with version 1"), "{run:?}");
    assert!(run.stdout.contains("key-added-required") && run.stdout.contains("`reason` was added, required"), "{run:?}");

    // The retired file is what was registered.
    let retired = project.read("schemas/user.signed_in/v1.json");
    project.write("schemas/user.signed_in/v1.json", &retired.replace("boolean", "string"));
    project.write("schemas/audit.toml", "evolution = \"none\"\n");
    assert_eq!(found(&project, 1), [row("registered", "schemas/user.signed_in/v1.json", None)]);
    project.write("schemas/user.signed_in/v1.json", &retired);
    assert_eq!(found(&project, 0), []);
    project.write("schemas/audit.toml", "evolution = \"backwards\"\n");
    assert!(project.run(&["check"]).ends(2).stderr.contains("schemas/audit.toml:1:13: "));
}
