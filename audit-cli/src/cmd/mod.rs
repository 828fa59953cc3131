//! The commands: each returns an outcome, none of them exits or prints its result.

mod bump;
mod check;
mod diff;
mod explain;
mod export;
mod import;
mod init;
mod inspect;
mod list;
mod network;
mod project;
mod show;
mod source;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::args::{Args, Build, Command, Folder, Manifest, ReportFormat};
use crate::console::{COULD_NOT_RUN, Console};
use crate::discover::graph::Graph;
use crate::failure::Failure;
use crate::finding::{self, Finding};
use crate::report::{self, findings};
use crate::store;

/// Output and status of a command.
#[derive(Debug)]
pub struct Outcome {
    pub text: String,
    pub status: Status,
}

/// Status of a command that ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Nothing to report.
    Clean,
    Findings,
    /// Done in part; the errors are on stderr.
    Incomplete,
}

impl Status {
    fn of(is_complete: bool, is_clean: bool) -> Self {
        match (is_complete, is_clean) {
            (false, _) => Self::Incomplete,
            (true, false) => Self::Findings,
            (true, true) => Self::Clean,
        }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Clean => 0,
            Status::Findings => 1,
            Status::Incomplete => COULD_NOT_RUN,
        })
    }
}

impl Outcome {
    fn ok(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            status: Status::Clean,
        }
    }

    fn with_findings(text: impl Into<String>, findings: usize) -> Self {
        Self {
            text: text.into(),
            status: Status::of(true, findings == 0),
        }
    }

    /// Findings; with a table above and a summary below as text. `root` is the folder that their files are relative to.
    fn report(
        findings: &[Finding],
        format: ReportFormat,
        root: &Path,
        table: &str,
        summary: &str,
        console: &Console,
    ) -> Result<Self, Failure> {
        let text = || below(table, &findings::text(findings), summary);
        let text = report::render(format, root, text, findings, findings)?;
        if format != ReportFormat::Text {
            console.progress(summary);
        }
        Ok(Self::with_findings(text, finding::errors(findings)))
    }
}

/// A table, and findings and summary below it.
fn below(table: &str, findings: &str, summary: &str) -> String {
    let gap = if table.is_empty() { "" } else { "\n" };
    format!("{table}{gap}{findings}{summary}\n")
}

pub fn run(args: &Args, console: &Console) -> Result<Outcome, Failure> {
    match &args.command {
        Command::Init { manifest, folder } => init::run(manifest, folder, console),
        Command::Export(args) => export::run(args, console),
        Command::Check(args) => check::run(args, console),
        Command::Diff(args) => diff::run(args, console),
        Command::Bump(args) => bump::run(args, console),
        Command::List(args) => list::run(args, console),
        Command::Show(args) => show::run(args, console),
        Command::Inspect(args) => inspect::run(args, console),
        Command::Import(args) => import::run(args, console),
        Command::Explain { code } => explain::run(code),
        Command::Plan(registration) => network::plan::run(registration, console),
        Command::Push { registration, yes } => network::push::run(registration, *yes, console),
        Command::Pull(pull) => network::pull::run(pull, console),
        Command::Resolve(registration) => network::resolve::run(registration, console),
        Command::Verify(registration) => network::verify::run(registration, console),
        Command::Serve(serve) => network::serve::run(serve, console),
    }
}

/// `place` is what was looked at.
fn no_folder(place: &str) -> Failure {
    let problem = format!(
        "no folder for schemas: there is no {}/{} in {place}",
        store::FOLDER,
        store::CONFIG
    );
    Failure::new(problem).help("run `cargo audit-schema init` to make it")
}

/// `--schemas`, or else the first one upwards from the selected packages; where none of the workspace is, from here or from its root.
fn find_folder(build: &Build, folder: &Folder, graph: &Graph) -> Result<Option<PathBuf>, Failure> {
    if let Some(given) = &folder.schemas {
        return Ok(Some(given.clone()));
    }
    let here = current_folder()?;
    let mut starts = graph.selected_folders(build);
    if starts.is_empty() {
        starts.push(if here.starts_with(graph.workspace_root()) {
            &here
        } else {
            graph.workspace_root()
        });
    }
    let found: BTreeSet<_> = starts
        .into_iter()
        .filter_map(|start| store::find_within(start, graph.workspace_root()))
        .collect();
    if found.len() > 1 {
        let found: Vec<_> = found.iter().map(|path| relative(path)).collect();
        return Err(Failure::new(format!(
            "the selected packages belong to several folders for schemas: {}",
            found.join(", ")
        ))
        .help("select packages of one of them with `-p`, or name the folder with `--schemas`"));
    }
    Ok(found.into_iter().next().map(|path| from_here(path, &here)))
}

/// `--schemas`, or else the first one upwards from the manifest or from here.
fn without_cargo(manifest: &Manifest, folder: &Folder) -> Result<Option<PathBuf>, Failure> {
    if let Some(given) = &folder.schemas {
        return Ok(Some(given.clone()));
    }
    let here = current_folder()?;
    let manifest = manifest.manifest_path.as_deref().and_then(Path::parent);
    let found = store::find_upwards(&here.join(manifest.unwrap_or(Path::new(""))));
    Ok(found.map(|path| from_here(path, &here)))
}

/// The path relative to the folder `here`, or `.` for that folder itself.
fn from_here(path: PathBuf, here: &Path) -> PathBuf {
    match path.strip_prefix(here) {
        Ok(below) if below.as_os_str().is_empty() => ".".into(),
        Ok(below) => below.to_owned(),
        Err(_) => path,
    }
}

fn current_folder() -> Result<PathBuf, Failure> {
    std::env::current_dir()
        .map_err(|error| Failure::io("find out", Path::new("the current folder"), &error))
}

/// A path for messages, relative to the current folder.
fn relative(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    from_here(path.into(), &here).display().to_string()
}

/// Failure for an action or version that isn't among the known ones: `missing` begins the sentence.
fn unknown<'n>(
    action: &str,
    version: Option<u32>,
    known: impl Iterator<Item = (&'n str, u32)>,
    missing: &str,
) -> Failure {
    let known: BTreeSet<_> = known.collect();
    let of_action = known.iter().filter(|(other, _)| *other == action);
    let versions: Vec<_> = of_action.map(|(_, version)| version.to_string()).collect();
    if let (Some(version), false) = (version, versions.is_empty()) {
        return Failure::new(format!("{missing} version {version} of {action}"))
            .help(format!("it has version {}", versions.join(", ")));
    }
    Failure::new(format!("{missing} action {action:?}")).suggest(
        action,
        known.into_iter().map(|(action, _)| action),
        "`cargo audit-schema list` shows what there is",
    )
}
