//! Crates full of events, for measuring builds.

pub mod contenders;

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use contenders::Contender;

/// The folder of this repository.
///
/// # Errors
/// Where it isn't there any more.
pub fn repository() -> io::Result<PathBuf> {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
}

/// Writes a crate with these events, one module a file. `head` is what its manifest begins with.
///
/// # Errors
/// Where a file can't be written.
pub fn generate(
    folder: &Path,
    head: &str,
    name: &str,
    contender: &Contender,
    events: Range<usize>,
) -> io::Result<()> {
    let mut modules = String::from("#![allow(dead_code, unused_imports)]\npub mod shared;\n");
    for event in events.clone() {
        let _ = writeln!(modules, "pub mod e{event};");
    }
    manifest(folder, head, name, contender)?;
    fs::write(folder.join("src/lib.rs"), modules)?;
    fs::write(folder.join("src/shared.rs"), contender.shared)?;
    for event in events {
        fs::write(
            event_file(folder, event),
            contender.event.replace("{N}", &event.to_string()),
        )?;
    }
    Ok(())
}

/// Writes a crate that has the dependencies and nothing else.
///
/// # Errors
/// Where a file can't be written.
pub fn manifest(folder: &Path, head: &str, name: &str, contender: &Contender) -> io::Result<()> {
    let core = repository()?.join("audit-core");
    let dependencies = contender
        .dependencies
        .replace("{CORE}", &core.display().to_string());
    let manifest = format!(
        "{head}[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}"
    );
    fs::create_dir_all(folder.join("src"))?;
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::write(folder.join("src/lib.rs"), "")
}

/// The module of one event.
#[must_use]
pub fn event_file(folder: &Path, event: usize) -> PathBuf {
    folder.join(format!("src/e{event}.rs"))
}
