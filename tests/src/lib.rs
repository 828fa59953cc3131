//! What tests of real builds share: a crate outside the workspace, and the errors that cargo finds in it. The tests themselves, the public
//! contract seen from outside, stand beside this folder.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, PoisonError};
use std::{fs, io};

use serde_json::Value;

/// A crate of its own, with `audit-core` as its dependency.
pub struct Crate {
    folder: PathBuf,
    target: PathBuf,
}

/// An error or a warning of the compiler.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Message {
    /// Below `src`: `events.rs`.
    pub file: String,
    /// Where its primary span begins, from 1.
    pub line: u64,
    /// Characters before it in the line, and one.
    pub column: u64,
    /// Line and column behind it.
    pub end: (u64, u64),
    /// `error` or `warning`.
    pub level: String,
    /// The first line and the others, without notes.
    pub text: String,
    /// All that the compiler writes of it.
    pub rendered: String,
}

impl Message {
    /// Its first line. A constant's begins with rustc's own words, which are left out.
    pub fn headline(&self) -> &str {
        let line = self.text.lines().next().unwrap_or_default();
        line.strip_prefix("evaluation panicked: ").unwrap_or(line)
    }

    /// `A0203`, if it is one of ours.
    pub fn code(&self) -> Option<&str> {
        self.headline().strip_prefix("audit[")?.split(']').next()
    }

    /// Whether it isn't a warning.
    pub fn is_error(&self) -> bool {
        self.level == "error"
    }
}

impl Crate {
    /// An empty one in `scratch`, the test's own folder. Those of one `group` share a target folder, so each has a name of its own: they
    /// would overwrite each other's artifacts.
    ///
    /// # Panics
    /// Where the folder can't be written.
    pub fn new(scratch: &Path, group: &str, name: &str) -> Self {
        Self::at(scratch, group, scratch.join(group).join(name), name)
    }

    /// [`new`](Self::new), in a certain folder.
    ///
    /// # Panics
    /// Where the folder can't be written.
    pub fn at(scratch: &Path, group: &str, folder: PathBuf, name: &str) -> Self {
        let target = scratch.join(group).join("target");
        with_dependencies(scratch, &target);
        Self::generate(folder, target, name)
    }

    fn generate(folder: PathBuf, target: PathBuf, name: &str) -> Self {
        // What an earlier run left must not be compiled again.
        let _ = fs::remove_dir_all(&folder);
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let this = Self { folder, target };
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies]\naudit-core = {{ path = '{}' }}\n\n[workspace]\n",
            root.join("audit-core").display()
        );
        this.write("Cargo.toml", &manifest);
        // It stands below a folder of schemas that are none of its business.
        this.write("schemas/audit.toml", "");
        fs::copy(root.join("Cargo.lock"), this.folder.join("Cargo.lock"))
            .expect("the workspace has a lock file");
        this
    }

    /// Moves it into a folder of another name.
    ///
    /// # Panics
    /// Where the folder can't be written.
    #[must_use]
    pub fn renamed(self, name: &OsStr) -> Self {
        let folder = self.folder.with_file_name(name);
        let _ = fs::remove_dir_all(&folder);
        fs::rename(&self.folder, &folder).expect("the target folder can be written");
        Self { folder, ..self }
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes a file, if it isn't like that already.
    ///
    /// # Panics
    /// Where it can't be written.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        if fs::read_to_string(&path).is_ok_and(|old| old == text) {
            return;
        }
        fs::create_dir_all(path.parent().expect("it is in the crate"))
            .expect("the target folder can be written");
        fs::write(path, text).expect("the target folder can be written");
    }

    /// Removes a file.
    ///
    /// # Panics
    /// Where it isn't there.
    pub fn remove(&self, path: &str) {
        fs::remove_file(self.folder.join(path)).expect("it is there");
    }

    /// A command that runs in it, and knows nothing of the package that is being tested.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(if program == "cargo" {
            env!("CARGO")
        } else {
            program
        });
        command
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.target)
            // Nobody debugs what is built here, or edits it.
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env_remove("RUSTFLAGS");
        command
            .env_remove("AUDIT_SCHEMAS")
            .env_remove("AUDIT_RECORDS");
        for (name, _) in std::env::vars_os() {
            if name.to_str().is_some_and(|name| {
                name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
            }) {
                command.env_remove(name);
            }
        }
        command
    }

    /// The path of a program that was built of it.
    ///
    /// # Panics
    /// Where it isn't UTF-8.
    pub fn program(&self, name: &str) -> String {
        let name = format!("debug/{name}{}", std::env::consts::EXE_SUFFIX);
        let path = self.target.join(name);
        path.to_str().expect("UTF-8").to_owned()
    }

    /// Runs a cargo command in it.
    ///
    /// # Panics
    /// Where there is no cargo.
    pub fn cargo(&self, command: &str, variables: &[(&str, &str)]) -> Output {
        let mut cargo = self.command("cargo");
        cargo
            .args([command, "--quiet", "--offline", "--message-format=json"])
            .envs(variables.iter().copied());
        cargo.output().expect("cargo runs")
    }

    /// Has cargo build the dependencies, and says where they are, for a plain `rustc`.
    ///
    /// # Panics
    /// Where they can't be built.
    pub fn dependencies(&self) -> [OsString; 4] {
        let built = self
            .command("cargo")
            .args(["build", "--quiet", "--offline"])
            .env("AUDIT_SCHEMAS", "off")
            .status();
        assert!(
            built.is_ok_and(|status| status.success()),
            "the dependencies can be built"
        );
        let libraries = self.target.join("debug/deps");
        let built = fs::read_dir(&libraries)
            .expect("dependencies were built")
            .map(|file| file.expect("it can be listed").path());
        let of_core = built.filter(|path| {
            let name = path
                .file_name()
                .and_then(|name| name.to_str())
                .unwrap_or_default();
            name.starts_with("libaudit_core-")
                && path
                    .extension()
                    .is_some_and(|extension| extension == "rlib")
        });
        // Another compiler may have left its own.
        let newest = of_core
            .max_by_key(|path| {
                path.metadata()
                    .and_then(|metadata| metadata.modified())
                    .ok()
            })
            .expect("it was built");
        let joined = |name: &str, path: PathBuf| {
            let mut argument = OsString::from(name);
            argument.push(path);
            argument
        };
        [
            "-L".into(),
            joined("dependency=", libraries),
            "--extern".into(),
            joined("audit_core=", newest),
        ]
    }

    /// Everything that the compiler says of the crate's own files, sorted.
    ///
    /// # Panics
    /// Where cargo fails without a compiler's word.
    pub fn compile(&self, command: &str) -> Vec<Message> {
        self.compile_with(command, &[])
    }

    /// [`compile`](Self::compile), with variables set.
    ///
    /// # Panics
    /// Where cargo fails without a compiler's word.
    pub fn compile_with(&self, command: &str, variables: &[(&str, &str)]) -> Vec<Message> {
        let output = self.cargo(command, variables);
        let stdout = String::from_utf8(output.stdout).expect("cargo writes text");
        let messages = stdout
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let mut found: Vec<Message> = messages
            .filter(|message| message["reason"] == "compiler-message")
            .filter_map(|message| message_of(&message["message"]))
            .collect();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success() || !found.is_empty(),
            "nothing was compiled: {stderr}"
        );
        found.sort();
        found
    }
}

/// Makes a group's target folder, with the dependencies in it. They are compiled once and copied: cargo lets one build at a time into a folder.
fn with_dependencies(scratch: &Path, target: &Path) {
    static COMPILED: Mutex<bool> = Mutex::new(false);
    let mut is_compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    if target.exists() {
        return;
    }
    let home = scratch.join("dependencies");
    if !*is_compiled {
        let empty = Crate::generate(home.join("package"), home.join("target"), "dependencies");
        empty.write("src/lib.rs", "");
        for command in ["check", "build"] {
            assert!(empty.compile(command).is_empty(), "an empty crate");
        }
        *is_compiled = true;
    }
    // What an interrupted run has left isn't taken for a copy.
    let unfinished = target.with_extension("unfinished");
    let _ = fs::remove_dir_all(&unfinished);
    copy(&home.join("target"), &unfinished).expect("the target folder can be written");
    fs::rename(unfinished, target).expect("the target folder can be written");
}

/// Copies a folder with the times of its files, by which cargo knows what is fresh.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to)?;
        } else {
            fs::copy(entry.path(), &to)?;
            let modified = entry.metadata()?.modified()?;
            fs::File::options()
                .write(true)
                .open(&to)?
                .set_modified(modified)?;
        }
    }
    Ok(())
}

/// The texts of all files with an extension in a folder and in those in it, by path.
///
/// # Panics
/// Where the folder can't be read.
pub fn files(folder: &Path, extension: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder exists") {
        let path = entry.expect("it can be listed").path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|of_file| of_file == extension) {
            let text = fs::read_to_string(&path).expect("the files are text");
            found.push((path, text));
        }
    }
    found.sort();
    found
}

fn message_of(message: &Value) -> Option<Message> {
    // rustc's last words, `aborting due to …`, have no place.
    let mut span = message["spans"]
        .as_array()?
        .iter()
        .find(|span| span["is_primary"] == true)?;
    // A constant's error stands in the macro that panics: where it was called from is what is shown.
    while !span["file_name"].as_str()?.starts_with("src/") && span["expansion"].is_object() {
        span = &span["expansion"]["span"];
    }
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let file = text(&span["file_name"]);
    Some(Message {
        file: file.strip_prefix("src/").unwrap_or(&file).to_owned(),
        line: span["line_start"].as_u64()?,
        column: span["column_start"].as_u64()?,
        end: (span["line_end"].as_u64()?, span["column_end"].as_u64()?),
        level: text(&message["level"]),
        text: text(&message["message"]),
        rendered: text(&message["rendered"]),
    })
}
