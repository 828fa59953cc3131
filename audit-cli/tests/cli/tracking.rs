//! What plain builds notice of what the command writes.

use std::fs;
use std::process::Command;

use crate::support::{Project, TARGET, event};

/// What `cargo check` says; whether it found everything fresh.
fn check(project: &Project, name: &str) -> (bool, bool, String) {
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args(["check", "--verbose", "--offline", "--color", "never"])
        .current_dir(project.path(""));
    cargo
        .env("CARGO_TARGET_DIR", TARGET)
        .env_remove("AUDIT_SCHEMAS")
        .env_remove("AUDIT_RECORDS");
    let output = cargo.output().expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (
        output.status.success(),
        said.contains(&format!("Fresh {name} ")),
        said,
    )
}

/// Whatever a conflict is in, it has one sentence and one way out.
#[test]
fn builds_and_commands_say_the_same_of_conflicts() {
    let name = "tracking-conflicts";
    let project = Project::library(name, &event("user.signed_in", 1, "mfa: bool,"));
    project.run(&["init"]).ends(0);
    project.run(&["export"]).ends(0);
    let (body, index, registrations) = (
        "schemas/user.signed_in/v1.json",
        "schemas/index.txt",
        "schemas/registrations/production.json",
    );
    let compare = |file: &str, whole: &str| {
        project.write(
            file,
            &format!("<<<<<<< HEAD\n{whole}=======\n>>>>>>> main\n"),
        );
        let (success, _, built) = check(&project, name);
        let run = project.run(&["check"]);
        let said = run.stdout.clone() + &run.stderr;
        let lines: Vec<_> = said.lines().collect();
        let at = lines
            .iter()
            .position(|line| line.contains("a merge conflict isn't resolved"))
            .expect("it is said");
        let sentence = lines[at].split_once(": ").expect("a code").1;
        assert_eq!(
            sentence,
            format!("{file}:1:1: a merge conflict isn't resolved: `<<<<<<< HEAD`")
        );
        assert!(!success && run.status != 0, "{run:?}");
        assert!(built.contains(&format!(": {sentence}\n")), "{built}");
        let help = lines[at + 1].trim_start();
        assert!(
            help.starts_with("help: ") && built.contains(help),
            "{help}\n{built}"
        );
        project.write(file, whole);
        help.to_owned()
    };
    let whole = project.read(body);
    assert!(
        compare(body, &whole)
            .contains("`cargo audit-schema export --update` write what the code renders")
    );
    let listed = project.read(index);
    fs::remove_dir_all(project.path("schemas/user.signed_in")).expect("removed");
    assert!(compare(index, &listed).contains("`cargo audit-schema export` write it again"));
    project.write(body, &whole);
    project.register("production", "user.signed_in", 1, "x");
    assert!(
        compare(body, &whole)
            .contains("it is registered in production, and a registered version never changes")
    );
    assert!(
        compare(registrations, "{}\n")
            .contains("it lists the versions that may not change any more")
    );
}

/// The command says how an emulator forgets a version; a build's error has a page that does.
#[test]
fn an_emulator_is_started_anew() {
    let name = "tracking-emulators";
    let project = Project::library(name, &event("user.signed_in", 1, "mfa: bool,"));
    project.run(&["init"]).ends(0);
    project.run(&["export"]).ends(0);
    project.register("told", "user.signed_in", 1, &"a".repeat(64));
    let remove = "only an emulator was told: remove schemas/registrations/told.json, and start the emulator anew";
    for (url, is_emulator) in [
        ("http://127.0.0.1:4010", true),
        ("https://127.0.0.1:4010", false),
    ] {
        project.write(
            "schemas/audit.toml",
            &format!("[environments.told]\napi-key-env = \"KEY\"\nurl = \"{url}\"\n"),
        );
        let (success, _, built) = check(&project, name);
        assert!(
            !success
                && built
                    .contains("schemas/user.signed_in/v1.json isn't what is registered in told\n"),
            "{built}"
        );
        let said = project.run(&["check"]).ends(1).stdout;
        assert!(
            said.contains("user.signed_in version 1 isn't what is registered in told"),
            "{said}"
        );
        assert_eq!(said.contains(remove), is_emulator, "{url}: {said}");
    }
}

#[test]
fn builds_notice_what_commands_make() {
    let name = "tracking-folder";
    let project = Project::library(name, &event("user.signed_in", 1, "mfa: bool,"));
    let notices = |what: &str| {
        let (success, fresh, said) = check(&project, name);
        assert!(success && !fresh, "{what}: {said}");
        let (success, fresh, said) = check(&project, name);
        assert!(success && fresh, "{what}, nothing changed since: {said}");
    };
    notices("the first build");
    project.run(&["init"]).ends(0);
    notices("the folder");
    // As a folder begins that is made by hand.
    fs::remove_file(project.path("schemas/index.txt")).expect("init writes it");
    notices("the index that is gone");
    project.run(&["export"]).ends(0);
    notices("the first index");
    project.write(
        "schemas/user.signed_in/v1.json",
        &project
            .read("schemas/user.signed_in/v1.json")
            .replace("mfa", "otp"),
    );
    let (success, _, said) = check(&project, name);
    assert!(
        !success && said.contains("audit[A0502]: user.signed_in version 1"),
        "{said}"
    );
}
