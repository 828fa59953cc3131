//! Events that a search through the packages' folders doesn't come by, or that no source names: nothing of them is taken for gone.

use std::process::Command;

use crate::support::{Project, Run, event, manifest};

const GATE: &str = "#[cfg(feature = \"saas\")]\n";

/// An event that is always there, and what a feature adds.
fn gated(name: &str, source: &str) -> Project {
    let project = Project::library(name, &(event("user.signed_in", 1, "") + source));
    project.write(
        "Cargo.toml",
        &(project.read("Cargo.toml") + "[features]\nsaas = []\n"),
    );
    project.run(&["init"]).ends(0);
    project
}

/// A schema that no code has ever declared.
fn add_orphan(project: &Project) {
    project.write(
        "schemas/nobody.knows/v1.json",
        &project.read("schemas/user.signed_in/v1.json"),
    );
}

fn says<'r>(run: &'r Run, words: &str) -> &'r str {
    run.stderr
        .lines()
        .find(|line| line.contains(words))
        .unwrap_or_else(|| panic!("{words} in {run:?}"))
}

#[test]
fn source_is_followed_wherever_it_lies() {
    let of = |action: &str| event(action, 1, "");
    let spelt = of("spelt.by_number").replace("\"spelt.by_number\"", "\"spelt\\u{2e}by_number\"")
        + &of("spelt.raw").replace("\"spelt.raw\"", "r#\"spelt.raw\"#");
    let modules = [
        "include!(\"events.in\");",
        "#[path = \"../../shared/out.rs\"] mod out;",
        "#[path = \".made/dotted.rs\"] mod dotted;",
    ];
    let versions = "macro_rules! made { ($($(#[$gate:meta])* $module:ident $action:literal $version:literal),*) => { $($(#[$gate])* mod $module {
            use audit_core::*;
            #[derive(AuditEntity)] #[audit(type = \"user\")] struct User { #[audit(id)] id: String }
            #[derive(AuditEvent)] #[audit(action = $action, version = $version)] struct Made { #[audit(actor)] user: User, #[audit(target)] on: User }
        })* } }\nmade!(first \"team.made\" 1, #[cfg(feature = \"saas\")] second \"team.made\" 2);\n";
    let modules: Vec<_> = modules
        .iter()
        .map(|module| format!("{GATE}{module}\n"))
        .collect();
    let spelt = format!("{GATE}mod spelt {{ {spelt} }}\n");
    let project = gated("unseen-followed", &(spelt + &modules.concat() + versions));
    project.write(
        "Cargo.toml",
        &(project.read("Cargo.toml") + "[[example]]\nname = \"odd\"\npath = \"odd.example\"\n"),
    );
    project.write("odd.example", &(of("example.odd") + "fn main() {}\n"));
    project.write("src/events.in", &of("include.made"));
    project.write(
        "../shared/out.rs",
        &("mod inner;".to_owned() + &of("path.outside")),
    );
    project.write("../shared/inner.rs", &of("path.inner"));
    project.write(
        "src/.made/dotted.rs",
        "include!(\"../node_modules/words/events.rs\");\n",
    );
    project.write("src/node_modules/words/events.rs", &of("tool.made"));
    project.run(&["export", "--all-features"]).ends(0);
    let body = project.read("schemas/user.signed_in/v1.json");
    project.write("schemas/example.odd/v1.json", &body);
    project.write("schemas/team.made/v3.json", &body);
    add_orphan(&project);
    let run = project.run(&["check"]).ends(1);
    assert!(
        run.stdout.contains("nobody.knows")
            && run.stdout.contains("team.made version 3")
            && run.stdout.matches("error[orphaned]").count() == 2,
        "{run:?}"
    );
    let run = project.run(&["export", "--prune"]).ends(0);
    assert_eq!(
        run.summary(),
        "0 new, 0 changed, 2 unchanged, 0 orphaned, 2 removed"
    );
    says(&run, "warning: not removed");
    let list = project.run(&["list"]).ends(0).stdout;
    for (action, version) in [
        ("spelt.by_number", 1),
        ("spelt.raw", 1),
        ("include.made", 1),
        ("path.outside", 1),
        ("path.inner", 1),
        ("tool.made", 1),
        ("example.odd", 1),
        ("team.made", 2),
    ] {
        assert!(
            project.exists(&format!("schemas/{action}/v{version}.json")),
            "{action}"
        );
        let is_it = |line: &&str| {
            line.starts_with(action) && line.split_whitespace().nth(1) == Some(&version.to_string())
        };
        let line = list.lines().find(is_it).unwrap_or_default();
        assert!(
            line.contains(" unbuilt ")
                && [".rs:", ".in:", ".example:"]
                    .iter()
                    .any(|file| line.contains(file)),
            "{action} in {list}"
        );
    }
}

#[test]
fn where_source_cant_be_searched_nothing_is_removed() {
    let project = gated("unseen-computed", "");
    project.run(&["export"]).ends(0);
    add_orphan(&project);
    project.run(&["check"]).ends(1);
    let lib = project.read("src/lib.rs");
    for source in [
        "include!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/events.in\"));",
        "#[path = \"gone.rs\"]\nmod gone;",
        "mod generated_events;",
        "mod inner { pub mod generated; }",
        "#[path = \"../../outside.rs\"]\nmod outside;",
    ] {
        project.write("../outside.rs", "mod a { mod gone; }");
        project.write("src/lib.rs", &format!("{lib}{GATE}{source}\n"));
        let run = project.run(&["export", "--prune"]).ends(0);
        let warning = says(
            &run,
            "warning: not removed, as another configuration may declare it: nobody.knows version 1 (",
        );
        let expected = if source.contains("outside") {
            "/outside.rs:1 "
        } else {
            "(src/lib.rs:"
        };
        assert!(
            warning.contains(expected)
                && warning.contains("includes source that can't be searched"),
            "{warning}"
        );
        assert!(project.exists("schemas/nobody.knows/v1.json"), "{source}");
        assert_eq!(
            project.run(&["check"]).ends(0).stdout,
            "1 schema, nothing to report\n"
        );
    }
}

#[test]
fn where_source_isnt_there_nothing_is_removed() {
    let project = gated("unseen-gone", "");
    project.run(&["export"]).ends(0);
    add_orphan(&project);
    let manifest = project.read("Cargo.toml");
    let bin = "[[bin]]\nname = \"b\"\npath = \"bins/b.rs\"\nrequired-features = [\"saas\"]\n";
    project.write("Cargo.toml", &(manifest.clone() + bin));
    let keeps = |file: &str| {
        let warning =
            format!("nobody.knows version 1 ({file}:1 includes source that can't be searched)");
        says(&project.run(&["export", "--prune"]).ends(0), &warning);
        assert_eq!(
            project.run(&["check"]).ends(0).stdout,
            "1 schema, nothing to report\n"
        );
    };
    keeps("bins/b.rs");
    project.write("bins/b.rs", "mod gone;\nfn main() {}\n");
    keeps("bins/b.rs");
    project.write("bins/b.rs", "fn main() {}\n");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("../../gone.rs", project.path("src/link.rs")).expect("a link");
        keeps("src/link.rs");
        // As an editor locks a file.
        std::fs::rename(project.path("src/link.rs"), project.path("src/.#link.rs"))
            .expect("renamed");
    }
    assert!(
        project
            .run(&["export", "--prune"])
            .ends(0)
            .summary()
            .ends_with("1 removed")
    );
}

#[test]
fn macros_with_the_names_of_stds_make_events_too() {
    let made = "macro_rules! json { ($module:ident $action:literal) => { mod $module {
            use audit_core::*;
            #[derive(AuditEntity)] #[audit(type = \"user\")] struct User { #[audit(id)] id: String }
            #[derive(AuditEvent)] #[audit(action = $action, version = 1)] struct Made { #[audit(actor)] user: User, #[audit(target)] on: User }
        } } }\n";
    let source = format!(
        "{made}use json as info;\n{GATE}json!(one \"made.one\");\n{GATE}info!(two \"made.two\");\nfn warn() {{ let _ = format!(\"nobody.knows\"); }}\n"
    );
    let project = gated("unseen-named", &source);
    project.run(&["export", "--all-features"]).ends(0);
    add_orphan(&project);
    let run = project.run(&["export", "--prune"]).ends(0);
    assert!(
        run.summary().ends_with("1 removed") && !project.exists("schemas/nobody.knows"),
        "{run:?}"
    );
    says(&run, "made.one version 1 (src/lib.rs:");
    assert!(
        project.exists("schemas/made.one/v1.json") && project.exists("schemas/made.two/v1.json")
    );
}

#[test]
fn what_lies_outside_is_not_removed() {
    let project = gated("unseen-outside", "");
    project.run(&["export"]).ends(0);
    add_orphan(&project);
    project.write("../other/schemas/audit.toml", "");
    project.write(
        "../other/schemas/nobody.knows/v1.json",
        &project.read("schemas/nobody.knows/v1.json"),
    );
    let run = project
        .run(&["export", "--prune", "--schemas", "../other/schemas"])
        .ends(0);
    assert!(run.summary().ends_with("0 orphaned"), "{run:?}");
    says(&run, "warning: skipped the orphan check");
    assert!(project.exists("../other/schemas/nobody.knows/v1.json"));
    says(
        &project
            .run(&["diff", "--schemas", "../other/schemas"])
            .ends(0),
        ", or the folder is outside of the workspace",
    );
    #[cfg(unix)]
    {
        std::fs::remove_dir_all(project.path("schemas/nobody.knows")).expect("removed");
        std::os::unix::fs::symlink(
            "../../other/schemas/nobody.knows",
            project.path("schemas/nobody.knows"),
        )
        .expect("a link");
        let run = project.run(&["export", "--prune"]).ends(1);
        assert!(
            run.stdout
                .contains("error[orphaned]: nobody.knows version 1")
                && run.stdout.contains("are behind a link"),
            "{run:?}"
        );
        assert!(
            project.exists("../other/schemas/nobody.knows/v1.json")
                && project.exists("schemas/nobody.knows")
        );
    }
}

/// A procedural macro that makes events of words, and an attribute that is given the action and the version.
const MACROS: &str = r#"
use proc_macro::TokenStream;

#[proc_macro]
pub fn paid(_: TokenStream) -> TokenStream {
    made(&["billing", "paid"].join("."), "1").parse().unwrap()
}

#[proc_macro_attribute]
pub fn event(given: TokenStream, _: TokenStream) -> TokenStream {
    let given = given.to_string();
    let (action, version) = given.split_once(',').unwrap();
    made(action.trim().trim_matches('"'), version.trim()).parse().unwrap()
}

fn made(action: &str, version: &str) -> String {
    format!("mod {} {{
        #[derive(audit_core::AuditEntity)] #[audit(type = \"user\")] struct User {{ #[audit(id)] id: String }}
        #[derive(audit_core::DERIVE)] #[audit(action = {action:?}, version = {version})] struct Made {{
            #[audit(actor)] user: User, #[audit(target)] on: User,
        }}
    }}", action.replace('.', "_"))
}
"#;

fn with_macros(name: &str, source: &str, derive: &str) -> Project {
    let project = gated(name, source);
    let dependency = format!("[dependencies.{name}-macros]\npath = \"macros\"\n[workspace]");
    project.write(
        "Cargo.toml",
        &project
            .read("Cargo.toml")
            .replace("[workspace]", &dependency),
    );
    project.write(
        "macros/Cargo.toml",
        &format!(
            "[package]\nname = \"{name}-macros\"\nedition = \"2024\"\n[lib]\nproc-macro = true\n"
        ),
    );
    project.write("macros/src/lib.rs", &MACROS.replace("DERIVE", derive));
    project
}

#[test]
fn macros_make_events_that_no_source_names() {
    let project = with_macros(
        "unseen-macros",
        &format!("{GATE}unseen_macros_macros::paid!();\n"),
        "AuditEvent",
    );
    project.run(&["export", "--all-features"]).ends(0);
    assert!(project.exists("schemas/billing.paid/v1.json"));
    let run = project.run(&["export", "--prune"]).ends(0);
    says(
        &run,
        "billing.paid version 1 (the macros of `unseen-macros-macros` make events)",
    );
    assert!(project.exists("schemas/billing.paid/v1.json"));
    assert!(
        project
            .run(&["check"])
            .ends(0)
            .stderr
            .contains("not compared with code")
    );

    // What the search doesn't find of this build it wouldn't find of another one.
    let hidden = MACROS
        .replace("audit_core::DERIVE", "audit_core::Audit__")
        .replace(
            "action.replace('.', \"_\"))",
            "action.replace('.', \"_\")).replace(\"__\", \"Event\")",
        );
    project.write("macros/src/lib.rs", &hidden);
    project.write("src/lib.rs", &project.read("src/lib.rs").replace(GATE, ""));
    project.run(&["export"]).ends(0);
    add_orphan(&project);
    let run = project.run(&["export", "--prune"]).ends(0);
    says(
        &run,
        "nobody.knows version 1 (no source file names \"billing.paid\" either, which this build has)",
    );
    assert!(project.exists("schemas/nobody.knows/v1.json"));
}

/// A library writes the text for the procedural macro, and asks for the derives in its own tests.
#[test]
fn libraries_of_macros_make_events_that_no_source_names() {
    let name = "unseen-library";
    let project = with_macros(
        name,
        &format!("{GATE}unseen_library_macros::paid!();\n"),
        "AuditEvent",
    );
    let (macros, made) = MACROS.split_once("fn made").expect("the text");
    project.write(
        "words/Cargo.toml",
        &manifest("unseen-library-words", "audit-core")
            .replace("[dependencies]", "[dev-dependencies]"),
    );
    project.write(
        "words/src/lib.rs",
        &format!("pub fn made{}", made.replace("DERIVE", "AuditEvent")),
    );
    project.write(
        "macros/src/lib.rs",
        &format!("use unseen_library_words::made;\n{macros}"),
    );
    let macros = project.read("macros/Cargo.toml");
    project.write(
        "macros/Cargo.toml",
        &(macros + "[dependencies]\nunseen-library-words = { path = \"../words\" }\n"),
    );
    project.run(&["export", "--all-features"]).ends(0);
    let run = project.run(&["export", "--prune"]).ends(0);
    says(
        &run,
        "billing.paid version 1 (the macros of `unseen-library-words` make events)",
    );
    assert!(project.exists("schemas/billing.paid/v1.json"));
}

/// A macro takes in source where it is used, wherever it is defined.
#[test]
fn macros_of_packages_without_events_take_in_source() {
    let project = gated("unseen-generated", "");
    project.run(&["export"]).ends(0);
    add_orphan(&project);
    project.write(
        "words/Cargo.toml",
        "[package]\nname = \"words\"\nedition = \"2024\"\n",
    );
    let generated = "pub fn own() { include!(concat!(env!(\"OUT_DIR\"), \"/own.rs\")) }\n";
    project.write("words/src/lib.rs", generated);
    let dependency = "[dependencies.words]\npath = \"words\"\noptional = true\n[workspace]";
    project.write(
        "Cargo.toml",
        &project
            .read("Cargo.toml")
            .replace("[workspace]", dependency),
    );
    assert!(
        project
            .run(&["check"])
            .ends(1)
            .stdout
            .contains("error[orphaned]: nobody.knows version 1")
    );
    let exported = "#[macro_export]\nmacro_rules! generated { () => { include!(concat!(env!(\"OUT_DIR\"), \"/events.rs\")); } }\n";
    project.write("words/src/lib.rs", exported);
    let run = project.run(&["export", "--prune"]).ends(0);
    says(
        &run,
        "nobody.knows version 1 (words/src/lib.rs:2 includes source that can't be searched)",
    );
    assert!(project.exists("schemas/nobody.knows/v1.json"));
}

#[test]
fn an_attribute_that_made_a_version_makes_no_other() {
    let source = |version: u32| {
        format!("\n#[unseen_attribute_macros::event(\"team.made\", {version})]\nstruct Made;\n")
    };
    let project = with_macros("unseen-attribute", &source(1), "AuditEvent");
    project.run(&["export"]).ends(0);
    project.register(
        "production",
        "team.made",
        1,
        &project.sha256("team.made", 1, &[]),
    );
    project.write(
        "src/lib.rs",
        &project.read("src/lib.rs").replace(&source(1), &source(2)),
    );
    project.run(&["export"]).ends(0);
    let run = project.run(&["check"]).ends(0);
    assert!(
        run.stdout.ends_with("nothing to report\n") && !run.stderr.contains("team.made"),
        "{run:?}"
    );
    let list = project.run(&["list"]).ends(0).stdout;
    assert!(
        list.lines()
            .any(|line| line.starts_with("team.made") && line.contains(" retired")),
        "{list}"
    );
}

#[test]
#[expect(clippy::too_many_lines, reason = "one story")]
fn a_build_may_lack_every_event() {
    let project = gated("unseen-all", "");
    let event = event("invoice.paid", 1, "amount: u32,");
    project.write("src/lib.rs", &format!("{GATE}{event}"));
    let run = project.run(&["check"]).ends(2);
    assert!(
        run.error().starts_with("no audit events found"),
        "nothing to compare: {run:?}"
    );
    project.run(&["export", "--all-features"]).ends(0);
    let hash = project.sha256("invoice.paid", 1, &["--all-features"]);
    let why = "invoice.paid version 1 (src/lib.rs:17); build with `--all-features` to compare what features declare";
    let git = |args: &[&str]| {
        let git = Command::new("git")
            .args(args)
            .current_dir(project.path(""))
            .output()
            .expect("git runs");
        assert!(git.status.success(), "{git:?}");
    };
    git(&["init", "--quiet", "--initial-branch=main"]);
    git(&["add", "--all"]);
    git(&[
        "-c",
        "user.name=A",
        "-c",
        "user.email=a@b.c",
        "commit",
        "--quiet",
        "--message=One",
    ]);
    project.write("schemas/registrations/production.json", "{}");
    for registered in [false, true] {
        if registered {
            project.register("production", "invoice.paid", 1, &hash);
        }
        for (args, stdout) in [
            (&["check"][..], "0 schemas, nothing to report\n"),
            (&["export"], "0 new, 0 changed, 0 unchanged, 0 orphaned\n"),
            (
                &["bump"],
                "nothing to bump: all registered schemas of this build match the code\n",
            ),
            (
                &["diff"],
                "the folder and the code hold the same 0 schemas\n",
            ),
            (
                &["diff", "git:HEAD"],
                "git:HEAD and the code hold the same 0 schemas\n",
            ),
        ] {
            let run = project.run(args).ends(0);
            assert_eq!(run.stdout, stdout, "{args:?}");
            assert!(
                says(&run, "not compared with code").ends_with(why),
                "{run:?}"
            );
        }
        assert!(
            project
                .run(&["export", "--prune"])
                .ends(0)
                .summary()
                .ends_with("0 orphaned")
        );
        assert!(project.exists("schemas/invoice.paid/v1.json"));
        let run = project.run(&["bump", "invoice.paid"]).ends(2);
        assert_eq!(
            run.error(),
            "no code of this build declares invoice.paid version 1 (src/lib.rs:17)"
        );
        assert!(
            run.stderr.contains("help: build with `--all-features`"),
            "{run:?}"
        );
        let list = project.run(&["list"]).ends(0).stdout;
        assert!(
            list.contains("invoice.paid  1        unbuilt") && list.contains("  src/lib.rs:17"),
            "{list}"
        );
    }
    let markdown = project
        .run(&["show", "invoice.paid", "--as", "markdown"])
        .ends(0)
        .stdout;
    assert!(
        markdown
            .contains("This build doesn't declare it; another configuration may: src/lib.rs:17."),
        "{markdown}"
    );
    for (form, file) in [("body", "v1.json"), ("event", "v1.event.json")] {
        let shown = project
            .run(&["show", "invoice.paid", "--as", form])
            .ends(0)
            .stdout;
        assert_eq!(shown, project.read(&format!("schemas/invoice.paid/{file}")));
    }
    for (form, key) in [("node", "amount: 'number'"), ("rust", "amount: i64,")] {
        let shown = project
            .run(&["show", "invoice.paid", "--as", form])
            .ends(0)
            .stdout;
        assert!(shown.contains(key), "{shown}");
    }

    // Registered, and the code is gone.
    project.write("src/lib.rs", &self::event("user.signed_in", 1, ""));
    project.run(&["export"]).ends(0);
    let run = project.run(&["show", "invoice.paid@7"]).ends(2);
    assert_eq!(run.error(), "no code declares version 7 of invoice.paid");
    assert!(run.stderr.contains("help: it has version 1\n"), "{run:?}");
    let run = project.run(&["diff", "git:HEAD"]).ends(1);
    assert_eq!(
        run.summary(),
        "0 changed, 0 new versions, 1 added, 0 removed"
    );
    says(
        &run,
        "no difference, as it is registered and no code declares it any more: invoice.paid version 1",
    );
}

#[test]
fn a_build_without_events_misses_their_files() {
    let project = gated("unseen-lost", "");
    project.write(
        "src/lib.rs",
        &format!("{GATE}{}", event("invoice.paid", 1, "")),
    );
    project.run(&["export", "--all-features"]).ends(0);
    let hash = project.sha256("invoice.paid", 1, &["--all-features"]);
    std::fs::remove_dir_all(project.path("schemas/invoice.paid")).expect("removed");
    let index = project.read("schemas/index.txt");
    for (registered, code) in [(false, "lost"), (true, "unknown-registration")] {
        if registered {
            project.register("production", "invoice.paid", 1, &hash);
        }
        for command in [&["check"][..], &["export", "--prune"]] {
            let run = project.run(command).ends(1);
            let finding = format!("error[{code}]: ");
            assert!(
                run.stdout.contains(&finding) && run.stdout.matches("error[").count() == 1,
                "{run:?}"
            );
            assert_eq!(project.read("schemas/index.txt"), index);
        }
        assert!(
            project
                .run(&["bump"])
                .ends(0)
                .stdout
                .starts_with("nothing to bump")
        );
    }
}

#[test]
fn a_raise_leaves_out_what_another_configuration_declares() {
    let second = format!("{GATE}{}", event("user.signed_in", 2, "plan: u32,"));
    let project = gated("unseen-raise", &second);
    project.run(&["export"]).ends(0);
    project.register(
        "production",
        "user.signed_in",
        1,
        &project.sha256("user.signed_in", 1, &[]),
    );
    project.write(
        "src/lib.rs",
        &(event("user.signed_in", 1, "seats: u32,") + &second),
    );
    let run = project.run(&["bump"]).ends(0);
    assert!(run.stdout.contains("1 → 3"), "{run:?}");
    project.run(&["export", "--all-features"]).ends(0);
    assert!(
        project.exists("schemas/user.signed_in/v2.json")
            && project.exists("schemas/user.signed_in/v3.json")
    );
}

#[test]
fn what_concerns_no_selected_package_is_said() {
    let project = Project::new();
    project.write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"events\", \"service\", \"derived\"]\ndefault-members = [\"events\", \"derived\"]\n");
    project.write("events/Cargo.toml", &manifest("apart-events", "audit-core"));
    let text = event("user.signed_in", 1, "")
        + "#[derive(audit_core::AuditValue)] #[audit(rename_all = \"lowercase\")] pub enum Kind { One }\n";
    project.write("events/src/lib.rs", &text);
    let dependency = "apart-events = { path = \"../events\" }\n[features]\nsaas = []\n";
    project.write(
        "service/Cargo.toml",
        &(manifest("apart-service", "audit-core") + dependency),
    );
    project.write(
        "service/src/main.rs",
        "fn main() { let apart_events::Kind::One = apart_events::Kind::One; }\n",
    );
    project.write(
        "derived/Cargo.toml",
        &(manifest("apart-derived", "audit-core") + "[lib]\nproc-macro = true\n"),
    );
    project.write("derived/src/lib.rs", &event("macro.ran", 1, ""));
    project.run(&["init"]).ends(0);
    project.write("schemas/audit.toml", "features = [\"saas\"]\n");
    let run = project.run(&["export", "--workspace"]).ends(0);
    let warnings: Vec<_> = run
        .stderr
        .lines()
        .filter(|line| line.starts_with("warning: "))
        .collect();
    let derived = "warning: package `apart-derived` is a procedural macro, which runs in the compiler and is linked into nothing, so no events of it can be read";
    assert_eq!(
        warnings,
        [derived],
        "a service may have no events of its own"
    );
    for _ in 0..2 {
        let run = project.run(&["check"]).ends(0);
        says(
            &run,
            "warning: schemas/audit.toml:1:13: no selected package has the feature `saas`",
        );
        says(&run, derived);
    }

    // Who uses the events doesn't compile any more; the events do.
    project.write("events/src/lib.rs", &text.replace("One", "Two"));
    let run = project.run(&["check", "--workspace"]).ends(2);
    says(&run, "error: the build failed, so no schemas were read");
    says(
        &run,
        "help: `-p apart-events` builds and reads only what did compile and may declare events",
    );
    project.run(&["check", "-p", "apart-events"]).ends(0);
}

#[test]
fn a_conflict_in_what_isnt_built_is_resolved_by_a_build_that_has_it() {
    let project = gated(
        "unseen-conflict",
        &format!("{GATE}mod gated {{ {} }}\n", event("billing.paid", 1, "")),
    );
    project.run(&["export", "--all-features"]).ends(0);
    let file = "schemas/billing.paid/v1.json";
    let body = project.read(file);
    project.write(
        file,
        &format!("<<<<<<< HEAD\n{body}=======\n>>>>>>> main\n"),
    );
    let help =
        "let `cargo audit-schema export --update` write it in a build that declares the version";
    assert!(project.run(&["check"]).ends(1).stdout.contains(help));
    project
        .run(&["export", "--update", "--all-features"])
        .ends(0);
    assert_eq!(project.read(file), body);
    project.run(&["check"]).ends(0);
}
