//! Writing into the folder when things go wrong: runs that are killed, folders that can't be written, two runs at once. And what a
//! terminal shows meanwhile.

#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs::{self, File, Permissions};
use std::io::Read;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::support::{Project, Run, TARGET, event, program, skipped};

/// Every file below `schemas/` with its bytes.
fn files(project: &Project) -> BTreeMap<PathBuf, Vec<u8>> {
    fn add(folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
        for child in fs::read_dir(folder).expect("a folder") {
            let path = child.expect("a child").path();
            if path.is_dir() {
                add(&path, files);
            } else {
                let bytes = fs::read(&path).expect("a file");
                files.insert(path, bytes);
            }
        }
    }
    let mut all = BTreeMap::new();
    add(&project.path("schemas"), &mut all);
    all
}

fn is_temporary(path: &Path) -> bool {
    path.to_string_lossy().ends_with(".audit-schema.tmp")
}

/// Two events, and one between them whose event schema is larger than [`LIMIT`].
fn source(more: &str) -> String {
    let docs = "Some words about this key. ".repeat(20);
    let keys: Vec<_> = (0..40)
        .map(|index| format!("/// {docs}\nkey_{index}: u32, "))
        .collect();
    event("a.first", 1, "mfa: bool,")
        + &event("b.large", 1, &(keys.concat() + more))
        + &event("c.last", 1, "mfa: bool,")
}

/// Kilobytes.
const LIMIT: &str = "8";

/// The signal for a process that writes more.
#[cfg(target_os = "linux")]
const SIGXFSZ: i32 = 25;

/// Runs the program so that the system kills it where it writes more than [`LIMIT`] into one file. Cargo may write what it likes.
#[cfg(target_os = "linux")]
fn killed(project: &Project, args: &[&str]) {
    let cargo = project.path("../cargo");
    let real = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    fs::write(
        &cargo,
        format!("#!/bin/bash\nulimit -S -f unlimited\nexec '{real}' \"$@\"\n"),
    )
    .expect("written");
    fs::set_permissions(&cargo, Permissions::from_mode(0o755)).expect("set");
    let line =
        format!("ulimit -c 0; ulimit -S -f {LIMIT}; exec env --default-signal=XFSZ \"$0\" \"$@\"");
    let mut bash = Command::new("bash");
    bash.args(["-c", &line, env!("CARGO_BIN_EXE_cargo-audit-schema")])
        .args(args)
        .current_dir(project.path(""));
    bash.env("CARGO_TARGET_DIR", TARGET)
        .env("CARGO", cargo)
        .env_remove("AUDIT_SCHEMAS");
    let output = bash.output().expect("bash runs");
    assert_eq!(output.status.signal(), Some(SIGXFSZ), "{output:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_killed_run_leaves_the_folder_as_it_was_and_the_next_one_completes_it() {
    let project = Project::library("writing-killed", &source(""));
    project.run(&["init"]).ends(0);
    project.run(&["check"]).ends(1);
    let before = files(&project);
    killed(&project, &["export"]);
    let (left, rest): (BTreeMap<_, _>, BTreeMap<_, _>) = files(&project)
        .into_iter()
        .partition(|(path, _)| is_temporary(path));
    assert_eq!(rest, before);
    assert!(
        left.values().any(|bytes| !bytes.is_empty()),
        "it was killed while it wrote"
    );
    project.git(&["init", "--quiet"]);
    let untracked = project.git(&["status", "--short", "--untracked-files=all", "schemas"]);
    assert!(!untracked.contains(".tmp"), "{untracked}");
    assert_eq!(
        project
            .run(&["check"])
            .ends(1)
            .stdout
            .matches("error[missing]")
            .count(),
        3
    );
    assert_eq!(
        project.run(&["export"]).ends(0).summary(),
        "3 new, 0 changed, 0 unchanged, 0 orphaned"
    );
    project.run(&["check"]).ends(0);
    let mut exported = files(&project);
    exported.retain(|path, _| !is_temporary(path));
    assert_eq!(exported.len(), 9, "{:?}", exported.keys());

    project.write("src/lib.rs", &source("one_more: u8,"));
    project.run(&["check"]).ends(1);
    killed(&project, &["export", "--update"]);
    let mut rest = files(&project);
    rest.retain(|path, _| !is_temporary(path));
    assert_eq!(
        rest, exported,
        "old bytes until all of the new ones are there"
    );
    assert_eq!(
        project.run(&["export", "--update"]).ends(0).summary(),
        "0 new, 1 changed, 2 unchanged, 0 orphaned"
    );
    project.run(&["check"]).ends(0);
}

/// Every state in which a run can be killed between two files.
#[test]
fn whatever_was_in_place_already_the_next_run_completes_it() {
    let project = Project::library("writing-between", &source(""));
    project.run(&["init"]).ends(0);
    let begin = files(&project);
    project.run(&["export"]).ends(0);
    let end = files(&project);
    let new: Vec<_> = end
        .iter()
        .filter(|(path, bytes)| begin.get(*path) != Some(*bytes))
        .collect();
    assert_eq!(new.len(), 7);
    for in_place in 0..new.len() {
        fs::remove_dir_all(project.path("schemas")).expect("removed");
        for (path, bytes) in begin.iter().chain(new.iter().take(in_place).copied()) {
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, bytes).expect("written");
        }
        project.run(&["check"]).ends(1);
        project.run(&["export"]).ends(0);
        assert_eq!(files(&project), end, "{in_place} in place");
    }
}

/// The program without root's right to write anywhere; `None` where that can't be had.
fn unprivileged(project: &Project) -> Option<Command> {
    let is_root = fs::metadata("/proc/self")
        .or_else(|_| fs::metadata(project.path("")))
        .is_ok_and(|about| about.uid() == 0);
    if !is_root {
        return Some(program(&project.path("")));
    }
    let dropped = ["--bounding-set=-all", "--inh-caps=-all"];
    if !Command::new("setpriv")
        .args(dropped)
        .arg("true")
        .status()
        .is_ok_and(|status| status.success())
    {
        skipped("root writes everywhere, and there is no `setpriv` to take that right away");
        return None;
    }
    let mut setpriv = Command::new("setpriv");
    setpriv
        .args(dropped)
        .arg(env!("CARGO_BIN_EXE_cargo-audit-schema"))
        .current_dir(project.path(""));
    setpriv
        .env("CARGO_TARGET_DIR", TARGET)
        .env_remove("AUDIT_SCHEMAS");
    Some(setpriv)
}

fn set_mode(folders: &[&Path], mode: u32) {
    for folder in folders {
        fs::set_permissions(folder, Permissions::from_mode(mode)).expect("set");
    }
}

#[test]
fn a_read_only_folder_is_read_and_refuses_to_be_written_as_a_whole() {
    let project = Project::library("writing-read-only", &source(""));
    project.run(&["init"]).ends(0);
    project.run(&["export"]).ends(0);
    let run = |args: &[&str]| {
        Some(Run::of(
            unprivileged(&project)?
                .args(args)
                .output()
                .expect("it runs"),
        ))
    };
    let folders = [
        "schemas",
        "schemas/a.first",
        "schemas/b.large",
        "schemas/c.last",
    ]
    .map(|folder| project.path(folder));
    let folders: Vec<_> = folders.iter().map(PathBuf::as_path).collect();
    set_mode(&folders, 0o555);
    for args in [&["check"][..], &["list"], &["show", "a.first"], &["export"]] {
        let Some(run) = run(args) else {
            return set_mode(&folders, 0o755);
        };
        run.ends(0);
    }
    let before = files(&project);
    project.write("src/lib.rs", &source("").replace("mfa: bool", "mfa: u8"));
    let sentence = |what: &str| format!("can't write {what}: Permission denied");
    let result = run(&["export", "--update"]).expect("as before").ends(2);
    assert_eq!(result.error(), sentence("schemas/a.first/v1.json"));
    assert!(
        result
            .stderr
            .contains("help: make it writable; nothing was changed"),
        "{result:?}"
    );
    assert_eq!(result.stdout, "");

    // One folder that can't be written is enough.
    set_mode(&folders[..3], 0o755);
    let result = run(&["export", "--update"]).expect("as before").ends(2);
    assert_eq!(result.error(), sentence("schemas/c.last/v1.json"));
    project.write("src/lib.rs", &(source("") + &event("d.new", 1, "")));
    set_mode(&folders[1..], 0o755);
    set_mode(&folders[..1], 0o555);
    let result = run(&["export"]).expect("as before").ends(2);
    assert_eq!(
        result.error(),
        "can't make the folder schemas/d.new: Permission denied"
    );
    assert_eq!(files(&project), before);
    set_mode(&folders, 0o755);
    project.run(&["export"]).ends(0);
}

#[test]
fn one_run_writes_at_a_time() {
    let project = Project::library("writing-together", &source(""));
    project.run(&["init"]).ends(0);
    project.run(&["check"]).ends(1);
    let before = files(&project);
    let other = File::open(project.path("schemas")).expect("a folder");
    other.lock().expect("locked");
    let mut waiting = program(&project.path(""))
        .arg("export")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut said = String::new();
    let mut stderr = waiting.stderr.take().expect("a pipe");
    while !said.contains("waiting for another run, which writes into schemas\n") {
        let mut bytes = [0; 256];
        let len = stderr.read(&mut bytes).expect("readable");
        assert!(len > 0, "it didn't wait: {said}");
        said += &String::from_utf8_lossy(&bytes[..len]);
    }
    assert_eq!(files(&project), before);
    other.unlock().expect("unlocked");
    assert!(waiting.wait().expect("it ends").success());
    project.run(&["check"]).ends(0);

    let after = files(&project);
    for _ in 0..3 {
        fs::remove_dir_all(project.path("schemas")).expect("removed");
        project.run(&["init"]).ends(0);
        let start = || {
            program(&project.path(""))
                .args(["export", "-q"])
                .stdout(Stdio::null())
                .spawn()
                .expect("it runs")
        };
        for mut run in [start(), start(), start()] {
            assert!(run.wait().expect("it ends").success());
        }
        assert_eq!(files(&project), after);
    }
}

/// What `script` records of a terminal in which the program runs; `None` where there is no `script` of util-linux.
fn on_a_terminal(project: &Project, args: &str) -> Option<String> {
    let line = format!("'{}' {args}", env!("CARGO_BIN_EXE_cargo-audit-schema"));
    let mut script = Command::new("script");
    script
        .args(["-qec", &line, "/dev/null"])
        .current_dir(project.path(""))
        .stdin(Stdio::null());
    script
        .env("CARGO_TARGET_DIR", TARGET)
        .env("TERM", "xterm")
        .env_remove("AUDIT_SCHEMAS");
    match script.output() {
        Ok(output) if output.status.success() => {
            Some(String::from_utf8_lossy(&output.stdout).into_owned())
        }
        _ => {
            skipped("there is no `script` of util-linux to make a terminal");
            None
        }
    }
}

#[test]
fn a_terminal_shows_how_far_it_is_and_a_pipe_does_not() {
    let project = Project::library("writing-terminal", &source(""));
    project.run(&["init"]).ends(0);
    let Some(said) = on_a_terminal(&project, "export") else {
        return;
    };
    for words in [
        "\r\u{1b}[Kreading 1 of 1\r\u{1b}[K",
        "\r\u{1b}[Kwriting 6 of 6\r\u{1b}[K",
    ] {
        assert!(said.contains(words), "{words:?} in {said:?}");
    }
    let said = on_a_terminal(&project, "check --quiet").expect("as before");
    assert!(!said.contains("reading"), "{said:?}");
    let run = project.run(&["check"]).ends(0);
    assert!(
        !run.stderr.contains("reading") && !run.stderr.contains('\u{1b}'),
        "{run:?}"
    );
}
