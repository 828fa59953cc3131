//! `diff` between code, folders, git revisions and environments, in a real repository with changes that aren't committed.

use crate::support::{Project, Run, event};
use serde_json::Value;

/// Status, action, version, the version that it was held against, rules.
type Row = (String, String, u64, Option<u64>, Vec<String>);

fn found(run: &Run) -> Vec<Row> {
    let list: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let schema =
        serde_json::from_str(include_str!("../../../docs/formats/diff.schema.json")).expect("JSON");
    jsonschema::validate(&schema, &list)
        .unwrap_or_else(|error| panic!("{error} at {}", error.instance_path()));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let one = |item: &Value| {
        let rules = item["changes"]
            .as_array()
            .expect("changes")
            .iter()
            .map(|change| text(&change["rule"]))
            .collect();
        let version = item["version"].as_u64().expect("a version");
        (
            text(&item["status"]),
            text(&item["action"]),
            version,
            item["against"].as_u64(),
            rules,
        )
    };
    list.as_array().expect("an array").iter().map(one).collect()
}

fn row(status: &str, action: &str, version: u64, against: Option<u64>, rules: &[&str]) -> Row {
    (
        status.into(),
        action.into(),
        version,
        against,
        rules.iter().map(|rule| (*rule).into()).collect(),
    )
}

/// Two versions of one event and one of another, exported, registered in staging and committed.
fn project(name: &str) -> Project {
    let source =
        event("user.signed_in", 1, "mfa: bool,") + &event("team.created", 1, "plan: String,");
    let project = Project::library(name, &source);
    project.run(&["init"]).ends(0);
    project.run(&["export"]).ends(0);
    project.git(&["init", "--quiet", "--initial-branch=main"]);
    project.git(&["add", "--all"]);
    project.git(&["commit", "--quiet", "--message=One"]);
    project
}

#[test]
#[expect(clippy::too_many_lines, reason = "one story")]
fn between_all_kinds_of_sides() {
    let project = project("compared-sides");
    let run = project.run(&["diff"]).ends(0);
    assert_eq!(
        run.stdout,
        "the folder and the code hold the same 2 schemas\n"
    );

    // The work tree is dirty: a committed event changes, another gets a second version, a third is new.
    let source = event(
        "user.signed_in",
        1,
        "\n        mfa: bool,\n        attempts: u8,",
    ) + &event("team.created", 1, "plan: String,")
        + &event("team.created", 2, "plan: Option<String>,")
        + &event("team.deleted", 1, "");
    project.write("src/lib.rs", &source);
    let code = [
        row("new-version", "team.created", 2, Some(1), &["key-optional"]),
        row("added", "team.deleted", 1, None, &[]),
        row(
            "changed",
            "user.signed_in",
            1,
            Some(1),
            &["key-added-required"],
        ),
    ];
    let run = project.run(&["diff", "--format", "json"]).ends(1);
    assert_eq!(found(&run), code);
    let list: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let line = source
        .lines()
        .position(|line| line.contains("attempts"))
        .expect("a line")
        + 1;
    let change = &list[2]["changes"][0];
    assert_eq!(
        (&change["file"], &change["line"], &change["key"]),
        (&"src/lib.rs".into(), &line.into(), &"attempts".into())
    );
    assert_eq!(
        (&change["backward"], &change["forward"]),
        (&false.into(), &false.into())
    );

    let run = project.run(&["diff"]).ends(1);
    let text = format!(
        "new version  team.created 1 → 2  backward compatible, forward breaking (src/lib.rs:{})\n",
        list[0]["line"].as_u64().expect("a line")
    ) + "  key-optional        `plan` became optional: backward compatible, forward breaking (src/lib.rs:";
    assert!(run.stdout.starts_with(&text), "{}", run.stdout);
    assert_eq!(
        run.summary(),
        "1 changed, 1 new version, 1 added, 0 removed"
    );

    // Seen from the other side, and from git: what isn't committed doesn't count there.
    let reversed = [
        row("removed", "team.created", 2, None, &[]),
        row("removed", "team.deleted", 1, None, &[]),
        row("changed", "user.signed_in", 1, Some(1), &["key-removed"]),
    ];
    assert_eq!(
        found(
            &project
                .run(&["diff", "code", "git:HEAD", "--format", "json"])
                .ends(1)
        ),
        reversed
    );
    project.run(&["export", "--update"]).ends(0);
    project.run(&["diff"]).ends(0);
    assert_eq!(
        found(
            &project
                .run(&["diff", "git:main", "folder", "--format", "json"])
                .ends(1)
        ),
        code
    );
    project.git(&["commit", "--quiet", "--all", "--message=Two"]);
    let run = project.run(&["diff", "git:HEAD~1", "git:HEAD"]).ends(1);
    assert_eq!(
        run.summary(),
        "1 changed, 0 new versions, 0 added, 0 removed",
        "new files weren't added to git"
    );
    assert!(
        !run.stderr.contains("building") && run.stderr.is_empty(),
        "nothing is built: {run:?}"
    );

    // As in a hook, which says where its repository is.
    let mut hook = crate::support::program(&project.path(""));
    hook.args(["diff", "git:HEAD~1", "git:HEAD"])
        .env("GIT_DIR", project.path(".git"))
        .env("GIT_INDEX_FILE", "elsewhere");
    assert_eq!(
        Run::of(hook.output().expect("it runs")).ends(1).stdout,
        run.stdout
    );

    // From the folder itself, from a subfolder, and with the folder named.
    crate::support::run(&project.path("schemas"), &["check"]).ends(0);
    crate::support::run(&project.path("schemas"), &["diff"]).ends(0);
    let below = crate::support::run(&project.path("src"), &["diff", "git:main", "folder"]).ends(1);
    assert_eq!(
        below.summary(),
        "0 changed, 1 new version, 1 added, 0 removed"
    );
    let elsewhere = crate::support::run(
        &std::env::temp_dir(),
        &[
            "diff",
            "git:main",
            "folder",
            "--schemas",
            &project.path("schemas").to_string_lossy(),
        ],
    );
    assert_eq!(
        elsewhere.ends(1).summary(),
        "0 changed, 1 new version, 1 added, 0 removed"
    );
}

#[test]
fn what_is_retired_is_no_difference_to_the_code() {
    let project = project("compared-retired");
    let sha256 = project.sha256("user.signed_in", 1, &[]);
    project.write("src/lib.rs", &event("team.created", 1, "plan: String,"));
    assert_eq!(
        found(&project.run(&["diff", "--format", "json"]).ends(1)),
        [row("removed", "user.signed_in", 1, None, &[])]
    );
    project.register("staging", "user.signed_in", 1, &sha256);
    for sides in [["folder", "code"], ["code", "folder"], ["git:main", "code"]] {
        project.run(&["diff", sides[0], sides[1]]).ends(0);
    }
}

#[test]
fn without_a_repository_or_a_folder() {
    let project = Project::new();
    assert!(
        project
            .run(&["diff", "git:main", "folder"])
            .ends(2)
            .error()
            .starts_with("no folder for schemas: ")
    );
    project.write("schemas/audit.toml", "");
    assert_eq!(
        project.run(&["diff", "git:main", "folder"]).ends(2).error(),
        "schemas is not in a git repository"
    );
}

#[test]
fn with_environments_folders_and_what_is_wrong_with_them() {
    let project = project("compared-environments");
    let sha256 = project.sha256("user.signed_in", 1, &[]);
    project.register("staging", "user.signed_in", 1, &sha256);
    let run = project
        .run(&["diff", "env:staging", "folder", "--format", "json"])
        .ends(1);
    assert_eq!(found(&run), [row("added", "team.created", 1, None, &[])]);

    // A checkout with other line ends, and a folder without the mark.
    let committed = project.read("schemas/user.signed_in/v1.json");
    project.write(
        "other/user.signed_in/v1.json",
        &committed.replace('\n', "\r\n"),
    );
    assert_eq!(
        project
            .run(&["diff", "env:staging", "other"])
            .ends(0)
            .stdout,
        "env:staging and other hold the same 1 schema\n"
    );

    for (sides, message) in [
        (
            ["env:stagign", "folder"],
            "no registrations of an environment \"stagign\" in schemas",
        ),
        (
            ["git:no-such-branch", "folder"],
            "git knows no revision \"no-such-branch\"",
        ),
        (["git:--help", "folder"], "git knows no revision \"--help\""),
    ] {
        let run = project.run(&["diff", sides[0], sides[1]]).ends(2);
        assert_eq!(run.error(), message);
        assert!(run.stdout.is_empty());
    }
    let run = project.run(&["diff", "env:stagign", "folder"]).ends(2);
    assert!(
        run.stderr.contains("help: did you mean staging?"),
        "{run:?}"
    );
    assert!(
        project
            .run(&["diff", "nowhere"])
            .ends(2)
            .stderr
            .contains("no such folder \"nowhere\"")
    );

    project.write(
        "other/user.signed_in/v1.json",
        "{\n  \"targets\": [{\"type\": 5}]\n}",
    );
    let run = project.run(&["diff", "folder", "other"]).ends(2);
    assert_eq!(
        run.error(),
        "other/user.signed_in/v1.json:2:24: a target's `type` must be a string, not a number"
    );
    project.write(
        "schemas/user.signed_in/v1.json",
        &committed.replace("mfa", "mfb"),
    );
    let run = project.run(&["diff", "env:staging", "folder"]).ends(2);
    assert!(
        run.error().contains(
            "user.signed_in/v1.json isn't what is registered in staging as user.signed_in version 1"
        ),
        "{run:?}"
    );
}
