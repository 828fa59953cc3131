//! Actions as the service has them, with the real derives and a real build: every command finds them, whatever their folder is called.

use std::fs;

use crate::support::{Project, event_with};

/// `as_registered` stands before the action, as all attributes of `event_with` do.
fn source(actions: &[&str], fields: &str) -> String {
    let one = |(index, action): (usize, &&str)| {
        let module = event_with("audit_core", "", "a.b", 1, fields)
            .replace("mod a_b_1", &format!("mod m{index}"));
        module.replace(
            "action = \"a.b\"",
            &format!("as_registered, action = {action:?}"),
        )
    };
    actions.iter().enumerate().map(one).collect()
}

const ACTIONS: [&str; 4] = ["USER_REGISTERED", "agents:create", "con.aux", "login"];

#[test]
fn from_nothing_to_pruned() {
    let project = Project::library("as-registered", &source(&ACTIONS, "mfa: bool,"));
    project.run(&["init"]).ends(0);
    assert_eq!(
        project.run(&["export"]).ends(0).summary(),
        "4 new, 0 changed, 0 unchanged, 0 orphaned"
    );
    for folder in ["USER_REGISTERED", "agents%3Acreate", "%63on.aux", "login"] {
        assert!(
            project.exists(&format!("schemas/{folder}/v1.json")),
            "{folder}"
        );
        assert!(
            project
                .read("schemas/index.txt")
                .contains(&format!("\n{folder}/v1.json\n")),
            "{folder}"
        );
    }
    assert_eq!(
        project.run(&["check", "-q"]).ends(0).stdout,
        "4 schemas, nothing to report\n"
    );
    let listed = project.run(&["list"]).ends(0).stdout;
    assert!(
        ACTIONS.iter().all(|action| listed.contains(action)),
        "{listed}"
    );
    let shown = project
        .run(&["show", "agents:create@1", "--as", "rust"])
        .ends(0)
        .stdout;
    assert!(
        shown.contains("action = \"agents:create\"") && shown.contains("as_registered"),
        "{shown}"
    );

    // The build compares them with their files.
    let body = project.read("schemas/agents%3Acreate/v1.json");
    project.write(
        "schemas/agents%3Acreate/v1.json",
        &body.replace("\"mfa\"", "\"sso\""),
    );
    let run = project.run(&["check"]).ends(1);
    assert!(
        run.stdout.contains("agents:create version 1 isn't what")
            && run.stdout.contains("agents%3Acreate"),
        "{run:?}"
    );
    project.write("schemas/agents%3Acreate/v1.json", &body);

    // Another folder is compared by action.
    fs::rename(project.path("schemas/login"), project.path("login")).expect("moved");
    let changes = project.run(&["diff", "schemas"]).ends(1).stdout;
    assert!(
        changes.contains("login") && !changes.contains("agents:create"),
        "{changes}"
    );
    fs::rename(project.path("login"), project.path("schemas/login")).expect("moved");

    project.write("schemas/audit.toml", "[lints]\naction-name = \"deny\"\n");
    let run = project.run(&["check"]).ends(1);
    assert_eq!(
        run.stdout.matches("error[action-name]").count(),
        4,
        "{run:?}"
    );

    project.write("schemas/audit.toml", "");
    project.write("src/lib.rs", &source(&ACTIONS[..1], "mfa: bool,"));
    assert_eq!(
        project.run(&["export", "--prune"]).ends(0).summary(),
        "0 new, 0 changed, 1 unchanged, 0 orphaned, 3 removed"
    );
    assert!(
        !project.exists("schemas/agents%3Acreate")
            && project.exists("schemas/USER_REGISTERED/v1.json")
    );
}

/// Another name of the mark: what the file systems of Windows and macOS answer.
const MARK_IN_CAPITALS: &str = "schemas/AUDIT.TOML";

#[test]
fn what_differs_in_case_only_never_shares_a_folder() {
    let project = Project::library("case-clash", &source(&["user.login"], ""));
    project.run(&["init"]).ends(0);
    project.run(&["export"]).ends(0);
    project.write("src/lib.rs", &source(&["user.login", "User.Login"], ""));
    project.write(MARK_IN_CAPITALS, "");
    let run = project.run(&["export"]).ends(1);
    assert!(
        run.stdout
            .contains("error[case-clash]: User.Login and user.login differ in case only"),
        "{run:?}"
    );
    assert!(run.stdout.contains("conflict   User.Login  1"), "{run:?}");
    assert_eq!(
        run.summary(),
        "0 new, 0 changed, 1 unchanged, 0 orphaned, 1 in conflict"
    );
    assert!(
        !project.exists("schemas/User.Login") && project.exists("schemas/user.login/v1.json"),
        "nothing of it is written"
    );
    fs::remove_file(project.path(MARK_IN_CAPITALS)).expect("removed");

    let run = project.run(&["export"]).ends(1);
    assert!(
        run.stdout
            .contains("error[case-clash]: User.Login and user.login differ in case only"),
        "{run:?}"
    );
    assert_eq!(run.summary(), "1 new, 0 changed, 1 unchanged, 0 orphaned");
    assert!(
        project.exists("schemas/User.Login/v1.json")
            && project.exists("schemas/user.login/v1.json")
    );
    assert_eq!(
        project
            .run(&["check"])
            .ends(1)
            .stdout
            .matches("error[")
            .count(),
        1,
        "another machine may not tell them apart"
    );
}

/// What the lint `action-name` asks for.
#[test]
fn a_registered_action_is_renamed_to_another_case() {
    let project = Project::library("case-renamed", &source(&["User.Login"], ""));
    project.run(&["init"]).ends(0);
    project.run(&["export"]).ends(0);
    project.register(
        "production",
        "User.Login",
        1,
        &project.sha256("User.Login", 1, &[]),
    );
    project.run(&["check"]).ends(0);
    project.write("src/lib.rs", &source(&["user.login"], ""));
    assert_eq!(
        project.run(&["export"]).ends(0).summary(),
        "1 new, 0 changed, 0 unchanged, 0 orphaned"
    );
    project.run(&["check"]).ends(0);
    project.write(MARK_IN_CAPITALS, "");
    assert!(
        project
            .run(&["check"])
            .ends(1)
            .stdout
            .contains("error[case-clash]: User.Login and user.login differ")
    );
}
