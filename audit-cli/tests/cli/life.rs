//! A project from `init` to a registered version, with the real derives and a real build.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::support::{Project, event};

/// Every file below `folder` with the time it was written.
fn files(folder: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let mut files = BTreeMap::new();
    for child in fs::read_dir(folder).expect("a folder") {
        let path = child.expect("a child").path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else {
            let written = fs::metadata(&path)
                .and_then(|about| about.modified())
                .expect("a time");
            files.insert(path, written);
        }
    }
    files
}

fn names(project: &Project) -> Vec<String> {
    let root = project.path("schemas");
    let relative = |path: &PathBuf| {
        path.strip_prefix(&root)
            .expect("below it")
            .to_string_lossy()
            .replace('\\', "/")
    };
    files(&root).keys().map(relative).collect()
}

fn two_events() -> String {
    event("user.signed_in", 1, "mfa: bool,") + &event("user.signed_out", 1, "")
}

#[test]
fn from_nothing_to_unchanged() {
    let project = Project::library("life-begins", &two_events());
    let run = project.run(&["check"]).ends(2);
    assert!(
        run.error().starts_with("no folder for schemas: "),
        "{run:?}"
    );
    assert!(
        run.stderr.contains("help: run `cargo audit-schema init`"),
        "{run:?}"
    );

    assert!(
        project
            .run(&["init"])
            .ends(0)
            .stdout
            .starts_with("made schemas/audit.toml")
    );
    assert_eq!(names(&project), [".gitignore", "audit.toml", "index.txt"]);
    assert_eq!(
        project.run(&["init"]).ends(0).stdout,
        "schemas/audit.toml is there already\n"
    );

    let run = project.run(&["check"]).ends(1);
    assert!(
        run.stdout
            .contains("error[missing]: user.signed_in version 1 isn't exported (src/lib.rs:"),
        "{run:?}"
    );
    assert_eq!(
        names(&project),
        [".gitignore", "audit.toml", "index.txt"],
        "check writes nothing"
    );

    let run = project.run(&["export"]).ends(0);
    assert_eq!(run.summary(), "2 new, 0 changed, 0 unchanged, 0 orphaned");
    let exported = [
        ".gitignore",
        "audit.toml",
        "index.txt",
        "user.signed_in/v1.event.json",
        "user.signed_in/v1.json",
        "user.signed_out/v1.event.json",
        "user.signed_out/v1.json",
    ];
    assert_eq!(names(&project), exported);
    assert!(
        project
            .read("schemas/index.txt")
            .ends_with("\nuser.signed_in/v1.json\nuser.signed_out/v1.json\n")
    );

    let before = files(&project.path("schemas"));
    let run = project
        .run(&["export", "--update", "--prune", "-q"])
        .ends(0);
    assert_eq!(run.summary(), "0 new, 0 changed, 2 unchanged, 0 orphaned");
    assert_eq!(run.stderr, "");
    assert_eq!(
        files(&project.path("schemas")),
        before,
        "a second run touches no file"
    );
    assert_eq!(
        project.run(&["check", "-q"]).ends(0).stdout,
        "2 schemas, nothing to report\n"
    );
    assert_eq!(
        project.run(&["check", "--format", "json"]).ends(0).stdout,
        "[]\n"
    );
}

#[test]
fn what_is_committed_changes_only_when_asked() {
    let project = Project::library("life-changes", &two_events());
    project.run(&["init"]).ends(0);
    project.run(&["export"]).ends(0);
    let committed = project.read("schemas/user.signed_in/v1.json");

    // With other line ends it is the same.
    project.write(
        "schemas/user.signed_in/v1.json",
        &committed.replace('\n', "\r\n"),
    );
    assert_eq!(
        project.run(&["export"]).ends(0).summary(),
        "0 new, 0 changed, 2 unchanged, 0 orphaned"
    );
    project.write("schemas/user.signed_in/v1.json", &committed);

    project.write(
        "src/lib.rs",
        &(event("user.signed_in", 1, "mfa: bool, attempts: u8,")
            + &event("user.signed_out", 2, "")),
    );
    let run = project.run(&["export"]).ends(1);
    assert_eq!(run.summary(), "1 new, 1 changed, 0 unchanged, 1 orphaned");
    assert!(
        run.stdout
            .contains("error[stale]: user.signed_in version 1 ")
            && run.stdout.contains("export --update"),
        "{run:?}"
    );
    assert!(
        run.stdout
            .contains("error[orphaned]: user.signed_out version 1 "),
        "{run:?}"
    );
    assert_eq!(project.read("schemas/user.signed_in/v1.json"), committed);

    let json = project.run(&["check", "--format", "json"]).ends(1).stdout;
    let findings: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let codes: Vec<_> = findings
        .as_array()
        .expect("an array")
        .iter()
        .map(|finding| finding["code"].as_str())
        .collect();
    assert_eq!(codes, [Some("stale"), Some("orphaned")]);
    assert_eq!(findings[0]["package"], "life-changes");

    let run = project.run(&["export", "--update", "--prune"]).ends(0);
    assert_eq!(
        run.summary(),
        "0 new, 1 changed, 1 unchanged, 0 orphaned, 1 removed"
    );
    assert!(
        project
            .read("schemas/user.signed_in/v1.json")
            .contains("\"attempts\"")
    );
    assert!(
        !project.exists("schemas/user.signed_out/v1.json")
            && !project.exists("schemas/user.signed_out/v1.event.json")
    );
    assert!(
        project
            .read("schemas/index.txt")
            .ends_with("\nuser.signed_in/v1.json\nuser.signed_out/v2.json\n")
    );
    project.run(&["check"]).ends(0);

    // What is derived from the code follows it, and is said to have changed.
    let computed = r#"#[doc = concat!("Something else ", "happened.")]"#;
    project.write(
        "src/lib.rs",
        &project
            .read("src/lib.rs")
            .replace("/// Something happened.", computed),
    );
    assert_eq!(
        project.run(&["export"]).ends(0).summary(),
        "0 new, 2 changed, 0 unchanged, 0 orphaned"
    );
    assert!(
        project
            .read("schemas/user.signed_in/v1.event.json")
            .contains("Something else happened")
    );

    fs::remove_file(project.path("schemas/user.signed_out/v2.event.json")).expect("removed");
    project.write("schemas/index.txt", "");
    let run = project.run(&["check"]).ends(1);
    assert!(
        run.stdout.contains("error[event]: ") && run.stdout.contains("error[index]: "),
        "{run:?}"
    );
    project.run(&["export"]).ends(0);
    project.run(&["check"]).ends(0);
}

/// `--prune` removes what `export` has written, and nothing else.
#[test]
fn pruning_leaves_what_no_export_has_written() {
    let project = Project::library("life-foreign", &event("user.signed_in", 1, "mfa: bool,"));
    project.run(&["init"]).ends(0);
    project.run(&["export"]).ends(0);
    let (body, event_schema) = (
        project.read("schemas/user.signed_in/v1.json"),
        project.read("schemas/user.signed_in/v1.event.json"),
    );
    let conflict = format!("<<<<<<< HEAD\n{body}=======\n>>>>>>> main\n");
    for (path, text) in [
        ("graphql/v1.json", "{\"openapi\": \"3.1.0\"}\n"),
        ("edited.here/v1.json", &body.replace(": ", ":")),
        ("merged.body/v1.json", &conflict),
        ("merged.event/v1.json", &body),
        ("merged.event/v1.event.json", &conflict),
        ("others.event/v1.event.json", &event_schema),
        ("ours.left/v1.json", &body),
        (
            "ours.left/v1.event.json",
            &event_schema.replace("user.signed_in", "ours.left"),
        ),
    ] {
        project.write(&format!("schemas/{path}"), text);
    }
    let by_hand = "help: they aren't as `export` writes them, or are behind a link, so `--prune` leaves them: remove them by hand, or bring the event back";
    for command in [&["check"][..], &["export"], &["export", "--prune"]] {
        let run = project.run(command).ends(1);
        for file in ["merged.body/v1.json", "merged.event/v1.event.json"] {
            let sentence = format!(
                "error[merge-conflict]: schemas/{file}:1:1: a merge conflict isn't resolved: `<<<<<<< HEAD`\n"
            );
            assert!(run.stdout.contains(&sentence), "{run:?}");
        }
        let pruned = command.contains(&"--prune");
        assert_eq!(
            run.stdout.matches("error[orphaned]").count(),
            if pruned { 3 } else { 4 },
            "{run:?}"
        );
        assert!(run.stdout.contains(by_hand), "{run:?}");
        assert_eq!(
            run.stdout
                .matches("`cargo audit-schema export --prune` removes them")
                .count(),
            usize::from(!pruned),
            "{run:?}"
        );
        assert_eq!(
            run.stdout.matches("error[").count(),
            if pruned {
                5
            } else {
                6 + usize::from(command == ["check"])
            },
            "{run:?}"
        );
    }
    assert!(!project.exists("schemas/ours.left"));
    for file in [
        "graphql/v1.json",
        "edited.here/v1.json",
        "merged.event/v1.json",
        "others.event/v1.event.json",
    ] {
        assert!(project.exists(&format!("schemas/{file}")), "{file}");
    }
    assert_eq!(project.read("schemas/merged.body/v1.json"), conflict);
}

#[test]
fn files_that_were_deleted_are_written_again() {
    let project = Project::library("life-deleted", &two_events());
    project.run(&["init"]).ends(0);
    project.run(&["export"]).ends(0);
    let (index, before) = (project.read("schemas/index.txt"), names(&project));
    for action in ["user.signed_in", "user.signed_out"] {
        fs::remove_dir_all(project.path(&format!("schemas/{action}"))).expect("removed");
    }
    let run = project.run(&["check"]).ends(1);
    assert!(
        run.stdout.contains(
            "error[missing]: user.signed_in version 1 has no schemas/user.signed_in/v1.json, although schemas/index.txt lists it ("
        ),
        "{run:?}"
    );
    assert!(
        run.stdout.ends_with("\n2 findings\n") && !run.stdout.contains("error[index]"),
        "{run:?}"
    );
    assert_eq!(
        project.run(&["export"]).ends(0).summary(),
        "2 new, 0 changed, 0 unchanged, 0 orphaned"
    );
    assert_eq!(
        (project.read("schemas/index.txt"), names(&project)),
        (index, before)
    );

    // A version that was removed with its code leaves the index.
    fs::remove_dir_all(project.path("schemas/user.signed_out")).expect("removed");
    project.write("src/lib.rs", &event("user.signed_in", 1, "mfa: bool,"));
    let run = project.run(&["check"]).ends(1);
    assert!(
        run.stdout.starts_with("error[index]: ") && run.stdout.ends_with("\n1 finding\n"),
        "{run:?}"
    );
    project.run(&["export"]).ends(0);
    assert!(
        project
            .read("schemas/index.txt")
            .ends_with("\nuser.signed_in/v1.json\n")
    );
}

#[test]
fn what_is_registered_never_changes() {
    let project = Project::library("life-registered", &two_events());
    project.run(&["init"]).ends(0);
    project.run(&["export"]).ends(0);
    let body = project.read("schemas/user.signed_in/v1.json");
    let sha256 = project.sha256("user.signed_in", 1, &[]);
    let registrations = format!(
        r#"{{"user.signed_in": {{"1": {{"server": 3, "sha256": "{sha256}"}}}}, "team.gone": {{"1": {{"server": 1, "sha256": "{sha256}"}}}}}}"#
    );
    project.write("schemas/registrations/production.json", &registrations);
    project.write("schemas/team.gone/v1.json", &body);
    project.run(&["export"]).ends(0);

    let list = project.run(&["list"]).ends(0).stdout;
    for words in [
        "team.gone        1        retired",
        "user.signed_in   1        registered",
        "user.signed_out  1        committed",
    ] {
        assert!(list.contains(words), "{words} in\n{list}");
    }

    project.write(
        "src/lib.rs",
        &(event("user.signed_in", 1, "attempts: u8,") + &event("user.signed_out", 1, "")),
    );
    let run = project.run(&["export", "--update", "--prune"]).ends(1);
    assert!(
        run.stdout.contains(
            "error[registered]: user.signed_in version 1 isn't what is registered in production"
        ),
        "{run:?}"
    );
    assert!(
        run.stdout
            .contains("`cargo audit-schema bump` raises `version`"),
        "{run:?}"
    );
    assert_eq!(project.read("schemas/user.signed_in/v1.json"), body);
    assert!(
        project.exists("schemas/team.gone/v1.json"),
        "retired versions stay"
    );
    assert_eq!(
        project.run(&["show", "team.gone"]).ends(0).stdout,
        body,
        "and can be shown"
    );
    assert!(
        project
            .run(&["show", "team.gone@1", "--as", "rust"])
            .ends(0)
            .stdout
            .contains("action = \"team.gone\", version = 1")
    );
    let markdown = project
        .run(&["show", "team.gone", "--as", "markdown"])
        .ends(0)
        .stdout;
    assert!(
        markdown.starts_with("# `team.gone` version 1\n")
            && markdown.contains("\n## Target `team`\n"),
        "{markdown}"
    );
    assert!(
        project
            .run(&["show", "team.gone", "--as", "node"])
            .ends(0)
            .stdout
            .contains("team.gone")
    );
    let event = project.run(&["show", "team.gone", "--as", "event"]).ends(2);
    assert!(
        event
            .error()
            .ends_with("v1.event.json is missing, and no code declares team.gone version 1"),
        "{event:?}"
    );
    let missing = project.run(&["show", "team.gone@2"]).ends(2);
    assert_eq!(missing.error(), "no code declares version 2 of team.gone");
    assert!(missing.stderr.contains("it has version 1"), "{missing:?}");
    project.run(&["check"]).ends(1);
}

#[test]
fn shows_every_form() {
    let source = event("user.signed_in", 1, "mfa: bool,")
        + &event("user.signed_in", 2, "#[audit(max_len = 8)] method: String,");
    let project = Project::library("life-shown", &source);
    project.run(&["init"]).ends(0);
    project.run(&["export"]).ends(0);
    for (form, file) in [("body", "v2.json"), ("event", "v2.event.json")] {
        assert_eq!(
            project
                .run(&["show", "user.signed_in", "--as", form])
                .ends(0)
                .stdout,
            project.read(&format!("schemas/user.signed_in/{file}"))
        );
    }
    assert_eq!(
        project.run(&["show", "user.signed_in@1"]).ends(0).stdout,
        project.read("schemas/user.signed_in/v1.json")
    );
    assert!(
        project
            .run(&["show", "user.signed_in", "--as", "node"])
            .ends(0)
            .stdout
            .contains("    method: 'string',\n")
    );
    let markdown = project
        .run(&["show", "user.signed_in", "--as", "markdown"])
        .ends(0)
        .stdout;
    assert!(
        markdown.contains("| `method` | string | yes | 8 characters |"),
        "{markdown}"
    );

    let run = project.run(&["show", "user.singed_in"]).ends(2);
    assert_eq!(run.error(), "no code declares action \"user.singed_in\"");
    assert!(
        run.stderr.contains("help: did you mean user.signed_in?"),
        "{run:?}"
    );
}
