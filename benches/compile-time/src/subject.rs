//! A generated crate, and how cargo is run in it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;

use compile_time::contenders::{AUDIT, AUDIT_LITERALS, Contender};
use compile_time::{generate, repository};

use crate::cost::Cost;
use crate::schemas;

/// How a crate is compiled.
pub const MODES: [&str; 2] = ["check", "build"];

/// The name of each generated crate.
pub const NAME: &str = "events";

/// What isn't meant for the builds that are measured.
const LEAKING: [&str; 7] = [
    "AUDIT_SCHEMAS",
    "AUDIT_RECORDS",
    "CARGO_INCREMENTAL",
    "CARGO_PROFILE_DEV_DEBUG",
    "CARGO_TARGET_DIR",
    "CARGO_MANIFEST_DIR",
    "CARGO_MANIFEST_PATH",
];

/// One contender's crate of events, with its dependencies built.
pub struct Subject {
    pub folder: PathBuf,
    /// Shared by the contender's crates, so that dependencies are built once.
    pub target: PathBuf,
}

impl Subject {
    /// Makes the crate with `events` events and builds its dependencies in each of these modes. Where schemas are compared, each event's is committed,
    /// but for the `drafts` last ones, and it is made sure that the comparison takes place.
    pub fn prepare(
        contender: &Contender,
        events: usize,
        drafts: usize,
        modes: &[&str],
    ) -> io::Result<Self> {
        eprintln!("preparing {events} events: {}", contender.title);
        let subject = Self::generate(contender, events)?;
        let is_compared = [AUDIT.name, AUDIT_LITERALS.name].contains(&contender.name);
        if is_compared {
            schemas::commit(&subject, events, drafts)?;
        }
        for mode in modes {
            subject.run(mode)?;
        }
        if is_compared {
            schemas::assert_compared(&subject)?;
        }
        Ok(subject)
    }

    /// Makes the crate.
    pub fn generate(contender: &Contender, events: usize) -> io::Result<Self> {
        let home = home()?.join(contender.name);
        let folder = home.join(events.to_string());
        remove(&folder)?;
        generate(
            &folder,
            "[workspace]\n[profile.release]\nstrip = true\n\n",
            NAME,
            contender,
            0..events,
        )?;
        pin(&folder)?;
        Ok(Self {
            folder,
            target: home.join("target"),
        })
    }

    /// The crate alone, with nothing of it cached.
    pub fn clean(&self, mode: &str) -> io::Result<Cost> {
        self.forget()?;
        self.run(mode)
    }

    /// Removes what is cached of the crate.
    pub fn forget(&self) -> io::Result<()> {
        let incremental = self.target.join("debug/incremental");
        for entry in fs::read_dir(incremental).into_iter().flatten() {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with(NAME) {
                fs::remove_dir_all(entry.path())?;
            }
        }
        fs::File::options()
            .append(true)
            .open(self.folder.join("src/lib.rs"))?
            .set_modified(SystemTime::now())
    }

    pub fn run(&self, mode: &str) -> io::Result<Cost> {
        Cost::of(&mut self.cargo(&[mode]))
    }

    pub fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = cargo(&self.folder, arguments);
        cargo.arg("--target-dir").arg(&self.target);
        cargo
    }
}

/// Where all generated crates lie.
pub fn home() -> io::Result<PathBuf> {
    Ok(repository()?.join("target/compile-time"))
}

/// Cargo as a user calls it in this folder, but quiet.
pub fn cargo(folder: &Path, arguments: &[&str]) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .args(arguments)
        .arg("--quiet")
        .current_dir(folder)
        .stdin(Stdio::null());
    for leaking in LEAKING {
        cargo.env_remove(leaking);
    }
    cargo
}

/// Gives the crate the versions that this repository is built with.
pub fn pin(folder: &Path) -> io::Result<()> {
    fs::copy(repository()?.join("Cargo.lock"), folder.join("Cargo.lock")).map(drop)
}

/// Removes a folder that may not be there.
pub fn remove(folder: &Path) -> io::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
    } else {
        Ok(())
    }
}
