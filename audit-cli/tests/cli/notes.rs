//! What a run notes for the next one never hides a change.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use crate::support::{Project, Run, event, manifest, program};

/// What is younger is not noted.
const UNTIL_SETTLED: Duration = Duration::from_millis(3500);

/// Where they build, one after the other, so that all notes in it are the project's.
const TARGET: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/notes");
static ALONE: Mutex<()> = Mutex::new(());

/// A project whose build has settled.
struct Noting {
    project: Project,
    _alone: MutexGuard<'static, ()>,
}

impl Noting {
    fn new(project: Project) -> Self {
        let noting = Self {
            project,
            _alone: ALONE.lock().unwrap_or_else(PoisonError::into_inner),
        };
        for name in notes("").into_keys() {
            forget(&name);
        }
        noting.run(&["init"]).ends(0);
        noting.run(&["export", "--workspace"]).ends(0);
        sleep(UNTIL_SETTLED);
        noting
    }

    fn run(&self, args: &[&str]) -> Run {
        Run::of(self.command(args).output().expect("the program runs"))
    }

    fn command(&self, args: &[&str]) -> std::process::Command {
        let mut program = program(&self.project.path(""));
        program.args(args).env("CARGO_TARGET_DIR", TARGET);
        program
    }

    /// Ends with nothing to report.
    #[track_caller]
    fn is_fine(&self) {
        let run = self.run(&["check", "--workspace", "-q"]).ends(0);
        assert_eq!(run.stdout, "1 schema, nothing to report\n");
    }

    /// Makes sure of a note: another run has nothing to do.
    #[track_caller]
    fn is_noted(&self) {
        sleep(UNTIL_SETTLED);
        self.is_fine();
        let noted = notes("");
        self.is_fine();
        assert_eq!(notes(""), noted);
    }

    #[track_caller]
    fn reports(&self, code: &str) {
        let run = self.run(&["check", "--workspace", "-q"]).ends(1);
        assert!(run.stdout.contains(&format!("error[{code}]")), "{run:?}");
    }
}

fn folder() -> PathBuf {
    Path::new(TARGET).join("audit-schema")
}

/// The notes, and when each was written.
fn notes(start: &str) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
    let children = fs::read_dir(folder())
        .into_iter()
        .flatten()
        .map(|child| child.expect("a child"));
    let notes = children.filter(|child| {
        child
            .path()
            .extension()
            .is_some_and(|extension| extension == "note")
    });
    let note = |child: fs::DirEntry| {
        let written = child
            .metadata()
            .and_then(|about| about.modified())
            .expect("a time");
        (
            child.file_name().into_string().expect("Unicode"),
            (fs::read(child.path()).unwrap_or_default(), written),
        )
    };
    notes
        .map(note)
        .filter(|(name, _)| name.starts_with(start))
        .collect()
}

fn forget(note: &str) {
    let path = folder().join(note);
    fs::remove_file(&path)
        .or_else(|_| fs::remove_dir(&path))
        .expect("removed");
}

/// Replaces bytes in a file by as many others, in place, and sets its time back.
fn replace_unseen(path: &Path, from: &str, to: &str) {
    assert_eq!(from.len(), to.len());
    let mut bytes = fs::read(path).expect("a file");
    let written = fs::metadata(path)
        .and_then(|about| about.modified())
        .expect("a time");
    let places: Vec<_> = bytes
        .windows(from.len())
        .enumerate()
        .filter(|(_, part)| *part == from.as_bytes())
        .collect();
    let places: Vec<_> = places.into_iter().map(|(at, _)| at).collect();
    assert!(!places.is_empty(), "{from} in {}", path.display());
    for at in places {
        bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
    }
    fs::write(path, bytes).expect("written");
    File::options()
        .write(true)
        .open(path)
        .and_then(|file| file.set_modified(written))
        .expect("set");
}

fn project(name: &str) -> Noting {
    let project = Project::library(name, &event("user.signed_in", 1, "remarks: String,"));
    Noting::new(project)
}

/// Files that are changed, and come, and what is then found.
const CHANGES: [(&str, &str, &str); 6] = [
    (
        "schemas/audit.toml",
        "[lints]\nunbounded-string = \"deny\"\n",
        "unbounded-string",
    ),
    ("schemas/index.txt", "", "index"),
    ("schemas/user.signed_in/v1.event.json", "{}", "event"),
    ("schemas/user.signed_in/v01.json", "{}", "misnamed"),
    ("schemas/user.left/v1.json", "{}", "orphaned"),
    (
        "schemas/registrations/production.json",
        r#"{"user.left": {"1": {"server": 1, "sha256": "x"}}}"#,
        "unknown-registration",
    ),
];

#[test]
fn every_change_to_the_folder_is_seen() {
    let noting = project("notes-folder");
    let project = &noting.project;
    noting.is_fine();
    assert_eq!((notes("check-").len(), notes("workspace-").len()), (1, 1));
    for (file, text, code) in CHANGES {
        noting.is_noted();
        let before = project.exists(file).then(|| project.read(file));
        project.write(file, text);
        noting.reports(code);
        match before {
            Some(before) => project.write(file, &before),
            None => fs::remove_file(project.path(file)).expect("removed"),
        }
        noting.is_fine();
    }
    noting.is_noted();
    replace_unseen(
        &project.path("schemas/user.signed_in/v1.json"),
        "remarks",
        "reasons",
    );
    noting.reports("stale");
}

#[test]
fn every_change_to_the_package_is_seen() {
    let noting = project("notes-package");
    let project = &noting.project;
    noting.is_fine();
    // The events are the package's as it is called now.
    let manifest = project.read("Cargo.toml");
    project.write("Cargo.toml", &manifest.replace("0.1.0", "0.2.0"));
    let run = noting.run(&["check", "--workspace", "-q"]).ends(0);
    assert_eq!(run.stderr, "", "no package is taken for one without events");
    project.write("Cargo.toml", &manifest);
    noting.is_noted();

    let source = project.read("src/lib.rs");
    project.write("src/lib.rs", &source.replace("remarks", "reasons"));
    noting.reports("stale");
    project.write("src/lib.rs", &source);
    let noted = notes("check-");
    noting.is_fine();
    assert_eq!(
        notes("check-"),
        noted,
        "what has only just been built isn't noted"
    );
}

/// Cargo doesn't look at what is in an artifact.
#[cfg(unix)]
#[test]
fn an_artifact_that_was_replaced_is_seen() {
    let noting = project("notes-artifact");
    noting.is_noted();
    // In a folder of the project's own, as others build in this target folder, too.
    let folders = fs::read_dir(folder())
        .expect("a folder")
        .map(|child| child.expect("a child").path());
    let artifacts = folders
        .map(|folder| folder.join("debug/libnotes_artifact.rlib"))
        .filter(|path| path.exists());
    let artifact = artifacts
        .max_by_key(|path| fs::metadata(path).and_then(|about| about.modified()).ok())
        .expect("an artifact");
    replace_unseen(&artifact, "\"remarks\"", "\"reasons\"");
    noting.reports("stale");
    replace_unseen(&artifact, "\"reasons\"", "\"remarks\"");
    noting.is_fine();
}

#[test]
fn a_package_that_no_manifest_names_is_seen() {
    let project = Project::new();
    project.write(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n",
    );
    project.write(
        "crates/old/Cargo.toml",
        &manifest("notes-old", "audit-core"),
    );
    project.write("crates/old/src/lib.rs", &event("user.signed_in", 1, ""));
    let noting = Noting::new(project);
    noting.is_noted();
    assert_eq!(notes("workspace-").len(), 1);
    noting.project.write(
        "crates/new/Cargo.toml",
        &manifest("notes-new", "audit-core"),
    );
    noting
        .project
        .write("crates/new/src/lib.rs", &event("team.created", 1, ""));
    noting.reports("missing");
    fs::remove_dir_all(noting.project.path("crates/new")).expect("removed");
    noting.is_fine();
}

#[test]
fn damaged_notes_are_none() {
    let noting = project("notes-damage");
    noting.is_fine();
    let whole = notes("");
    for (name, (bytes, _)) in &whole {
        let path = folder().join(name);
        let text = String::from_utf8(bytes.clone()).expect("Unicode");
        let (seal, rest) = text.split_once('\n').expect("two lines");
        let other_rest = if name.starts_with("check-") {
            "2".into()
        } else {
            rest.replace("notes-damage", "notes-damagf")
        };
        for damaged in [
            "",
            "\n",
            seal,
            &text[..text.len() - 1],
            &format!("{seal}\n{other_rest}"),
            &format!("{:0>64}\n{rest}", ""),
        ] {
            fs::write(&path, damaged).expect("written");
            noting.is_fine();
            assert_eq!(
                fs::read(&path).expect("a file"),
                *bytes,
                "it was written anew"
            );
        }
        fs::write(&path, b"\xff\xfe\n").expect("written");
        noting.is_fine();
        // Where it can't be written it is done without.
        fs::remove_file(&path)
            .and_then(|()| fs::create_dir(&path))
            .expect("made");
        noting.is_fine();
        fs::remove_dir(&path).expect("removed");
    }
    left_nothing();
}

#[test]
fn runs_at_the_same_time_agree() {
    let noting = project("notes-together");
    let start = |_| {
        noting
            .command(&["check", "--workspace", "-q"])
            .stdout(Stdio::null())
            .spawn()
            .expect("the program runs")
    };
    let runs: Vec<_> = (0..4).map(start).collect();
    for mut run in runs {
        assert!(run.wait().expect("the program ends").success());
    }
    let noted = notes("");
    assert_eq!(notes("check-").len(), 1);
    noting.is_fine();
    assert_eq!(notes(""), noted);
    left_nothing();
}

#[track_caller]
fn left_nothing() {
    let names = fs::read_dir(folder())
        .expect("a folder")
        .map(|child| child.expect("a child").path());
    let left: Vec<_> = names
        .filter(|path| path.extension().is_some_and(|extension| extension == "tmp"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}
