//! How commands run cargo: what they need from the network, what they share with the user's own builds and what they don't.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::support::{Project, Run, TARGET, event, manifest, program, skipped};

/// Where is built with another home of cargo's: dependencies come from other paths there, and are compiled anew.
#[cfg(unix)]
const OFFLINE: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/offline");

/// What cargo compiles, by its own words.
fn compiled(said: &str) -> Vec<&str> {
    let lines = said
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("Compiling "));
    lines.filter_map(|line| line.split(' ').next()).collect()
}

fn cargo(folder: &Path, args: &[&str]) -> Output {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .args(args)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", TARGET)
        .env_remove("AUDIT_SCHEMAS");
    let output = cargo.output().expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

#[test]
fn dependencies_are_compiled_once_and_the_users_artifacts_stay() {
    let project = Project::new();
    project.write(
        "Cargo.toml",
        &(manifest("sharing", "audit-core")
            + "[workspace]\n[profile.dev.package.sharing]\nopt-level = 1\n"),
    );
    project.write(
        "src/main.rs",
        &(event("program.started", 1, "") + "fn main() {}\n"),
    );
    let build = || String::from_utf8(cargo(&project.path(""), &["build"]).stderr).expect("UTF-8");
    build();
    let artifact = PathBuf::from(format!(
        "{TARGET}/debug/sharing{}",
        std::env::consts::EXE_SUFFIX
    ));
    let before = fs::read(&artifact).expect("a program");
    project.run(&["init"]).ends(0);
    let run = project.run(&["export"]).ends(0);
    assert_eq!(compiled(&run.stderr), ["sharing"], "{run:?}");
    assert_eq!(fs::read(&artifact).expect("a program"), before);
    assert_eq!(
        compiled(&build()),
        ["sharing"],
        "there is a folder to compare with now"
    );
    assert_eq!(compiled(&project.run(&["check"]).ends(0).stderr), [""; 0]);
    assert_eq!(
        compiled(&build()),
        [""; 0],
        "the variables of the tool's build are none of this one's business"
    );
}

/// A package whose event comes out of a package beside it, which doesn't know `audit-core`.
fn checkout(action: &str) -> Project {
    let project = Project::new();
    let dependency = "words = { path = \"words\" }\n[workspace]\n";
    project.write(
        "Cargo.toml",
        &(manifest("checkout", "audit-core") + dependency),
    );
    project.write("src/lib.rs", "words::event!();\n");
    project.write(
        "words/Cargo.toml",
        "[package]\nname = \"words\"\nversion = \"0.1.0\"\nedition = \"2024\"\n",
    );
    project.write(
        "words/src/lib.rs",
        &format!(
            "#[macro_export]\nmacro_rules! event {{ () => {{ {} }} }}\n",
            event(action, 1, "")
        ),
    );
    project.run(&["init"]).ends(0);
    project
}

#[test]
fn checkouts_that_share_a_target_folder_are_told_apart() {
    // Both are older than what is built, so cargo itself takes the second for fresh.
    let (one, other) = (checkout("checkout.one"), checkout("checkout.other"));
    one.run(&["export"]).ends(0);
    let run = other.run(&["check"]).ends(1);
    assert!(
        run.stdout
            .contains("error[missing]: checkout.other version 1"),
        "{run:?}"
    );
    other.run(&["export", "--prune"]).ends(0);
    assert!(
        other.exists("schemas/checkout.other/v1.json") && !other.exists("schemas/checkout.one")
    );
    let run = one.run(&["check"]).ends(0);
    assert_eq!(
        compiled(&run.stderr),
        [""; 0],
        "neither is built anew for the other"
    );
}

/// A home of cargo's that lacks some packages, and links to all else.
#[cfg(unix)]
fn home_without(packages: &[&str]) -> Option<tempfile::TempDir> {
    use std::os::unix::fs::symlink;

    let home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(std::env::home_dir()?.join(".cargo")))?;
    let registry = home.join("registry");
    if !registry.join("cache").is_dir() {
        skipped(&format!(
            "there are no downloaded packages in {}, so builds without the network aren't tested",
            registry.display()
        ));
        return None;
    }
    let restricted = tempfile::tempdir().expect("a temporary folder");
    let lacks = |name: &str| {
        packages.iter().any(|package| {
            name.strip_prefix(package)
                .is_some_and(|rest| rest.starts_with('-'))
        })
    };
    for kind in ["cache", "src"] {
        for source in fs::read_dir(registry.join(kind))
            .into_iter()
            .flatten()
            .map(|child| child.expect("a child"))
        {
            let folder = restricted
                .path()
                .join("registry")
                .join(kind)
                .join(source.file_name());
            fs::create_dir_all(&folder).expect("a folder");
            for package in fs::read_dir(source.path())
                .expect("a folder")
                .map(|child| child.expect("a child"))
            {
                if !lacks(&package.file_name().to_string_lossy()) {
                    symlink(package.path(), folder.join(package.file_name())).expect("a link");
                }
            }
        }
    }
    // The index is shared, and so is the lock under which other runs of cargo write it.
    for shared in ["registry/index", ".package-cache"] {
        symlink(home.join(shared), restricted.path().join(shared)).expect("a link");
    }
    Some(restricted)
}

/// `cargo check --offline` is what people compare with: a package for another platform, and one for tests, aren't there.
#[cfg(unix)]
#[test]
fn what_a_build_does_without_isnt_asked_for() {
    let Some(home) = home_without(&["httpdate", "heck"]) else {
        return;
    };
    for (name, section) in [
        (
            "foreign",
            "target.'cfg(target_os = \"hermit\")'.dependencies",
        ),
        ("tested", "dev-dependencies"),
    ] {
        let project = Project::new();
        let package = if name == "foreign" {
            "httpdate"
        } else {
            "heck"
        };
        let dependency = format!("[{section}]\n{package} = \"*\"\n[workspace]\n");
        project.write(
            "Cargo.toml",
            &(manifest(&format!("offline-{name}"), "audit-core") + &dependency),
        );
        project.write("src/lib.rs", &event("a.b", 1, ""));
        let run = |args: &[&str], variable: Option<&str>| {
            let mut program = program(&project.path(""));
            program
                .args(args)
                .env("CARGO_HOME", home.path())
                .env("CARGO_TARGET_DIR", OFFLINE)
                .envs(variable.map(|name| (name, "true")));
            Run::of(program.output().expect("the program runs"))
        };
        run(&["init"], None).ends(0);
        let unlocked = run(&["export", "--offline", "--locked"], None).ends(2);
        assert!(unlocked.error().contains("--locked"), "{unlocked:?}");
        run(&["export", "--offline"], None).ends(0);
        run(&["check", "--workspace", "--frozen"], None).ends(0);
        run(&["check", "--workspace"], Some("CARGO_NET_OFFLINE")).ends(0);
        let list = run(&["list", "--locked", "--offline", "-q"], None).ends(0);
        assert!(
            list.stdout.contains("a.b") && list.stderr.is_empty(),
            "{list:?}"
        );
    }
}
