//! Events that only some configurations of a package declare: features, `cfg`, tests, examples, optional dependencies.

use crate::support::{Project, Run, event, manifest};

/// An event that only a feature declares, beside one that is always there.
fn with_feature(name: &str) -> Project {
    let source = event("user.signed_in", 1, "")
        + "#[cfg(feature = \"saas\")]"
        + &event("billing.paid", 1, "amount: u32,");
    let project = Project::library(name, &source);
    let manifest = project.read("Cargo.toml") + "[features]\nsaas = []\n";
    project.write("Cargo.toml", &manifest);
    project.run(&["init"]).ends(0);
    project
}

/// What stderr says of schemas that weren't looked at.
fn unseen(run: &Run) -> Vec<&str> {
    let words = ["not compared with code", "not removed"];
    run.stderr
        .lines()
        .filter(|line| words.iter().any(|words| line.contains(words)))
        .collect()
}

#[test]
fn what_a_feature_declares_is_no_orphan() {
    let project = with_feature("configured-feature");
    project.run(&["export", "--all-features"]).ends(0);
    assert!(project.exists("schemas/billing.paid/v1.json"));

    for _ in 0..2 {
        let run = project.run(&["check"]).ends(0);
        assert_eq!(run.stdout, "1 schema, nothing to report\n");
        assert_eq!(
            unseen(&run),
            [
                "not compared with code, as only another configuration may declare it: billing.paid version 1 (src/lib.rs:37); \
              build with `--all-features` to compare what features declare"
            ]
        );
    }
    let run = project.run(&["export", "--prune"]).ends(0);
    assert_eq!(run.summary(), "0 new, 0 changed, 1 unchanged, 0 orphaned");
    assert!(
        unseen(&run)[0].starts_with("warning: not removed, as another configuration may declare it: billing.paid version 1 ("),
        "{run:?}"
    );
    assert!(unseen(&run)[0].contains("--all-features"), "{run:?}");
    assert!(project.exists("schemas/billing.paid/v1.json"));
    assert!(!project.run(&["list"]).ends(0).stdout.contains("orphaned"));
    assert_eq!(
        project.run(&["diff"]).ends(0).stdout,
        "the folder and the code hold the same 1 schema\n"
    );
    assert_eq!(
        project.run(&["diff", "code", "folder"]).ends(0).stdout,
        "the code and the folder hold the same 2 schemas\n"
    );

    let run = project.run(&["check", "--all-features"]).ends(0);
    assert_eq!(
        (run.stdout.as_str(), unseen(&run)),
        ("2 schemas, nothing to report\n", vec![])
    );
}

/// A file whose loss no build would notice.
#[test]
fn what_a_feature_declares_is_missed_without_it() {
    let project = with_feature("configured-lost");
    project.run(&["export", "--all-features"]).ends(0);
    let (path, index) = (
        "schemas/billing.paid/v1.json",
        project.read("schemas/index.txt"),
    );
    let (body, sha256) = (
        project.read(path),
        project.sha256("billing.paid", 1, &["--all-features"]),
    );
    std::fs::remove_dir_all(project.path("schemas/billing.paid")).expect("removed");
    for (registered, finding) in [
        (
            false,
            "error[lost]: schemas/index.txt lists billing.paid version 1, but there is no schemas/billing.paid/v1.json\n",
        ),
        (
            true,
            "error[unknown-registration]: billing.paid version 1 is registered in production, but there is no schemas/billing.paid/v1.json (schemas/registrations/production.json:1)\n",
        ),
    ] {
        if registered {
            project.register("production", "billing.paid", 1, &sha256);
        }
        for command in [
            &["check"][..],
            &["export", "--prune"],
            &["export", "--update"],
        ] {
            let run = project.run(command).ends(1);
            assert!(
                run.stdout.contains(finding) && run.stdout.matches("error[").count() == 1,
                "{run:?}"
            );
            assert!(
                run.stdout
                    .contains("help: take the file back from version control (`git checkout`, "),
                "{run:?}"
            );
            assert_eq!(unseen(&run), [""; 0], "it isn't there");
            assert_eq!(project.read("schemas/index.txt"), index);
        }
        let run = project.run(&["check", "--all-features"]).ends(1);
        let who = if registered {
            "it is registered in production"
        } else {
            "schemas/index.txt lists it"
        };
        let missing = format!(
            "error[missing]: billing.paid version 1 has no schemas/billing.paid/v1.json, although {who} "
        );
        assert!(
            run.stdout.contains(&missing) && run.stdout.matches("error[").count() == 1,
            "{run:?}"
        );
    }
    project.run(&["export", "--all-features"]).ends(0);
    assert_eq!(
        (project.read(path), project.read("schemas/index.txt")),
        (body, index),
        "the code still renders it"
    );
    project.run(&["check"]).ends(0);
}

#[test]
fn what_no_configuration_declares_any_more_is_one() {
    let project = with_feature("configured-gone");
    project.run(&["export", "--all-features"]).ends(0);
    // The feature declares another version now; the first one's code is gone in every configuration.
    project.write(
        "src/lib.rs",
        &project.read("src/lib.rs").replace(
            "\"billing.paid\", version = 1",
            "\"billing.paid\", version = 2",
        ),
    );
    let run = project.run(&["check"]).ends(1);
    assert!(
        run.stdout
            .contains("error[orphaned]: billing.paid version 1 is declared by no code"),
        "{run:?}"
    );
    let run = project.run(&["export", "--prune"]).ends(0);
    assert_eq!(
        run.summary(),
        "0 new, 0 changed, 1 unchanged, 0 orphaned, 1 removed"
    );
    assert_eq!(unseen(&run), [""; 0]);
}

#[test]
fn tests_examples_targets_and_macros_declare_events_too() {
    let project = with_feature("configured-others");
    let of = |action: &str| event(action, 1, "");
    let source = of("user.signed_in")
        + "#[cfg(windows)]" + &of("service.started")
        + "#[cfg(not(windows))]" + &of("daemon.started")
        + "macro_rules! event { ($action:literal) => { mod made { use audit_core::*;
            #[derive(AuditEntity)] #[audit(type = \"user\")] struct User { #[audit(id)] id: String }
            #[derive(AuditEvent)] #[audit(action = $action, version = 1)] struct Made { #[audit(actor)] user: User, #[audit(target)] on: User }
        } } }\n#[cfg(feature = \"saas\")]\nevent!(\"macro.made\");\n";
    project.write("src/lib.rs", &source);
    project.write("tests/events.rs", &of("test.ran"));
    project.write(
        "build.rs",
        "fn main() { let _ = \"#[audit(action = \\\"script.made\\\", version = 1)]\"; }\n",
    );
    project.write(
        "examples/events.rs",
        &(of("example.ran") + "fn main() {}\n"),
    );
    project.run(&["export"]).ends(0);
    let others = [
        "service.started",
        "daemon.started",
        "macro.made",
        "test.ran",
        "example.ran",
        "script.made",
    ];
    for action in others {
        project.write(
            &format!("schemas/{action}/v1.json"),
            &project.read("schemas/user.signed_in/v1.json"),
        );
        project.write(
            &format!("schemas/{action}/v1.event.json"),
            &project
                .read("schemas/user.signed_in/v1.event.json")
                .replace("user.signed_in", action),
        );
    }
    project.write(
        "schemas/nobody.knows/v1.json",
        &project.read("schemas/user.signed_in/v1.json"),
    );
    let run = project.run(&["export", "--prune"]).ends(0);
    assert!(run.summary().ends_with(", 1 removed"), "{run:?}");
    for action in others {
        assert!(
            project.exists(&format!("schemas/{action}/v1.json")),
            "{action}"
        );
    }
    assert!(!project.exists("schemas/nobody.knows"));
    project.run(&["check"]).ends(0);
    project
        .run(&["export", "--prune", "--update", "--all-features"])
        .ends(0);
    for action in others {
        assert!(
            project.exists(&format!("schemas/{action}/v1.json")),
            "{action}"
        );
    }
}

#[test]
fn an_optional_dependency_may_have_events_that_nobody_sees() {
    let project = Project::new();
    let events = Project::library("configured-events", &event("billing.paid", 1, ""));
    project.write(
        "Cargo.toml",
        &(manifest("configured-user", "audit-core")
            + &format!(
                "configured-events = {{ path = {:?}, optional = true }}\n[workspace]\n",
                events.path("")
            )),
    );
    project.write("src/lib.rs", &event("user.signed_in", 1, ""));
    project.run(&["init"]).ends(0);
    project.run(&["export", "--all-features"]).ends(0);
    let run = project.run(&["export", "--prune"]).ends(0);
    assert!(
        unseen(&run)[0]
            .contains("billing.paid version 1 (the dependency `configured-events` wasn't built)"),
        "{run:?}"
    );
    assert!(project.exists("schemas/billing.paid/v1.json"));
    assert!(
        project
            .run(&["check"])
            .ends(0)
            .stderr
            .contains("billing.paid version 1")
    );
}

#[test]
fn what_is_registered_and_not_built_is_not_retired() {
    let project = with_feature("configured-registered");
    project.run(&["export", "--all-features"]).ends(0);
    project.write(
        "schemas/registrations/production.json",
        r#"{"billing.paid": {"1": {"server": 1, "sha256": "x"}}, "billing.gone": {"1": {"server": 1, "sha256": "y"}}}"#,
    );
    let run = project.run(&["list"]).ends(0);
    assert!(
        run.stdout.contains("billing.paid    1        unbuilt") && !run.stdout.contains("retired"),
        "{run:?}"
    );
    assert!(
        run.stderr.contains("billing.paid version 1 (src/lib.rs:"),
        "{run:?}"
    );
    let run = project.run(&["check"]).ends(1);
    assert!(
        run.stdout
            .contains("billing.paid/v1.json was changed, although it is registered in production"),
        "{run:?}"
    );
}

#[test]
fn the_settings_say_which_features_are_built() {
    let project = with_feature("configured-settings");
    project.write("schemas/audit.toml", "features = [\"saas\"]\n");
    assert_eq!(
        project.run(&["export"]).ends(0).summary(),
        "2 new, 0 changed, 0 unchanged, 0 orphaned"
    );
    let run = project.run(&["check"]).ends(0);
    assert_eq!(
        (run.stdout.as_str(), unseen(&run)),
        ("2 schemas, nothing to report\n", vec![])
    );
    for features in [
        "features = [\"configured-settings/saas\"]\n",
        "all-features = true\n",
    ] {
        project.write("schemas/audit.toml", features);
        assert_eq!(
            project.run(&["check"]).ends(0).stdout,
            "2 schemas, nothing to report\n"
        );
    }
    project.write(
        "schemas/audit.toml",
        "evolution = \"none\"\nfeatures = [\"sass\"]\n",
    );
    let run = project.run(&["check"]).ends(2);
    assert_eq!(
        run.error(),
        "schemas/audit.toml:2:13: no package of the workspace has the feature `sass`"
    );
    assert!(run.stderr.contains("help: did you mean `saas`?"), "{run:?}");
}

/// A library with events and a package of tests that declares one, too.
fn with_tests(name: &str) -> Project {
    let project = Project::new();
    project.write(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"library\", \"tests\"]\n",
    );
    project.write(
        "library/Cargo.toml",
        &(manifest(&format!("{name}-library"), "audit-core") + "[features]\nsaas = []\n"),
    );
    project.write(
        "library/src/lib.rs",
        &(event("user.signed_in", 1, "")
            + "#[cfg(feature = \"saas\")]"
            + &event("billing.paid", 1, "")),
    );
    project.write(
        "tests/Cargo.toml",
        &manifest(&format!("{name}-tests"), "audit-core"),
    );
    project.write("tests/src/lib.rs", &event("test.ran", 1, ""));
    project.run(&["init"]).ends(0);
    project
}

#[test]
fn the_settings_say_which_packages_belong_to_the_folder() {
    let project = with_tests("belonging");
    for settings in [
        "exclude = [\"belonging-tests\"]\n",
        "packages = [\"belonging-library\"]\nfeatures = [\"saas\"]\n",
    ] {
        project.write("schemas/audit.toml", settings);
        for args in [&["export"][..], &["export", "--workspace", "--prune"]] {
            let run = project.run(args).ends(0);
            assert!(
                !run.stdout.contains("test.ran") && !run.stderr.contains("--workspace"),
                "{run:?}"
            );
        }
        assert!(
            project
                .run(&["check"])
                .ends(0)
                .stdout
                .ends_with("nothing to report\n")
        );
        assert!(
            project
                .run(&["check", "--workspace"])
                .ends(0)
                .stdout
                .ends_with("nothing to report\n")
        );
    }
    assert!(project.exists("schemas/billing.paid/v1.json") && !project.exists("schemas/test.ran"));
    // What was exported before it was left out is an orphan.
    project.write(
        "schemas/test.ran/v1.json",
        &project.read("schemas/user.signed_in/v1.json"),
    );
    assert!(project.run(&["check"]).ends(1).stdout.contains(
        "error[orphaned]: test.ran version 1 is declared by no code of the folder's packages, "
    ));
    project.run(&["export", "--prune"]).ends(0);
    // What is asked for by name is built; it doesn't have the feature.
    assert!(
        project
            .run(&["list", "-p", "belonging-tests"])
            .ends(0)
            .stdout
            .contains("test.ran")
    );

    let run = crate::support::run(&project.path("tests"), &["export"]).ends(2);
    assert!(
        run.error().starts_with("no package is left to build: "),
        "{run:?}"
    );
    assert!(
        run.error()
            .ends_with("schemas/audit.toml leaves out `belonging-tests`"),
        "{run:?}"
    );
    project.write("schemas/audit.toml", "exclude = [\"belonging-test\"]\n");
    let run = project.run(&["check"]).ends(2);
    assert_eq!(
        run.error(),
        "schemas/audit.toml:1:12: no package of the workspace is called `belonging-test`"
    );
    assert!(
        run.stderr.contains("did you mean `belonging-tests`"),
        "{run:?}"
    );
}

#[test]
fn what_a_package_of_the_folder_depends_on_is_searched() {
    let project = Project::new();
    project.write(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"app\", \"jobs\", \"shared\"]\n",
    );
    let dependencies = "needed-shared = { path = \"../shared\" }\nneeded-jobs = { path = \"../jobs\", optional = true }\n\
                        [features]\nx = [\"dep:needed-jobs\"]\n";
    project.write(
        "app/Cargo.toml",
        &(manifest("needed-app", "audit-core") + dependencies),
    );
    project.write(
        "app/src/lib.rs",
        &(event("app.started", 1, "") + "pub use needed_shared as shared;\n#[cfg(feature = \"x\")] pub use needed_jobs as jobs;\n"),
    );
    project.write("jobs/Cargo.toml", &manifest("needed-jobs", "audit-core"));
    project.write("jobs/src/lib.rs", &event("jobs.one", 1, ""));
    project.write(
        "shared/Cargo.toml",
        &(manifest("needed-shared", "audit-core") + "[features]\nextra = []\n"),
    );
    let extra = "#[cfg(feature = \"extra\")]".to_owned() + &event("shared.extra", 1, "");
    project.write("shared/src/lib.rs", &(event("shared.base", 1, "") + &extra));
    project.run(&["init"]).ends(0);
    project
        .run(&["export", "--workspace", "--all-features"])
        .ends(0);
    let index = project.read("schemas/index.txt");
    for settings in [
        "exclude = [\"needed-shared\", \"needed-jobs\"]\n",
        "packages = [\"needed-app\"]\n",
    ] {
        project.write("schemas/audit.toml", settings);
        let run = project.run(&["check"]).ends(0);
        assert_eq!(run.stdout, "2 schemas, nothing to report\n");
        assert!(
            unseen(&run)[0].contains(": jobs.one version 1 (jobs/src/lib.rs:16), shared.extra version 1 (shared/src/lib.rs:"),
            "{run:?}"
        );
        project.run(&["export", "--prune"]).ends(0);
        assert_eq!(project.read("schemas/index.txt"), index);
    }
    let file = "schemas/jobs.one/v1.json";
    let body = project.read(file);
    std::fs::remove_file(project.path(file)).expect("removed");
    assert!(
        project
            .run(&["export"])
            .ends(1)
            .stdout
            .contains("error[lost]: schemas/index.txt lists jobs.one version 1")
    );
    assert_eq!(project.read("schemas/index.txt"), index);
    project.write(file, &body);

    // Nothing that belongs depends on it any more.
    project.write(
        "app/Cargo.toml",
        &project
            .read("app/Cargo.toml")
            .replace(
                "needed-jobs = { path = \"../jobs\", optional = true }\n",
                "",
            )
            .replace("\"dep:needed-jobs\"", ""),
    );
    let run = project.run(&["check"]).ends(1);
    assert!(
        run.stdout.contains("error[orphaned]: jobs.one version 1")
            && run.stdout.matches("error[").count() == 1,
        "{run:?}"
    );
}

#[test]
fn a_procedural_macro_has_no_events_and_hides_none() {
    let project = with_tests("macros");
    project.write(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"library\", \"macros\"]\n",
    );
    project.write(
        "macros/Cargo.toml",
        &(manifest("macros-macros", "audit-core") + "[lib]\nproc-macro = true\n"),
    );
    project.write("macros/src/lib.rs", "");
    project.run(&["export"]).ends(0);
    project.write(
        "schemas/nobody.knows/v1.json",
        &project.read("schemas/user.signed_in/v1.json"),
    );
    for args in [&["check"][..], &["check", "--workspace"]] {
        let run = project.run(args).ends(1);
        assert!(
            run.stdout
                .contains("error[orphaned]: nobody.knows version 1")
                && !run.stderr.contains("--workspace"),
            "{run:?}"
        );
    }
    let run = project.run(&["list", "-p", "macros-macros"]).ends(2);
    assert_eq!(
        run.error(),
        "no readable audit events in the build output: package `macros-macros` is a procedural macro, which runs in the compiler and is linked into nothing"
    );
    let run = project
        .run(&["list", "-p", "macros-macros", "-p", "macros-library"])
        .ends(0);
    assert!(
        run.stderr
            .contains("warning: package `macros-macros` is a procedural macro"),
        "{run:?}"
    );
}
