//! Runs the program, and makes projects for it to work on.

pub mod bodies;
#[expect(dead_code, reason = "the unit tests use the rest of it")]
pub mod record;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use object::write::Object;
use object::{Architecture, BinaryFormat, Endianness, SectionKind};
use record::Record;
use serde_json::{Value, json};
use tempfile::TempDir;

/// Where fixtures are built, shared so that `audit-core` is compiled once.
pub const TARGET: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/fixtures");

const CORE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../audit-core");
const LOCK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock");

/// Says that something isn't tested here. Not with the printing macros, which the harness keeps to itself.
pub fn skipped(what: &str) {
    // Whoever closed stderr doesn't want to know.
    let _ = writeln!(io::stderr(), "SKIPPED: {what}");
}

/// 87 actions of a company's product, each a map of types, where they stand beside the checkout.
pub fn corpus() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/reference/corpus/flat");
    if !folder.is_dir() {
        skipped(&format!("there is no corpus at {}", folder.display()));
        return None;
    }
    Some(folder)
}

/// How the program ended and what it said.
#[derive(Debug)]
pub struct Run {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    pub fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        let run = Self {
            status: output.status.code().unwrap_or(-1),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        };
        for word in ["panicked", "stack backtrace", "RUST_BACKTRACE"] {
            assert!(!run.stderr.contains(word), "{run:?}");
        }
        run
    }

    /// Asserts the status; says everything where it is another.
    #[track_caller]
    pub fn ends(self, status: i32) -> Self {
        assert_eq!(
            self.status, status,
            "stdout:\n{}\nstderr:\n{}",
            self.stdout, self.stderr
        );
        self
    }

    /// Asserts that stderr has exactly one line that begins `error`, and returns what follows.
    #[track_caller]
    pub fn error(&self) -> &str {
        let errors: Vec<_> = self
            .stderr
            .lines()
            .filter_map(|line| line.strip_prefix("error: "))
            .collect();
        assert_eq!(errors.len(), 1, "{}", self.stderr);
        errors[0]
    }

    /// The last line of stdout.
    pub fn summary(&self) -> &str {
        self.stdout.lines().last().unwrap_or_default()
    }
}

/// The program, as it is called from `folder`.
pub fn program(folder: &Path) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_cargo-audit-schema"));
    program
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", TARGET)
        .env_remove("AUDIT_SCHEMAS")
        .env_remove("AUDIT_RECORDS");
    program
}

/// Runs the program in `folder`.
pub fn run(folder: &Path, args: &[&str]) -> Run {
    Run::of(
        program(folder)
            .args(args)
            .output()
            .expect("the program runs"),
    )
}

/// Files in a folder of their own, which is removed in the end.
pub struct Project {
    temporary: TempDir,
}

impl Project {
    pub fn new() -> Self {
        let project = Self {
            temporary: tempfile::tempdir().expect("a temporary folder"),
        };
        // The versions that this repository is built with, so that nothing else needs to be downloaded.
        if Path::new(LOCK).exists() {
            fs::create_dir_all(project.path("")).expect("a folder");
            fs::copy(LOCK, project.path("Cargo.lock")).expect("a copy");
        }
        project
    }

    /// A package of one library.
    pub fn library(name: &str, source: &str) -> Self {
        let project = Self::new();
        project.write(
            "Cargo.toml",
            &(manifest(name, "audit-core") + "[workspace]\n"),
        );
        project.write("src/lib.rs", source);
        project
    }

    /// Spaces and letters beyond ASCII are part of every test.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.temporary.path().join("größe und maß").join(relative)
    }

    /// Runs git, as an author of commits whose line ends stay. Returns its output.
    pub fn git(&self, args: &[&str]) -> String {
        let mut git = Command::new("git");
        let settings = [
            "user.name=a",
            "user.email=a@example.com",
            "core.autocrlf=false",
        ];
        git.args(settings.iter().flat_map(|setting| ["-c", setting]));
        let output = git.args(args).current_dir(self.path("")).output();
        let output = output.expect("git runs");
        assert!(output.status.success(), "git {args:?}: {output:?}");
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    pub fn write(&self, relative: &str, text: &str) {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().expect("a folder around it")).expect("a folder");
        fs::write(path, text).expect("written");
    }

    pub fn read(&self, relative: &str) -> String {
        fs::read_to_string(self.path(relative))
            .unwrap_or_else(|error| panic!("{relative}: {error}"))
    }

    pub fn exists(&self, relative: &str) -> bool {
        self.path(relative).exists()
    }

    pub fn run(&self, args: &[&str]) -> Run {
        run(&self.path(""), args)
    }

    /// The hash of a version, as `list` says it. `args` are options.
    pub fn sha256(&self, action: &str, version: u32, args: &[&str]) -> String {
        let list = self
            .run(&[&["list", "--format", "json"], args].concat())
            .ends(0)
            .stdout;
        let list: Vec<Value> = serde_json::from_str(&list).expect("a list");
        let item = list
            .iter()
            .find(|item| item["action"] == action && item["version"] == version);
        item.and_then(|item| item["sha256"].as_str())
            .unwrap_or_else(|| panic!("no hash: {list:?}"))
            .to_owned()
    }

    /// Writes that the environment has this version and nothing else.
    pub fn register(&self, environment: &str, action: &str, version: u32, sha256: &str) {
        let registrations =
            json!({action: {version.to_string(): {"server": version, "sha256": sha256}}});
        self.write(
            &format!("schemas/registrations/{environment}.json"),
            &registrations.to_string(),
        );
    }
}

/// An object file with records in it.
pub fn object(records: impl IntoIterator<Item = Record>) -> Vec<u8> {
    let mut object = Object::new(BinaryFormat::Elf, Architecture::X86_64, Endianness::Little);
    let section = object.add_section(Vec::new(), b".note.audit".into(), SectionKind::Note);
    for record in records {
        object.append_section_data(section, &record.note(), 4);
    }
    object.write().expect("an object")
}

/// A package's manifest. `dependency` is what `audit-core` is called in it.
pub fn manifest(name: &str, dependency: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
         [dependencies]\n{dependency} = {{ package = \"audit-core\", path = {CORE:?} }}\n"
    )
}

/// An event type with its entities, in a module of its own. `fields` are root metadata.
pub fn event(action: &str, version: u32, fields: &str) -> String {
    event_with("audit_core", "", action, version, fields)
}

/// The same where `audit_core` has another name; `attributes` go into `#[audit(…)]`.
pub fn event_with(
    core: &str,
    attributes: &str,
    action: &str,
    version: u32,
    fields: &str,
) -> String {
    let module = format!("{}_{version}", action.replace('.', "_"));
    format!(
        r#"
mod {module} {{
    use {core}::{{AuditEntity, AuditEvent}};

    #[derive(AuditEntity)]
    #[audit({attributes} type = "user")]
    struct User {{ #[audit(id)] id: String }}

    #[derive(AuditEntity)]
    #[audit({attributes} type = "team")]
    struct Team {{ #[audit(id)] id: String }}

    /// Something happened.
    #[derive(AuditEvent)]
    #[audit({attributes} action = "{action}", version = {version})]
    struct Happened {{
        #[audit(actor)] user: User,
        #[audit(target)] team: Team,
        {fields}
    }}
}}
"#
    )
}
