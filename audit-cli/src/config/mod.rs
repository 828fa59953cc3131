//! `audit.toml`: marks the folder and holds its settings.

mod builds;
mod environments;
mod lints;
mod waivers;

use std::io::ErrorKind;
use std::path::Path;

use crate::atomic::{SUFFIX, replace};
use crate::body::read::bytes_of;
use crate::diff::evolution::{Evolution, VALUES};
use crate::failure::Failure;
use crate::json::Position;
use crate::lint::Active;
use crate::lint::waiver::Waiver;
use crate::names::Environment;
use crate::store::{CONFIG, Store};
use crate::toml_reader::{self, Problem, Table};
pub use builds::{Builds, Written};

/// Text of a new file.
const TEXT: &str = "\
# Marks the folder that holds the audit-log schemas. Builds compare the code with them,
# `cargo audit-schema export` writes them.

# Where they are registered, and the environment variable that holds the key:
# [environments.production]
# api-key-env = \"WORKOS_API_KEY\"
";

/// No settings need more.
const MAX_BYTES: u64 = 1 << 20;

/// Maximum number of reported problems.
const MAX_PROBLEMS: usize = 20;

/// Settings of `audit.toml`.
#[derive(Debug, Default)]
pub struct Config {
    pub evolution: Evolution,
    /// Lints that aren't `allow`.
    pub lints: Vec<Active>,
    pub waivers: Vec<Waiver>,
    /// Where schemas are registered, in the order of the file.
    pub environments: Vec<Environment>,
    pub builds: Builds,
}

/// Creates the folder and marks it. Returns whether it wasn't marked before.
pub fn create(root: &Path) -> Result<bool, Failure> {
    let path = root.join(CONFIG);
    if path.exists() {
        return Ok(false);
    }
    // An interrupted command leaves temporary files.
    let ignored = root.join(".gitignore");
    if !ignored.exists() {
        replace(&ignored, format!("*{SUFFIX}\n").as_bytes())?;
    }
    replace(&path, TEXT.as_bytes()).map(|()| true)
}

/// Reads the folder and its settings, which must be there.
pub fn store(root: &Path) -> Result<Store, Failure> {
    Store::open(root, read(&root.join(CONFIG))?.environments)
}

/// Reads the file, which must be there and in order.
pub fn read(path: &Path) -> Result<Config, Failure> {
    let text = text(path)?;
    Config::parse(&text).map_err(|problems| {
        let failures = problems.into_iter().map(|problem| {
            let Position { line, column } = Position::of(&text, problem.at);
            Failure::new(format!(
                "{}:{line}:{column}: {}",
                path.display(),
                problem.message
            ))
            .help(problem.help)
        });
        Failure::all(failures.collect())
    })
}

fn text(path: &Path) -> Result<String, Failure> {
    let bytes = bytes_of(path, MAX_BYTES).map_err(|error| match error.kind() {
        ErrorKind::NotFound => Failure::new(format!("no {} there", path.display()))
            .help("run `cargo audit-schema init` to make it"),
        ErrorKind::FileTooLarge => Failure::at(path, "larger than 1 MiB"),
        _ => Failure::io("read", path, &error),
    })?;
    String::from_utf8(bytes).map_err(|_| Failure::at(path, "not UTF-8 text"))
}

impl Config {
    /// Parses the text, or returns its problems in order.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        let table = toml_reader::parse(text).map_err(|problem| vec![problem])?;
        let mut problems = Vec::new();
        let config = Self::take(&mut Table::root(&table), text, &mut problems);
        if problems.is_empty() {
            return Ok(config);
        }
        problems.sort_by_key(|problem| problem.at);
        problems.truncate(MAX_PROBLEMS);
        Err(problems)
    }

    fn take(root: &mut Table<'_>, text: &str, problems: &mut Vec<Problem>) -> Self {
        let evolution = root.read("evolution", problems, |value| value.one_of(&VALUES));
        let lints = root
            .take("lints")
            .map(|value| lints::read(&value, problems));
        let waivers = root
            .take("waivers")
            .map(|value| waivers::read(&value, text, problems));
        let environments = root
            .take("environments")
            .map(|value| environments::read(&value, problems));
        let builds = builds::read(root, text, problems);
        root.finish("setting", problems);
        Self {
            builds,
            evolution: evolution.unwrap_or_default(),
            lints: lints.unwrap_or_default(),
            waivers: waivers.unwrap_or_default(),
            environments: environments.unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests;
