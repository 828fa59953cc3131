//! Crates full of events, for whoever measures what builds cost.

pub mod contenders;

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::Path;

use contenders::Contender;

/// Writes a crate with these events, one module a file. `head` is what its manifest begins with.
///
/// # Errors
/// Where a file can't be written.
pub fn generate(folder: &Path, head: &str, name: &str, contender: &Contender, events: Range<usize>) -> io::Result<()> {
    let core = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../audit-core").canonicalize()?;
    let dependencies = contender.dependencies.replace("{CORE}", &core.display().to_string());
    fs::create_dir_all(folder.join("src"))?;
    let manifest =
        format!("{head}[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}");
    fs::write(folder.join("Cargo.toml"), manifest)?;
    let mut modules = String::from("#![allow(dead_code, unused_imports)]\npub mod shared;\n");
    for event in events {
        let _ = writeln!(modules, "pub mod e{event};");
        fs::write(folder.join(format!("src/e{event}.rs")), contender.event.replace("{N}", &event.to_string()))?;
    }
    fs::write(folder.join("src/shared.rs"), contender.shared)?;
    fs::write(folder.join("src/lib.rs"), modules)
}
