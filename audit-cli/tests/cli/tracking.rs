//! What plain builds notice of what the command writes.

use std::fs;
use std::process::Command;

use crate::support::{Project, TARGET, event};

/// What `cargo check` says; whether it found everything fresh.
fn check(project: &Project, name: &str) -> (bool, bool, String) {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["check", "--verbose", "--offline", "--color", "never"]).current_dir(project.path(""));
    cargo.env("CARGO_TARGET_DIR", TARGET).env_remove("AUDIT_SCHEMAS").env_remove("AUDIT_RECORDS");
    let output = cargo.output().expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.success(), said.contains(&format!("Fresh {name} ")), said)
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
    project.write("schemas/user.signed_in/v1.json", &project.read("schemas/user.signed_in/v1.json").replace("mfa", "otp"));
    let (success, _, said) = check(&project, name);
    assert!(!success && said.contains("audit[A0502]: user.signed_in version 1"), "{said}");
}
