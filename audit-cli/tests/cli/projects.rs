//! All kinds of projects and artifacts, and what goes wrong with them.

use std::collections::BTreeSet;
use std::process::Command;

use crate::support::{Project, TARGET, event, event_with, manifest};

/// Action and package of every event that `list` finds.
fn listed(project: &Project, args: &[&str]) -> BTreeSet<(String, String)> {
    let run = project
        .run(&[&["list", "--format", "json"], args].concat())
        .ends(0);
    let items: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    items
        .as_array()
        .expect("an array")
        .iter()
        .map(|item| (text(&item["action"]), text(&item["package"])))
        .collect()
}

fn set(items: &[(&str, &str)]) -> BTreeSet<(String, String)> {
    items
        .iter()
        .map(|(action, package)| ((*action).into(), (*package).into()))
        .collect()
}

/// A library, a program that depends on it and never names it, a package with `audit-core` under another name, one without events.
fn workspace(prefix: &str) -> Project {
    let project = Project::new();
    let name = |part: &str| format!("{prefix}-{part}");
    project.write(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"*-package\"]\n",
    );
    project.write(
        "lib-package/Cargo.toml",
        &manifest(&name("lib"), "audit-core"),
    );
    project.write(
        "lib-package/src/lib.rs",
        &event("library.used", 1, "shelf: u16,"),
    );
    let dependency = format!("{} = {{ path = \"../lib-package\" }}\n", name("lib"));
    project.write(
        "bin-package/Cargo.toml",
        &(manifest(&name("bin"), "audit-core") + &dependency),
    );
    project.write(
        "bin-package/src/main.rs",
        &(event("program.started", 1, "") + "fn main() {}\n"),
    );
    project.write(
        "renamed-package/Cargo.toml",
        &manifest(&name("renamed"), "my-audit"),
    );
    project.write(
        "renamed-package/src/lib.rs",
        &event_with("my_audit", "crate = my_audit,", "name.changed", 1, ""),
    );
    project.write(
        "silent-package/Cargo.toml",
        &manifest(&name("silent"), "audit-core"),
    );
    project.write("silent-package/src/lib.rs", "");
    project.run(&["init"]).ends(0);
    project
}

#[test]
fn finds_every_event_of_a_virtual_workspace() {
    let project = workspace("every");
    let all = [
        ("library.used", "every-lib"),
        ("program.started", "every-bin"),
        ("name.changed", "every-renamed"),
    ];
    assert_eq!(listed(&project, &["--workspace"]), set(&all));
    assert_eq!(
        listed(&project, &["-p", "every-bin"]),
        set(&all[..2]),
        "the program's library, too"
    );

    let run = project
        .run(&["export", "-p", "every-bin", "--prune"])
        .ends(0);
    assert!(
        run.stderr.contains("warning: skipped the orphan check"),
        "{run:?}"
    );
    let run = project.run(&["export"]).ends(0);
    assert_eq!(run.summary(), "1 new, 0 changed, 2 unchanged, 0 orphaned");
    assert!(
        !run.stderr.contains("every-silent"),
        "a package may use the events of others: {run:?}"
    );
    let run = project
        .run(&["export", "-p", "every-renamed", "--prune"])
        .ends(0);
    assert_eq!(
        run.summary(),
        "0 new, 0 changed, 1 unchanged, 0 orphaned",
        "the others aren't orphans: they weren't built"
    );
    project.run(&["check", "--workspace"]).ends(0);
}

#[test]
fn names_both_places_of_a_conflict() {
    let project = workspace("conflict");
    project.write(
        "silent-package/src/lib.rs",
        &event("library.used", 1, "shelf: u16, row: u8,"),
    );
    let run = project.run(&["export"]).ends(1);
    let line = run
        .stdout
        .lines()
        .find(|line| line.starts_with("error[conflict]: "))
        .unwrap_or_default();
    for words in [
        "library.used version 1",
        "lib-package/src/lib.rs:",
        "(package `conflict-lib`)",
        "silent-package/src/lib.rs:",
    ] {
        assert!(line.contains(words), "{words} in {run:?}");
    }
    assert_eq!(
        run.summary(),
        "2 new, 0 changed, 0 unchanged, 0 orphaned, 1 in conflict"
    );
    assert!(
        !project.exists("schemas/library.used"),
        "neither is written"
    );
    project.run(&["check"]).ends(1);
    let run = project.run(&["show", "library.used"]).ends(2);
    assert!(run.error().contains("2 different schemas"), "{run:?}");
}

#[test]
fn what_holds_no_events_is_an_error_not_an_empty_answer() {
    let empty = Project::library("empty-silent", "");
    empty.run(&["init"]).ends(0);
    for command in ["export", "check", "list"] {
        let run = empty.run(&[command]).ends(2);
        assert_eq!(run.error(), "no audit events found in the build output");
    }
    empty.write("Cargo.toml", "[package]\nname = \"empty-foreign\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[workspace]\n");
    let run = empty.run(&["export"]).ends(2);
    assert_eq!(
        run.error(),
        "no package in this build depends on audit-core"
    );
}

#[test]
fn an_optional_dependency_is_activated_and_not_added() {
    let project = Project::library("optional-core", "");
    project.run(&["init"]).ends(0);
    let manifest = std::fs::read_to_string(project.path("Cargo.toml")).expect("it was written");
    let optional: Vec<_> = manifest
        .lines()
        .map(|line| {
            if line.starts_with("audit-core") {
                line.replace(" }", ", optional = true }")
            } else {
                line.to_owned()
            }
        })
        .collect();
    project.write("Cargo.toml", &optional.join("\n"));
    project.write("src/lib.rs", "");
    let run = project.run(&["export"]).ends(2);
    assert_eq!(
        run.error(),
        "no package in this build depends on audit-core"
    );
    assert!(
        run.stderr
            .contains("or activate the feature that depends on it (`--features`"),
        "{run:?}"
    );
    let run = project.run(&["export", "--features", "audit-core"]).ends(2);
    assert_eq!(run.error(), "no audit events found in the build output");
}

#[test]
fn a_failing_build_and_an_unknown_package_end_with_2() {
    let project = Project::library("broken-build", &event("a.b", 1, "tags: Vec<String>,"));
    project.run(&["init"]).ends(0);
    let run = project.run(&["export"]).ends(2);
    assert!(
        run.stderr
            .ends_with("error: the build failed, so no schemas were read\n"),
        "{run:?}"
    );
    assert!(
        run.stderr.contains("audit[A"),
        "the compiler's words are passed on: {run:?}"
    );
    assert!(run.stdout.is_empty() && !project.exists("schemas/a.b"));

    let manifest = project.path("Cargo.toml");
    let elsewhere = crate::support::run(
        &std::env::temp_dir(),
        &[
            "export",
            "-p",
            "no-such-package",
            "--manifest-path",
            &manifest.to_string_lossy(),
        ],
    );
    for run in [project.run(&["export", "-p", "no-such-package"]), elsewhere] {
        assert!(
            run.ends(2)
                .error()
                .starts_with("package ID specification `no-such-package` did not match")
        );
    }
    let run = project
        .run(&["export", "--features", "no-such-feature"])
        .ends(2);
    assert!(run.error().contains("no-such-feature"), "{run:?}");
}

#[test]
fn what_is_wrong_with_the_folder_is_one_sentence() {
    let project = Project::library("broken-folder", &event("a.b", 1, ""));
    project.run(&["init"]).ends(0);
    project.write("schemas/audit.toml", "# environments\n[environments\n");
    for command in ["export", "check", "list"] {
        let run = project.run(&[command]).ends(2);
        assert!(
            run.error().starts_with("schemas/audit.toml:2:14: "),
            "{run:?}"
        );
    }
    project.write("schemas/audit.toml", "");
    project.write("schemas/a.b", "a file where a folder should be");
    let run = project.run(&["export"]).ends(2);
    assert!(
        run.error()
            .starts_with("can't make the folder schemas/a.b: "),
        "{run:?}"
    );

    let run = project.run(&["export", "--schemas", "elsewhere"]).ends(2);
    assert_eq!(run.error(), "no elsewhere/audit.toml there");
    project.run(&["init", "--schemas", "elsewhere"]).ends(0);
    project.run(&["export", "--schemas", "elsewhere"]).ends(0);
    assert!(project.exists("elsewhere/a.b/v1.json"));
}

#[test]
fn packages_of_several_folders_are_not_mixed() {
    let project = workspace("folders");
    std::fs::remove_dir_all(project.path("schemas")).expect("removed");
    for package in [
        "bin-package",
        "lib-package",
        "renamed-package",
        "silent-package",
    ] {
        project
            .run(&["init", "--schemas", &format!("{package}/schemas")])
            .ends(0);
    }
    let run = project.run(&["export"]).ends(2);
    let folders = "the selected packages belong to several folders for schemas: bin-package/schemas, lib-package/schemas, ";
    assert!(run.error().starts_with(folders), "{run:?}");
    let run = project.run(&["export", "-p", "folders-renamed"]).ends(0);
    assert!(
        !run.stderr.contains("orphaned schemas"),
        "whoever has schemas in this folder was built: {run:?}"
    );
    assert!(
        project.exists("renamed-package/schemas/name.changed/v1.json")
            && !project.exists("lib-package/schemas/name.changed")
    );
}

/// What a release leaves of records is for the compiler of their own crate and the linker to say.
const UNOPTIMIZED: &str = "[profile.release.package.\"*\"]\nopt-level = 0\n";
/// The same of two projects, so that they share their dependencies.
const RELEASE: &str =
    "[profile.release]\nstrip = true\n[profile.release.package.\"*\"]\nopt-level = 0\n";

/// A program, the library it is linked with and a shared library, as `cargo build --release` makes them under fat LTO.
fn released() -> Project {
    let project = Project::new();
    let profile = "[profile.release]\nlto = \"fat\"\nstrip = true\npanic = \"abort\"\ncodegen-units = 1\nopt-level = 1\n";
    let profile = format!("{profile}{UNOPTIMIZED}");
    project.write(
        "Cargo.toml",
        &format!("[workspace]\nresolver = \"3\"\nmembers = [\"*-package\"]\n{profile}"),
    );
    project.write(
        "linked-package/Cargo.toml",
        &manifest("released-linked", "audit-core"),
    );
    project.write(
        "linked-package/src/lib.rs",
        &(event("library.linked", 1, "") + "pub fn touch() {}\n"),
    );
    let dependency = "released-linked = { path = \"../linked-package\" }\n";
    project.write(
        "program-package/Cargo.toml",
        &(manifest("released-program", "audit-core") + dependency),
    );
    let main = "fn main() { released_linked::touch(); }\n";
    project.write(
        "program-package/src/main.rs",
        &(event("program.started", 1, "") + main),
    );
    project.write(
        "shared-package/Cargo.toml",
        &(manifest("released-shared", "audit-core") + "[lib]\ncrate-type = [\"cdylib\"]\n"),
    );
    project.write(
        "shared-package/src/lib.rs",
        &event("library.shared", 1, "shelf: u16,"),
    );
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args([
        "build",
        "--release",
        "--quiet",
        "-p",
        "released-program",
        "-p",
        "released-shared",
    ]);
    cargo
        .current_dir(project.path(""))
        .env("CARGO_TARGET_DIR", TARGET);
    assert!(cargo.status().expect("cargo runs").success());
    project
}

/// The newest rlib of a crate.
fn rlib(name: &str) -> String {
    let children = std::fs::read_dir(format!("{TARGET}/release/deps"))
        .expect("a folder")
        .filter_map(Result::ok);
    let prefix = format!("lib{name}-");
    let rlibs = children.filter(|child| {
        let is_rlib = child
            .path()
            .extension()
            .is_some_and(|extension| extension == "rlib");
        is_rlib && child.file_name().to_string_lossy().starts_with(&prefix)
    });
    let newest = rlibs
        .max_by_key(|child| child.metadata().and_then(|about| about.modified()).ok())
        .expect("an rlib");
    newest.path().to_string_lossy().into_owned()
}

#[test]
fn reads_debug_and_release_rlibs_for_private_and_unused_types() {
    let project = Project::new();
    project.write(
        "Cargo.toml",
        &format!(
            "{}[workspace]\n{RELEASE}",
            manifest("plain-rlib", "audit-core")
        ),
    );
    project.write("src/lib.rs", &event("library.plain", 1, ""));
    for profile in [&["build"][..], &["build", "--release"]] {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo
            .args(profile)
            .arg("--quiet")
            .current_dir(project.path(""))
            .env("CARGO_TARGET_DIR", TARGET);
        assert!(cargo.status().expect("cargo runs").success());
        let folder = if profile.len() == 1 {
            "debug"
        } else {
            "release"
        };
        let run = project
            .run(&["inspect", &format!("{TARGET}/{folder}/libplain_rlib.rlib")])
            .ends(0);
        assert!(run.stdout.contains("library.plain  1 "), "{run:?}");
    }
}

#[test]
fn reads_what_fat_lto_and_stripping_leave_and_names_bitcode() {
    let project = released();
    let program = format!(
        "{TARGET}/release/released-program{}",
        std::env::consts::EXE_SUFFIX
    );
    let run = project.run(&["inspect", &program]).ends(0);
    assert!(run.stdout.contains("program.started  1 "), "{run:?}");

    let (prefix, suffix) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let run = project
        .run(&[
            "inspect",
            &format!("{TARGET}/release/{prefix}released_shared{suffix}"),
        ])
        .ends(0);
    assert!(run.stdout.contains("library.shared  1 "), "{run:?}");

    let run = project.run(&["inspect", &rlib("released_linked")]).ends(2);
    assert!(run.error().contains("built under LTO"), "{run:?}");

    // The tool's own build turns LTO off, and finds all three.
    project.run(&["init"]).ends(0);
    assert_eq!(
        project.run(&["export"]).ends(0).summary(),
        "3 new, 0 changed, 0 unchanged, 0 orphaned"
    );
}

#[test]
fn a_release_without_records_is_smaller_and_hides_nothing_from_the_tool() {
    let project = Project::new();
    project.write(
        "Cargo.toml",
        &format!(
            "{}[workspace]\n{RELEASE}",
            manifest("unrecorded", "audit-core")
        ),
    );
    project.write(
        "src/main.rs",
        &(event("program.started", 1, "") + "fn main() {}\n"),
    );
    let program = format!(
        "{TARGET}/release/unrecorded{}",
        std::env::consts::EXE_SUFFIX
    );
    let built = |records: Option<&str>| {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo
            .args(["build", "--release"])
            .current_dir(project.path(""))
            .env("CARGO_TARGET_DIR", TARGET)
            .env_remove("AUDIT_RECORDS");
        let output = cargo
            .envs(records.map(|records| ("AUDIT_RECORDS", records)))
            .output()
            .expect("cargo runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            output.status.success() && !said.contains("unexpected_cfgs"),
            "{said}"
        );
        std::fs::metadata(&program).expect("a program").len()
    };
    let with = built(None);
    assert!(
        project
            .run(&["inspect", &program])
            .ends(0)
            .stdout
            .contains("program.started  1 ")
    );
    let without = built(Some("off"));
    assert!(
        without < with,
        "{without} bytes without records, {with} with them"
    );
    let run = project.run(&["inspect", &program]).ends(2);
    assert!(run.error().contains("no audit records in it"), "{run:?}");
    // Cargo notices that the variable is gone.
    assert_eq!(built(None), with);

    project.run(&["init"]).ends(0);
    let mut export = crate::support::program(&project.path(""));
    let run = crate::support::Run::of(
        export
            .arg("export")
            .env("AUDIT_RECORDS", "off")
            .output()
            .expect("the program runs"),
    );
    assert_eq!(
        run.ends(0).summary(),
        "1 new, 0 changed, 0 unchanged, 0 orphaned"
    );
}

/// Linkers place notes in front of all else, in an order of their own: with its records among them a program of many events had its
/// build id far from the first page, where tools look for it.
#[cfg(target_os = "linux")]
#[test]
fn a_program_of_many_events_has_its_build_id_on_the_first_page() {
    use object::read::{Object, ObjectSection};

    let project = Project::new();
    project.write(
        "Cargo.toml",
        &(manifest("many-events", "audit-core") + "[workspace]\n"),
    );
    project.write(
        "build.rs",
        "fn main() { println!(\"cargo::rustc-link-arg-bins=-Wl,--build-id=sha1\"); }\n",
    );
    let events: String = (1..=60)
        .map(|number| event(&format!("thing.happened_{number}"), 1, "remarks: String,"))
        .collect();
    project.write("src/main.rs", &(events + "fn main() {}\n"));
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .args(["build", "--quiet"])
        .current_dir(project.path(""))
        .env("CARGO_TARGET_DIR", TARGET);
    assert!(cargo.status().expect("cargo runs").success());
    let path = format!("{TARGET}/debug/many-events");
    let bytes = std::fs::read(&path).expect("a program");
    let program = object::File::parse(&*bytes).expect("an object");
    let note = program
        .section_by_name(".note.gnu.build-id")
        .and_then(|section| section.file_range())
        .expect("a build id");
    assert!(note.0 + note.1 < 4096, "{note:?}");
    let records = program
        .section_by_name(".auditev")
        .expect("records in a section of their own");
    assert!(records.size() > 60 * 500);
    let id: String = program
        .build_id()
        .expect("notes")
        .expect("an id")
        .iter()
        .fold(String::new(), |id, byte| format!("{id}{byte:02x}"));
    for tool in [&["file"][..], &["readelf", "-n"], &["eu-readelf", "-n"]] {
        let Ok(output) = Command::new(tool[0]).args(&tool[1..]).arg(&path).output() else {
            continue;
        };
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(
            said.contains(&id) && !said.contains("AUDIT"),
            "{tool:?}: {said}"
        );
    }
    let run = project.run(&["inspect", &path]).ends(0);
    assert!(run.stdout.contains("thing.happened_60  1 "), "{run:?}");
}
