//! The committed schemas of a generated crate: what a user of the drift check has, who exports them with the tool.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use compile_time::repository;

use crate::subject::{Subject, cargo};

/// Exports every event, and takes away the files of the last ones, which are drafts then.
pub fn commit(subject: &Subject, events: usize, drafts: usize) -> io::Result<()> {
    let schemas = subject.folder.join("schemas");
    fs::create_dir_all(&schemas)?;
    // `export` writes into a folder that is marked.
    fs::write(schemas.join("audit.toml"), "")?;
    let mut export = Command::new(tool()?);
    export
        .args(["export", "--quiet"])
        .current_dir(&subject.folder)
        .env("CARGO_TARGET_DIR", &subject.target)
        .stdout(Stdio::null());
    if !export.status()?.success() {
        return Err(io::Error::other("the schemas weren't exported"));
    }
    for event in 0..events {
        if !file(subject, event).exists() {
            return Err(io::Error::other(format!(
                "{} wasn't exported",
                file(subject, event).display()
            )));
        }
    }
    for event in events - drafts..events {
        fs::remove_dir_all(schemas.join(action(event)))?;
    }
    // One that is listed and isn't there would fail the build.
    let index = schemas.join("index.txt");
    let listed = fs::read_to_string(&index)?;
    let is_draft = |line: &str| {
        (events - drafts..events).any(|event| line.starts_with(&format!("{}/", action(event))))
    };
    let committed: Vec<_> = listed
        .lines()
        .filter(|line| !is_draft(line))
        .map(|line| format!("{line}\n"))
        .collect();
    fs::write(index, committed.concat())
}

/// Makes sure that a build fails where a committed file isn't what the code renders.
pub fn assert_compared(subject: &Subject) -> io::Result<()> {
    let file = file(subject, 0);
    let committed = fs::read_to_string(&file)?;
    fs::write(&file, committed.replace("\"region\"", "\"area\""))?;
    let output = subject.cargo(&["check"]).output()?;
    fs::write(&file, committed)?;
    let errors = String::from_utf8_lossy(&output.stderr);
    if output.status.success() || !errors.contains("audit[A0502]") {
        return Err(io::Error::other(format!(
            "a schema file was altered and `cargo check` didn't say so: {errors}"
        )));
    }
    subject.run("check").map(drop)
}

fn action(event: usize) -> String {
    format!("invoice.refunded{event}")
}

fn file(subject: &Subject, event: usize) -> PathBuf {
    subject
        .folder
        .join("schemas")
        .join(action(event))
        .join("v3.json")
}

/// Names the command's program where it has been built already.
const TOOL: &str = "COMPILE_TIME_TOOL";

/// The tool of this repository.
fn tool() -> io::Result<PathBuf> {
    let root = repository()?;
    if let Some(tool) = std::env::var_os(TOOL) {
        return Ok(root.join(tool));
    }
    let status = cargo(&root, &["build", "--package", "cargo-audit-schema"])
        .arg("--target-dir")
        .arg(root.join("target"))
        .status()?;
    if !status.success() {
        return Err(io::Error::other("the tool wasn't built"));
    }
    Ok(root
        .join("target/debug/cargo-audit-schema")
        .with_extension(std::env::consts::EXE_EXTENSION))
}
