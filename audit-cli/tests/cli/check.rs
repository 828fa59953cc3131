//! `check`, finding by finding, on a project that loses its order step by step.

use crate::support::{Project, event};
use serde_json::Value;

/// Code, level, file, line.
fn found(project: &Project, status: i32) -> Vec<(String, String, String, Option<u64>)> {
    let run = project
        .run(&["check", "--workspace", "--format", "json", "-q"])
        .ends(status);
    let list: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let one = |item: &Value| {
        (
            text(&item["code"]),
            text(&item["level"]),
            text(&item["file"]),
            item["line"].as_u64(),
        )
    };
    list.as_array().expect("an array").iter().map(one).collect()
}

fn row(code: &str, file: &str, line: Option<u64>) -> (String, String, String, Option<u64>) {
    (code.into(), "error".into(), file.into(), line)
}

fn project(name: &str) -> Project {
    let project = Project::library(
        name,
        &(event("user.signed_in", 1, "mfa: bool,") + &event("team.created", 1, "plan: String,")),
    );
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
    let line = project
        .read("src/lib.rs")
        .lines()
        .position(|line| line.contains("mfa"))
        .expect("a line") as u64
        + 1;
    assert_eq!(found(&project, 1), [row("stale", "src/lib.rs", Some(line))]);
    project.write(
        path,
        &body.replace(
            "{\"type\": \"boolean\"}",
            "{\"properties\": {}, \"type\": \"object\"}",
        ),
    );
    assert_eq!(found(&project, 1), [row("invalid", path, Some(4))]);
    project.write(path, &"[".repeat(200_000));
    assert_eq!(found(&project, 1), [row("invalid", path, Some(1))]);
    project.write(path, &body);

    project.write("schemas/team.created/v01.json", &body);
    project.write("schemas/User Created/v1.json", &body);
    let strays = [
        row("misnamed", "schemas/User Created/v1.json", None),
        row("misnamed", "schemas/team.created/v01.json", None),
    ];
    assert_eq!(found(&project, 1), strays);
}

/// Three events with a group in their root metadata, and one of them with a key of its own.
fn with_group(keys: &str, own: &str) -> String {
    let group = format!(
        "use audit_core::AuditMetadata;\n#[derive(AuditMetadata)]\npub struct Request {{ {keys} }}\n"
    );
    let flattened = "#[audit(flatten)] request: crate::Request,";
    let events = ["a.created", "a.changed"]
        .map(|action| event(action, 1, flattened))
        .concat();
    group + &events + &event("a.removed", 1, &format!("{flattened} {own}"))
}

#[test]
fn a_key_of_a_group_is_one_finding_with_all_its_events() {
    let project = Project::library("check-group", &with_group("country: String,", ""));
    project.run(&["init"]).ends(0);
    project.run(&["export"]).ends(0);
    project.write(
        "src/lib.rs",
        &with_group("country: String,\n region: Option<String>,", "why: String,"),
    );
    let list: Value = serde_json::from_str(
        &project
            .run(&["check", "--format", "json", "-q"])
            .ends(1)
            .stdout,
    )
    .expect("JSON");
    let list = list.as_array().expect("an array");
    assert_eq!(list.len(), 2, "{list:?}");
    let rules = |finding: &Value| {
        finding["changes"]
            .as_array()
            .map(|changes| changes.iter().map(|change| change["key"].clone()).collect())
    };
    let [of_group, own] = list.as_slice() else {
        unreachable!()
    };
    assert_eq!(
        (&of_group["code"], rules(of_group)),
        (&"stale".into(), Some(vec![Value::from("region")]))
    );
    assert_eq!(
        of_group["message"],
        "keys of the group `Request` changed, so 3 events aren't what the folder holds: a.changed version 1, a.created version 1, a.removed version 1"
    );
    assert_eq!(
        (&of_group["file"], &of_group["line"]),
        (&"src/lib.rs".into(), &4.into())
    );
    let names = ["a.changed", "a.created", "a.removed"]
        .map(|action| serde_json::json!({"action": action, "version": 1}));
    assert_eq!(of_group["events"], Value::from(names.to_vec()));
    assert_eq!(
        (&own["action"], rules(own)),
        (&"a.removed".into(), Some(vec![Value::from("why")]))
    );
    let run = project.run(&["export"]).ends(1);
    assert_eq!(run.stdout.matches("error[stale]").count(), 2, "{run:?}");

    // Without the key it is gone from the same group.
    project.write("src/lib.rs", &with_group("city: String,", ""));
    let run = project.run(&["check"]).ends(1);
    assert!(
        run.stdout
            .starts_with("error[stale]: keys of the group `Request` changed, so 3 events"),
        "{run:?}"
    );
    assert!(
        run.stdout.contains("`city` was added") && run.stdout.ends_with("\n1 finding\n"),
        "{run:?}"
    );
}

/// A group in every role, and two events of which each has a key of its own, which one macro made.
fn with_roles(keys: &str, own: &str) -> String {
    let shared = format!(
        "use audit_core::{{AuditEntity, AuditMetadata}};\n#[derive(AuditMetadata)]\npub struct Request {{ {keys} }}\n\
         #[derive(AuditEntity)]\n#[audit(type = \"space\")]\n\
         pub struct Space {{ #[audit(id)] id: String, #[audit(flatten)] request: Request }}\n\
         macro_rules! own {{ ($module:ident, $action:literal) => {{ mod $module {{\n\
         #[derive(audit_core::AuditEvent)]\n#[audit(action = $action, version = 1, actor = audit_core::Actor)]\n\
         struct Own {{ #[audit(target)] space: super::super::own::Space, {own} }} }} }} }}\n\
         mod own {{ #[derive(audit_core::AuditEntity)]\n#[audit(type = \"own\")]\npub struct Space {{ #[audit(id)] id: String }}\n\
         own!(one, \"own.one\");\nown!(two, \"own.two\"); }}\n"
    );
    let twice = "#[audit(flatten, prefix = \"billed_\")] billed: crate::Request, #[audit(flatten, prefix = \"paid_\")] paid: crate::Request,";
    let targets = "#[audit(target, type = \"source\")] from: crate::Space, #[audit(target, type = \"destination\")] to: crate::Space,";
    shared
        + &event("a.twice", 1, twice)
        + &event(
            "a.optional",
            1,
            "#[audit(flatten)] request: Option<crate::Request>,",
        )
        + &event("a.targets", 1, targets)
}

#[test]
fn a_group_is_one_finding_whatever_its_role_and_own_keys_are_none() {
    let project = Project::library(
        "check-roles",
        &with_roles("country: String,", "old: String,"),
    );
    project.run(&["init"]).ends(0);
    project.run(&["export"]).ends(0);
    // Once one more key, once another one.
    for (keys, count) in [
        ("region: String, country: String,", 5),
        ("city: String,", 10),
    ] {
        project.write("src/lib.rs", &with_roles(keys, "new: String,"));
        let list: Value = serde_json::from_str(
            &project
                .run(&["check", "--format", "json", "-q"])
                .ends(1)
                .stdout,
        )
        .expect("JSON");
        let list = list.as_array().expect("an array");
        let own = list.iter().filter(|finding| {
            finding["action"]
                .as_str()
                .is_some_and(|action| action.starts_with("own."))
        });
        let own: Vec<_> = own
            .map(|finding| finding["changes"].as_array().map(Vec::len))
            .collect();
        assert_eq!(own, [Some(2), Some(2)], "each its own: {list:?}");
        let shared: Vec<_> = list
            .iter()
            .filter(|finding| {
                finding["events"]
                    .as_array()
                    .is_some_and(|events| events.len() == 3)
            })
            .collect();
        let ([shared], 3) = (&*shared, list.len()) else {
            panic!("{list:?}")
        };
        let message = "keys of the group `Request` changed, so 3 events aren't what the folder holds: a.optional version 1, a.targets version 1, a.twice version 1";
        assert_eq!(shared["message"], message);
        let changes = shared["changes"].as_array().expect("changes");
        assert_eq!(
            (changes.len(), &shared["file"], &shared["line"]),
            (count, &"src/lib.rs".into(), &3.into()),
            "{changes:?}"
        );
        for place in ["targets[source].metadata", "targets[destination].metadata"] {
            assert!(
                changes.iter().any(|change| change["place"] == place),
                "{place}: {changes:?}"
            );
        }
    }
}

#[test]
fn merge_conflicts_are_named_as_such() {
    let project = project("check-merge");
    let conflict = |text: &str| format!("{text}<<<<<<< HEAD\n{text}=======\n{text}>>>>>>> main\n");
    let files = [
        "user.signed_in/v1.json",
        "user.signed_in/v1.event.json",
        "index.txt",
    ]
    .map(|file| format!("schemas/{file}"));
    for file in &files {
        let whole = project.read(file);
        project.write(file, &conflict(&whole));
        let line = whole.lines().count() as u64 + 1;
        assert_eq!(
            found(&project, 1),
            [row("merge-conflict", file, Some(line))]
        );
        let run = project.run(&["check"]).ends(1);
        assert!(
            run.stdout.contains(&format!(
                "{file}:{line}:1: a merge conflict isn't resolved: `<<<<<<< HEAD`"
            )),
            "{run:?}"
        );
        project.write(file, &whole);
    }
    let body = project.read(&files[0]);
    project.write(&files[0], &conflict(&body));
    let run = project.run(&["diff"]).ends(2);
    assert!(
        run.error()
            .contains("v1.json:10:1: a merge conflict isn't resolved"),
        "{run:?}"
    );
    project.write(&files[0], &body);

    project.write("schemas/audit.toml", &conflict("evolution = \"none\"\n"));
    let run = project.run(&["check"]).ends(2);
    assert_eq!(
        run.error(),
        "schemas/audit.toml:2:1: a merge conflict isn't resolved: `<<<<<<< HEAD`"
    );
    project.write("schemas/audit.toml", "");
    project.write("schemas/registrations/production.json", &conflict("{}\n"));
    let run = project.run(&["check"]).ends(2);
    assert_eq!(
        run.error(),
        "schemas/registrations/production.json:2:1: a merge conflict isn't resolved: `<<<<<<< HEAD`"
    );
}

#[test]
fn a_file_of_100_megabytes_is_an_error() {
    let project = project("check-large");
    project.write("schemas/user.signed_in/v1.json", &" ".repeat(100 << 20));
    let run = project.run(&["check"]).ends(2);
    assert_eq!(
        run.error(),
        "can't read schemas/user.signed_in/v1.json: exceeds 1 MiB"
    );
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
    assert!(
        run.stdout.contains(
            "error[conflict]: team.created version 1 has 2 different schemas: src/lib.rs:"
        ),
        "{run:?}"
    );
    assert!(
        run.stdout.contains("warning[duplicate]: user.signed_in version 1 is declared 2 times, with the same schema: src/lib.rs:"),
        "{run:?}"
    );
    let run = project.run(&["bump"]).ends(0);
    assert!(
        run.stderr
            .contains("warning: team.created version 1 has 2 different schemas: src/lib.rs:"),
        "{run:?}"
    );
    project.write(
        "src/lib.rs",
        &(event("user.signed_in", 1, "mfa: bool,")
            + "mod again {"
            + &event("user.signed_in", 1, "mfa: bool,")
            + "}"),
    );
    std::fs::remove_dir_all(project.path("schemas/team.created")).expect("removed");
    let run = project.run(&["export"]).ends(0);
    assert_eq!(run.summary(), "0 new, 0 changed, 1 unchanged, 0 orphaned");
    let run = project.run(&["check"]).ends(0);
    assert!(
        run.stdout.contains("warning[duplicate]"),
        "a warning is said, and no more: {run:?}"
    );
}

#[test]
fn registrations_and_evolution() {
    let project = project("check-evolution");
    project.write("schemas/audit.toml", "evolution = \"backward\"\n");
    let sha256 = project.sha256("user.signed_in", 1, &[]);
    let registrations = |lost: &str| {
        format!(
            "{{\n\"user.signed_in\": {{\"1\": {{\"server\": 3, \"sha256\": \"{sha256}\"}}}}{lost}\n}}\n"
        )
    };
    project.write(
        "schemas/registrations/production.json",
        &registrations(",\n\"team.gone\": {\"2\": {\"server\": 1, \"sha256\": \"x\"}}"),
    );
    assert_eq!(
        found(&project, 1),
        [row(
            "unknown-registration",
            "schemas/registrations/production.json",
            Some(3)
        )]
    );
    project.write("schemas/registrations/production.json", &registrations(""));

    // A second version that old events don't fit, and one that they do.
    let source = event("user.signed_in", 2, "\n mfa: bool,\n reason: String,")
        + &event("team.created", 1, "plan: String,")
        + &event("team.created", 2, "plan: String, seats: Option<u8>,");
    project.write("src/lib.rs", &source);
    project.run(&["export"]).ends(0);
    let line = source
        .lines()
        .position(|line| line.contains("reason"))
        .expect("a line") as u64
        + 1;
    assert_eq!(
        found(&project, 1),
        [row("evolution", "src/lib.rs", Some(line))]
    );
    let run = project.run(&["check"]).ends(1);
    assert!(
        run.stdout
            .contains("user.signed_in version 2 isn't backward compatible with version 1"),
        "{run:?}"
    );
    assert!(
        run.stdout.contains("key-added-required")
            && run.stdout.contains("`reason` was added, required"),
        "{run:?}"
    );

    // The retired file is what was registered.
    let retired = project.read("schemas/user.signed_in/v1.json");
    project.write(
        "schemas/user.signed_in/v1.json",
        &retired.replace("boolean", "string"),
    );
    project.write("schemas/audit.toml", "evolution = \"none\"\n");
    assert_eq!(
        found(&project, 1),
        [row("registered", "schemas/user.signed_in/v1.json", None)]
    );
    project.write("schemas/user.signed_in/v1.json", &retired);
    assert_eq!(found(&project, 0), []);
    project.write("schemas/audit.toml", "evolution = \"backwards\"\n");
    assert!(
        project
            .run(&["check"])
            .ends(2)
            .stderr
            .contains("schemas/audit.toml:1:13: ")
    );
}

/// What the service refuses of every string is no other meaning, but the file isn't what the code renders: nobody edited it.
#[test]
fn a_limit_that_accepts_the_same_is_a_change_of_the_code() {
    let project = project("check-limit");
    let write = |field: &str| {
        project.write(
            "src/lib.rs",
            &(event("user.signed_in", 1, field) + &event("team.created", 1, "plan: String,")),
        );
    };
    let fields = [
        "\n#[audit(truncate)]\nnote: String,",
        "\nnote: String,",
        "\nnote: audit_core::Text<500>,",
    ];
    let differs = |code: &str, rule: &str, said: &str| {
        let run = project.run(&["check", "--format", "json", "-q"]).ends(1);
        let list: Value = serde_json::from_str(&run.stdout).expect("JSON");
        let finding = list.as_array().and_then(|list| {
            list.iter()
                .find(|finding| finding["action"] == "user.signed_in")
        });
        let finding = finding.unwrap_or_else(|| panic!("{list}"));
        let line = project
            .read("src/lib.rs")
            .lines()
            .position(|line| line.contains("note:"))
            .expect("a line") as u64
            + 1;
        assert_eq!(
            (&finding["code"], &finding["file"]),
            (&code.into(), &"src/lib.rs".into()),
            "{finding}"
        );
        assert_eq!(finding["line"], line, "{finding}");
        let changes = finding["changes"].as_array().expect("changes");
        let [change] = changes.as_slice() else {
            panic!("{finding}")
        };
        assert_eq!(
            (&change["rule"], &change["message"]),
            (&rule.into(), &said.into())
        );
        assert_eq!(
            (&change["backward"], &change["forward"]),
            (&true.into(), &true.into())
        );
    };
    let raised = "the maximum length of `note` was raised from 500 to no limit of its own, which accepts the same";
    let lowered = "the maximum length of `note` was lowered from no limit of its own to 500, which accepts the same";
    for (from, to, rule, said) in [
        (0, 1, "max-length-raised", raised),
        (1, 2, "max-length-lowered", lowered),
    ] {
        project.write("schemas/registrations/production.json", "{}");
        write(fields[from]);
        project.run(&["export", "--update"]).ends(0);
        let registered = project.sha256("user.signed_in", 1, &[]);
        write(fields[to]);
        differs("stale", rule, said);
        project.register("production", "user.signed_in", 1, &registered);
        differs("registered", rule, said);
    }
}
