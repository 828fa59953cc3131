//! `inspect`: the schemas inside any file, without building. A file that holds none is reported, and the others are read.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{Outcome, Status};
use crate::args::Format;
use crate::catalogue::Entry;
use crate::console::Console;
use crate::discover::sections;
use crate::failure::Failure;
use crate::report::json;
use crate::report::table::Table;

/// As many hexadecimal digits as people compare.
const SHORT_HASH: usize = 12;

pub fn run(files: &[PathBuf], format: Format, console: &Console) -> Result<Outcome, Failure> {
    let (mut found, mut status) = (Vec::new(), Status::Fine);
    for file in files {
        match read(file) {
            Ok(entries) => found.push((file, entries)),
            Err(failure) => {
                console.error(&failure);
                status = Status::Incomplete;
            }
        }
    }
    let text = match format {
        Format::Text => found.iter().map(|(file, entries)| text(file, entries, files.len() > 1)).collect::<Vec<_>>().join("\n"),
        Format::Json => {
            let items = found.iter().flat_map(|(file, entries)| entries.iter().map(|entry| Item::new(file, entry)));
            json::array(&items.collect::<Vec<_>>())?
        }
    };
    Ok(Outcome { text, status })
}

fn read(file: &Path) -> Result<Vec<Entry>, Failure> {
    let events = sections::read(file).map_err(|problem| problem.into_failure(file))?;
    events.into_iter().map(|event| Entry::new(event).map_err(|problem| Failure::at(file, problem))).collect()
}

fn text(file: &Path, entries: &[Entry], one_of_several: bool) -> String {
    let mut table = Table::new(&["action", "version", "sha256", "package", "type"]);
    for Entry { event, sha256, .. } in entries {
        let sha256 = sha256.get(..SHORT_HASH).unwrap_or(sha256).to_owned();
        let package = format!("{} {}", event.package, event.package_version);
        table.row(vec![event.action.clone(), event.version.to_string(), sha256, package, event.rust_name.clone()]);
    }
    let heading = if one_of_several { format!("{}:\n", file.display()) } else { String::new() };
    heading + &table.render()
}

/// What programs get of an event type in a file.
#[derive(Serialize)]
struct Item<'a> {
    artifact: String,
    action: &'a str,
    version: u32,
    sha256: &'a str,
    keys: usize,
    package: &'a str,
    package_version: &'a str,
    #[serde(rename = "type")]
    rust_name: &'a str,
    file: &'a str,
    line: u32,
}

impl<'a> Item<'a> {
    fn new(artifact: &Path, entry: &'a Entry) -> Self {
        let Entry { event, body, sha256 } = entry;
        Self {
            artifact: artifact.display().to_string(),
            action: &event.action,
            version: event.version,
            sha256,
            keys: body.keys(),
            package: &event.package,
            package_version: &event.package_version,
            rust_name: &event.rust_name,
            file: &event.source.file,
            line: event.source.line,
        }
    }
}
