//! The workspace that is measured: the events of the benchmark of compile time, spread over crates that don't depend on each other.

use std::fs;
use std::io;
use std::path::Path;

use compile_time::contenders::AUDIT;
use compile_time::generate;

/// Writes it anew.
pub fn write(folder: &Path, events: usize, crates: usize) -> io::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    for index in 0..crates {
        let name = format!("events-{index}");
        let numbers = events * index / crates..events * (index + 1) / crates;
        generate(
            &folder.join("crates").join(&name),
            "",
            &name,
            &AUDIT,
            numbers,
        )?;
    }
    fs::write(
        folder.join("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n",
    )?;
    // The versions that this repository is built with.
    fs::copy(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock"),
        folder.join("Cargo.lock"),
    )?;
    Ok(())
}
