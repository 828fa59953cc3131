//! Runs cargo and the commands, and makes the table.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::workspace;

/// How the tool builds: `audit-cli/src/discover/cargo.rs`.
const BUILD: [&str; 4] = [
    "build",
    "--target-dir=target/audit-schema",
    "--workspace",
    "--quiet",
];

/// What is run in alternation.
const STEPS: [Step; 9] = [
    Step {
        name: NOTHING,
        before: Before::Nothing,
        run: Run::Cargo(&[]),
    },
    Step {
        name: "the same, `--message-format=json`",
        before: Before::Nothing,
        run: Run::Cargo(&["--message-format=json"]),
    },
    Step {
        name: "`check`",
        before: Before::Nothing,
        run: Run::Tool("check"),
    },
    Step {
        name: "`export`",
        before: Before::Nothing,
        run: Run::Tool("export"),
    },
    Step {
        name: "`diff`",
        before: Before::Nothing,
        run: Run::Tool("diff"),
    },
    Step {
        name: "`list`",
        before: Before::Nothing,
        run: Run::Tool("list"),
    },
    Step {
        name: "`bump`",
        before: Before::Nothing,
        run: Run::Tool("bump"),
    },
    Step {
        name: "`cargo build` of one changed crate",
        before: Before::Edit,
        run: Run::Cargo(&[]),
    },
    Step {
        name: "`check` of one changed crate",
        before: Before::Edit,
        run: Run::Tool("check"),
    },
];

/// The command that the others are compared with.
const NOTHING: &str = "`cargo build` with nothing to do";

struct Step {
    name: &'static str,
    before: Before,
    run: Run,
}

/// What is done before the clock runs.
#[derive(Clone, Copy)]
enum Before {
    Nothing,
    /// A comment is added to the source of one crate.
    Edit,
}

#[derive(Clone, Copy)]
enum Run {
    Cargo(&'static [&'static str]),
    Tool(&'static str),
}

/// What was run, and how many seconds it took each time.
type Row = (&'static str, Vec<f64>);

pub fn run(folder: &Path, events: usize, crates: usize, rounds: usize) -> io::Result<String> {
    let tool = tool()?;
    workspace::write(folder, events, crates)?;
    let settings = settings(&tool, folder)?;
    eprintln!("building {events} events in {crates} crates");
    let mut rows: Vec<Row> = vec![(
        "`cargo build` with everything to do",
        vec![timed("`cargo build`", &mut cargo(folder, &settings))?],
    )];
    timed(
        "`init`",
        Command::new(&tool).arg("init").current_dir(folder),
    )?;
    rows.push((
        "`export` of everything that was built",
        vec![timed("`export`", &mut command(&tool, "export", folder))?],
    ));
    let mut steps: Vec<(&Step, Row)> = STEPS
        .iter()
        .map(|step| (step, (step.name, Vec::new())))
        .collect();
    for round in 1..=rounds {
        eprintln!("round {round} of {rounds}");
        // What the last round has changed is built.
        timed("`check`", &mut command(&tool, "check", folder))?;
        for (step, (name, times)) in &mut steps {
            step.before.make_so(folder, round)?;
            let mut command = match step.run {
                Run::Cargo(arguments) => {
                    let mut cargo = cargo(folder, &settings);
                    cargo.args(arguments);
                    cargo
                }
                Run::Tool(name) => command(&tool, name, folder),
            };
            times.push(timed(name, &mut command)?);
        }
    }
    rows.extend(steps.into_iter().map(|(_, row)| row));
    Ok(table(rows))
}

impl Before {
    fn make_so(self, folder: &Path, round: usize) -> io::Result<()> {
        match self {
            Self::Nothing => Ok(()),
            Self::Edit => {
                let mut source = OpenOptions::new()
                    .append(true)
                    .open(folder.join("crates/events-0/src/lib.rs"))?;
                writeln!(source, "// {round}")
            }
        }
    }
}

/// The tool, built as people install it.
fn tool() -> io::Result<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()?;
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .args([
            "build",
            "--release",
            "--quiet",
            "--package",
            "cargo-audit-schema",
        ])
        .arg("--target-dir")
        .arg(root.join("target"));
    timed("building the tool", cargo.current_dir(&root))?;
    Ok(root
        .join("target/release/cargo-audit-schema")
        .with_extension(std::env::consts::EXE_EXTENSION))
}

/// The settings that the tool gives cargo. It writes them before it builds, so a package that isn't there leaves nothing built.
fn settings(tool: &Path, folder: &Path) -> io::Result<PathBuf> {
    let mut list = command(tool, "list", folder);
    list.args(["--package", "no-such-package"])
        .env_remove("CARGO_TARGET_DIR")
        .stderr(Stdio::null())
        .status()?;
    let is_settings = |path: &PathBuf| {
        path.extension()
            .is_some_and(|extension| extension == "toml")
    };
    let mut children = fs::read_dir(folder.join("target/audit-schema"))?
        .filter_map(|child| Some(child.ok()?.path()));
    children
        .find(is_settings)
        .ok_or_else(|| io::Error::other("the tool left no settings"))
}

fn cargo(folder: &Path, settings: &Path) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .args(BUILD)
        .arg("--config")
        .arg(settings)
        .env("AUDIT_SCHEMAS", "update")
        .current_dir(folder);
    cargo
}

fn command(tool: &Path, name: &str, folder: &Path) -> Command {
    let mut command = Command::new(tool);
    command
        .args(["audit-schema", name, "--quiet"])
        .current_dir(folder);
    command
}

/// Runs it to its end; in seconds. What it prints isn't looked at; that it found nothing to report is.
fn timed(name: &str, command: &mut Command) -> io::Result<f64> {
    for leaking in [
        "CARGO_TARGET_DIR",
        "CARGO_MANIFEST_DIR",
        "CARGO_MANIFEST_PATH",
    ] {
        command.env_remove(leaking);
    }
    let start = Instant::now();
    let status = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()?;
    let seconds = start.elapsed().as_secs_f64();
    if status.success() {
        Ok(seconds)
    } else {
        Err(io::Error::other(format!("{name} ended with {status}")))
    }
}

fn table(rows: Vec<Row>) -> String {
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(name, mut times)| {
            times.sort_by(f64::total_cmp);
            (name, times[0], times[times.len() / 2])
        })
        .collect();
    let nothing = rows
        .iter()
        .find(|(name, ..)| *name == NOTHING)
        .map_or(f64::NAN, |(.., median)| *median);
    let line = |(name, least, median): (&str, f64, f64)| {
        let (ratio, beyond) = (median / nothing, (median - nothing) * 1e3);
        format!(
            "| {name} | {:.1} | {:.1} | {ratio:.2} | {beyond:.1} |\n",
            median * 1e3,
            least * 1e3
        )
    };
    let head = "| | median, ms | least, ms | × nothing to do | beyond it, ms |\n| --- | ---: | ---: | ---: | ---: |\n";
    head.to_owned() + &rows.into_iter().map(line).collect::<String>()
}
