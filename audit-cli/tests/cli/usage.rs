//! The command line without a build: usage, `inspect`, statuses, sentences.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use crate::support::record::event;
use crate::support::{Project, Run, object, program, run};
use audit_core::diagnostics::DIAGNOSTICS;

fn here() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
}

#[test]
fn wrong_usage_ends_with_2_and_a_hint() {
    for (args, words) in [
        (["chek"].as_slice(), "similar subcommand exists: 'check'"),
        (&["export", "--prun"], "similar argument exists: '--prune'"),
        (&["show"], "required"),
        (
            &["show", "user.signed_in@0"],
            "a version is a positive integer",
        ),
        (
            &["check", "--format", "yaml"],
            "possible values: text, json",
        ),
        (&["inspect"], "required"),
        (&["explain"], "required"),
        (&[], "Usage:"),
    ] {
        let run = run(here(), args).ends(2);
        assert!(
            run.stderr.contains(words) && run.stdout.is_empty(),
            "{args:?}: {run:?}"
        );
    }
}

#[test]
fn takes_cargos_way_of_calling_and_names_only_what_exists() {
    for args in [["audit-schema", "--help"].as_slice(), &["--help"]] {
        let help = run(here(), args).ends(0).stdout;
        assert!(help.contains("Usage: cargo audit-schema"), "{help}");
        let commands: Vec<_> = help
            .lines()
            .skip_while(|line| *line != "Commands:")
            .skip(1)
            .take_while(|line| !line.is_empty())
            .collect();
        // What a terminal has no room for goes on below, further in.
        let names = commands.iter().filter_map(|line| {
            line.strip_prefix("  ")?
                .split(' ')
                .next()
                .filter(|name| !name.is_empty())
        });
        let names: Vec<_> = names.collect();
        assert_eq!(
            names,
            [
                "init", "export", "check", "diff", "bump", "list", "show", "inspect", "import",
                "plan", "push", "pull", "resolve", "verify", "serve", "explain", "help"
            ]
        );
    }
}

#[test]
fn inspects_several_files_and_reports_what_it_cannot_read() {
    let project = Project::new();
    let good = object([
        event("user.signed_in", 2).string("method"),
        event("user.signed_in", 1),
    ]);
    fs::write(project.path("good.o"), &good).expect("written");
    fs::write(project.path("short.o"), &good[..good.len() / 2]).expect("written");
    fs::write(project.path("notes.txt"), "nothing in it").expect("written");

    let run = project.run(&["inspect", "good.o"]).ends(0);
    let lines: Vec<_> = run.stdout.lines().collect();
    assert!(
        lines[0].starts_with("action") && lines[0].contains("sha256"),
        "{lines:?}"
    );
    assert!(
        lines[1].starts_with("user.signed_in  1 ") && lines[1].ends_with("acme 0.1.0  Tested"),
        "{lines:?}"
    );
    assert_eq!(lines.len(), 3);

    let run = project
        .run(&[
            "inspect",
            "short.o",
            "missing.o",
            "good.o",
            "notes.txt",
            ".",
        ])
        .ends(2);
    assert_eq!(run.stdout.matches("user.signed_in").count(), 2, "{run:?}");
    for words in [
        "error: short.o: damaged: ",
        "error: can't read missing.o: ",
        "error: notes.txt: no audit records in it",
        "error: .: not a file",
    ] {
        assert!(run.stderr.contains(words), "{words} in {}", run.stderr);
    }
}

#[test]
fn inspects_as_json_with_whole_hashes() {
    let project = Project::new();
    fs::write(
        project.path("good.o"),
        object([event("user.signed_in", 1).string("method")]),
    )
    .expect("written");
    let run = project
        .run(&["inspect", "--format", "json", "good.o"])
        .ends(0);
    let items: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(items[0]["action"], "user.signed_in");
    assert_eq!(items[0]["artifact"], "good.o");
    assert_eq!(items[0]["sha256"].as_str().map(str::len), Some(64));
    assert_eq!(items[0]["keys"], 1);
}

#[test]
fn what_a_file_claims_does_not_reach_the_terminal() {
    let project = Project::new();
    let hostile = object([event("user.signed_in", 1).package("\u{1b}[2Jacme\nnone")]);
    fs::write(project.path("hostile.o"), hostile).expect("written");
    let run = project
        .run(&["inspect", "--color", "always", "hostile.o"])
        .ends(0);
    assert!(
        !run.stdout.contains('\u{1b}') && run.stdout.lines().count() == 2,
        "{run:?}"
    );
    fs::write(project.path("hostile.o"), object([event("../../etc", 1)])).expect("written");
    let run = project.run(&["inspect", "hostile.o"]).ends(2);
    assert!(run.error().contains("invalid action"), "{run:?}");
}

#[test]
fn a_reader_that_went_away_is_no_error() {
    let project = Project::new();
    // More than a pipe holds.
    fs::write(
        project.path("many.o"),
        object((1..4000).map(|version| event("user.signed_in", version))),
    )
    .expect("written");
    let mut command = program(&project.path(""));
    let mut child = command
        .args(["inspect", "many.o"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("started");
    drop(child.stdout.take());
    let run = Run::of(child.wait_with_output().expect("ended")).ends(0);
    assert_eq!(run.stderr, "");
}

#[test]
fn explains_every_code_anywhere() {
    let folder = tempfile::tempdir().expect("a folder");
    for diagnostic in DIAGNOSTICS {
        let run = run(folder.path(), &["explain", diagnostic.code]).ends(0);
        let text = run
            .stdout
            .strip_prefix(&format!("{}: {}\n\n", diagnostic.code, diagnostic.title))
            .expect("its title");
        assert!(
            text == diagnostic.explanation && run.stderr.is_empty(),
            "{run:?}"
        );
    }
}

#[test]
fn explains_a_code_in_any_form() {
    let whole = run(here(), &["explain", "A0203"]).stdout;
    assert!(
        whole.contains("Wrong:\n\n```rust,compile_fail\n") && whole.contains("Right:\n\n```rust\n"),
        "{whole}"
    );
    for form in ["a0203", "audit[A0203]", "audit[A0203]:", "0203", "203"] {
        assert_eq!(
            run(here(), &["explain", form]).ends(0).stdout,
            whole,
            "{form}"
        );
    }
}

#[test]
fn an_unknown_code_is_one_sentence_with_a_way_on() {
    for (code, sentence, help) in [
        (
            "213",
            "unknown code A0213",
            "did you mean A0203 or A0210 or A0211?",
        ),
        (
            "A0550",
            "unknown code A0550",
            "docs/diagnostics.md lists all codes",
        ),
        (
            "A9876",
            "unknown code A9876",
            "docs/diagnostics.md lists all codes",
        ),
        (
            "key",
            "\"key\" is not a known code",
            "what an error begins with, such as A0203",
        ),
        (
            "E0277",
            "\"E0277\" is not a known code",
            "`rustc --explain E0277`",
        ),
    ] {
        let run = run(here(), &["explain", code]).ends(2);
        assert_eq!(run.error(), sentence);
        assert!(
            run.stderr.contains(help) && run.stdout.is_empty(),
            "{run:?}"
        );
    }
}

#[test]
fn outside_of_a_project_cargo_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    for command in ["init", "export", "check", "bump", "list"] {
        let run = run(folder.path(), &[command]).ends(2);
        assert!(
            run.error().starts_with("could not find `Cargo.toml`"),
            "{run:?}"
        );
    }
}
