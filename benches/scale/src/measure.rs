//! Runs cargo and the commands, and makes the table.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::workspace;

/// How the tool builds: `audit-cli/src/discover/cargo.rs`.
const BUILD: [&str; 7] = [
    "build",
    "--config=profile.dev.lto=\"off\"",
    "--config=profile.dev.strip=\"none\"",
    "--config=profile.dev.debug=0",
    "--target-dir=target/audit-schema",
    "--workspace",
    "--quiet",
];

/// What is run when there is nothing left to build. Commands that this version of the tool doesn't have are left out.
const COMMANDS: [&[&str]; 5] = [&["export"], &["check"], &["diff"], &["list"], &["bump"]];

/// What was run, and how many seconds it took each time.
type Row = (String, Vec<f64>);

pub fn run(folder: &Path, events: usize, crates: usize, rounds: usize) -> io::Result<String> {
    let tool = tool()?;
    workspace::write(folder, events, crates)?;
    eprintln!("building {events} events in {crates} crates");
    let mut once = vec![timed("`cargo build` from nothing", &mut cargo(folder))?];
    timed("init", Command::new(&tool).arg("init").current_dir(folder))?;
    once.push(timed("`export` of everything", Command::new(&tool).args(["export", "--quiet"]).current_dir(folder))?);
    let commands: Vec<_> = COMMANDS.into_iter().filter(|command| exists(&tool, command[0])).collect();
    let mut rows: Vec<Row> = vec![("`cargo build` with nothing to do".into(), Vec::new())];
    rows.extend(commands.iter().map(|command| (format!("`{}`", command.join(" ")), Vec::new())));
    for round in 1..=rounds {
        eprintln!("round {round} of {rounds}");
        for (index, (name, times)) in rows.iter_mut().enumerate() {
            let mut command = if index == 0 { cargo(folder) } else { Command::new(&tool) };
            if let Some(arguments) = index.checked_sub(1).and_then(|index| commands.get(index)) {
                command.args(*arguments).arg("--quiet").current_dir(folder);
            }
            times.extend(timed(name, &mut command)?.1);
        }
    }
    Ok(table(once, rows))
}

/// The tool, built as people install it.
fn tool() -> io::Result<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "--release", "--quiet", "--package", "audit-cli"]).arg("--target-dir").arg(root.join("target"));
    timed("building the tool", cargo.current_dir(&root))?;
    Ok(root.join("target/release/cargo-audit-schema").with_extension(std::env::consts::EXE_EXTENSION))
}

fn cargo(folder: &Path) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(BUILD).env("AUDIT_SCHEMAS", "update").current_dir(folder);
    cargo
}

fn exists(tool: &Path, command: &str) -> bool {
    Command::new(tool)
        .args([command, "--help"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Runs it to its end. What it prints isn't looked at; that it found nothing to report is.
fn timed(name: &str, command: &mut Command) -> io::Result<Row> {
    for leaking in ["CARGO_TARGET_DIR", "CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH"] {
        command.env_remove(leaking);
    }
    let start = Instant::now();
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).status()?;
    let seconds = start.elapsed().as_secs_f64();
    if status.success() { Ok((name.into(), vec![seconds])) } else { Err(io::Error::other(format!("{name} ended with {status}"))) }
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn table(once: Vec<Row>, rows: Vec<Row>) -> String {
    let mut rows: Vec<_> = once.into_iter().chain(rows).map(|(name, mut times)| (name, median(&mut times))).collect();
    let time_of = |wanted: &str| rows.iter().find(|(name, _)| name == wanted).map_or(f64::NAN, |(_, time)| *time);
    let (whole, nothing) = (time_of("`cargo build` from nothing"), time_of("`cargo build` with nothing to do"));
    let lines =
        rows.drain(..).map(|(name, time)| format!("| {name} | {time:.2} | {:.3} | {:.1} |\n", time / whole, time / nothing));
    let head = "| | s | × build from nothing | × build with nothing to do |\n| --- | ---: | ---: | ---: |\n";
    head.to_owned() + &lines.collect::<String>()
}
