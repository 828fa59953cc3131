//! The Rust source of `import` and `pull`: its destination, warnings and status.

use std::fs;
use std::path::{Path, PathBuf};

use syn::parse::Parser as _;

use super::{Outcome, Status};
use crate::args::Source;
use crate::atomic;
use crate::console::Console;
use crate::failure::Failure;
use crate::import::{self, Options, Plan, Warning};
use crate::text::pluralize;

/// The file to write, with links followed; `None` for stdout. An existing file is replaced only with `--force`.
pub fn destination(source: &Source, read: &[PathBuf]) -> Result<Option<PathBuf>, Failure> {
    source
        .output
        .as_deref()
        .map(|output| replaceable(output, source.force, read))
        .transpose()
}

fn replaceable(output: &Path, force: bool, read: &[PathBuf]) -> Result<PathBuf, Failure> {
    let shown = output.display();
    if fs::symlink_metadata(output).is_err() {
        return Ok(output.into());
    }
    let target = fs::canonicalize(output).map_err(|error| Failure::io("follow", output, &error))?;
    if !target.is_file() {
        return Err(Failure::new(format!("{shown} isn't a file"))
            .help("name one; without `-o` the source goes to stdout"));
    }
    if !force {
        return Err(Failure::new(format!("{shown} is there already"))
            .help("`--force` replaces it; or write into another file"));
    }
    if read
        .iter()
        .any(|file| fs::canonicalize(file).is_ok_and(|file| file == target))
    {
        return Err(Failure::new(format!("{shown} is what is to be imported"))
            .help("write into another file"));
    }
    Ok(target)
}

pub fn options(source: &Source) -> Options {
    Options {
        optional: source.optional,
        all_versions: source.all_versions,
        core: source
            .core
            .as_ref()
            .and_then(|path| syn::Path::parse_mod_style.parse_str(path).ok()),
    }
}

/// Writes the source and reports warnings. `warnings` are of readable input, `failures` of unreadable input.
pub fn write(
    plan: &Plan,
    mut warnings: Vec<Warning>,
    failures: &[Failure],
    source: &Source,
    output: Option<&Path>,
    console: &Console,
) -> Result<Outcome, Failure> {
    warnings.extend(plan.warnings.iter().cloned());
    import::warning::sort(&mut warnings);
    for failure in failures {
        console.error(failure);
    }
    for warning in &warnings {
        console.warn(&warning.to_string());
    }
    if plan.events.is_empty() {
        return Err(Failure::new("nothing was imported"));
    }
    let remarks: Vec<_> = failures
        .iter()
        .flat_map(sentences)
        .chain(warnings.iter().map(ToString::to_string))
        .collect();
    let text = import::write(plan, &remarks, &options(source));
    let status = Status::of(failures.is_empty(), warnings.is_empty());
    let Some(output) = output else {
        return Ok(Outcome { text, status });
    };
    atomic::replace(output, text.as_bytes())?;
    console.progress(format!(
        "{} are in {}",
        summary(plan),
        source.output.as_deref().unwrap_or(output).display()
    ));
    Ok(Outcome {
        text: String::new(),
        status,
    })
}

/// `87 event types, 24 entity types and 0 enums`
fn summary(plan: &Plan) -> String {
    format!(
        "{}, {} and {}",
        pluralize(plan.events.len(), "event type"),
        pluralize(plan.entities.len(), "entity type"),
        pluralize(plan.choices.len(), "enum")
    )
}

fn sentences(failure: &Failure) -> Vec<String> {
    match failure {
        Failure::AlreadyReported => Vec::new(),
        Failure::Message { message, .. } => vec![message.clone()],
        Failure::Many(failures) => failures.iter().flat_map(sentences).collect(),
    }
}
