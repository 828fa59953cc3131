//! Cargo as a process, with the environment of this program.

use std::ffi::OsStr;
use std::io;
use std::process::Command;

use crate::args::Manifest;
use crate::console::Console;
use crate::failure::{Failure, io_message};

/// Variables that `cargo run` or `cargo test` set for this program, not for its builds.
const LEAKING: [&str; 4] = [
    "CARGO_BIN_",
    "CARGO_CRATE_NAME",
    "CARGO_MANIFEST_",
    "CARGO_PKG_",
];

/// A command of the cargo in `$CARGO`, without the variables of an outer `cargo run`.
pub fn command(name: &str, manifest: &Manifest, console: &Console) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os().filter(|(name, _)| leaks(name)) {
        cargo.env_remove(name);
    }
    cargo
        .args([name, "--color", &console.color()])
        .args(console.is_quiet().then_some("--quiet"));
    if let Some(path) = &manifest.manifest_path {
        cargo.arg("--manifest-path").arg(path);
    }
    cargo
}

fn leaks(name: &OsStr) -> bool {
    name.to_str()
        .is_some_and(|name| LEAKING.iter().any(|leaking| name.starts_with(leaking)))
}

pub fn could_not_run(cargo: &Command, error: &io::Error) -> Failure {
    Failure::new(format!(
        "can't run `{}`: {}",
        cargo.get_program().to_string_lossy(),
        io_message(error)
    ))
}
