//! `inspect`: the schemas inside any file, without building, and how they compare with a folder. A file that holds none is reported, and the
//! others are read.

use std::path::Path;

use serde::Serialize;

use super::{Outcome, Status};
use crate::args::Inspect;
use crate::baseline;
use crate::catalogue::Entry;
use crate::console::Console;
use crate::diff::versions::Snapshot;
use crate::diff::{self, Change};
use crate::discover::events_in;
use crate::failure::Failure;
use crate::finding::{Code, Finding, code};
use crate::location::of_source;
use crate::report::table::Table;
use crate::report::{self, findings};
use crate::store::Store;

/// Number of hexadecimal digits in a table.
const SHORT_HASH: usize = 12;

pub fn run(args: &Inspect, console: &Console) -> Result<Outcome, Failure> {
    let (files, against) = (&args.files, args.against.as_deref());
    let folder = against.map(Folder::read).transpose()?;
    let (mut found, mut complete) = (Vec::new(), true);
    for file in files {
        match events_in(file) {
            Ok(entries) => found.push((file.as_path(), entries)),
            Err(failure) => {
                console.error(&failure);
                complete = false;
            }
        }
    }
    let items: Vec<_> = found
        .iter()
        .flat_map(|(file, entries)| entries.iter().map(|entry| (*file, entry)))
        .map(|(file, entry)| Item::new(file, entry, folder.as_ref()))
        .collect();
    let list: Vec<_> = items
        .iter()
        .filter_map(|item| item.finding(against))
        .collect();
    let in_text = || text(&items, files.len() > 1) + &compared(&items, &list, folder.is_some());
    let text = report::render(args.output.format, Path::new("."), in_text, &items, &list)?;
    let status = Status::of(complete, list.is_empty());
    Ok(Outcome { text, status })
}

/// The folder to compare artifacts with.
struct Folder {
    store: Store,
    schemas: Snapshot,
}

impl Folder {
    fn read(root: &Path) -> Result<Self, Failure> {
        let store = Store::open(root, Vec::new())?;
        let schemas = baseline::folder(&store)?;
        if schemas.is_empty() {
            return Err(Failure::new(format!("{} holds no schemas", root.display()))
                .help("name the folder that holds <action>/v<N>.json, usually `schemas`"));
        }
        Ok(Self { store, schemas })
    }

    /// The environments that have exactly this body under its name.
    fn environments(&self, entry: &Entry) -> Vec<&str> {
        let registered = self
            .store
            .registered(&entry.event.action, entry.event.version);
        registered
            .filter(|(_, sha256)| sha256.eq_ignore_ascii_case(&entry.sha256))
            .map(|(environment, _)| environment)
            .collect()
    }
}

/// Result of comparing an event type with the folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Comparison {
    Same,
    Differs,
    NotInFolder,
}

impl Comparison {
    fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Differs => "differs",
            Self::NotInFolder => "not there",
        }
    }
}

/// An event type in a file, as JSON.
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
    /// With `--against`.
    folder: Option<Comparison>,
    registered_in: Vec<&'a str>,
    changes: Vec<Change>,
    #[serde(skip)]
    entry: &'a Entry,
}

impl<'a> Item<'a> {
    fn new(artifact: &Path, entry: &'a Entry, folder: Option<&'a Folder>) -> Self {
        let Entry {
            event,
            body,
            sha256,
        } = entry;
        let known = folder.map(|folder| folder.schemas.get(&(event.action.clone(), event.version)));
        let changes = known
            .flatten()
            .map(|known| diff::bodies(&known.body, body))
            .map(|mut changes| {
                diff::locate(&mut changes, event);
                changes
            });
        let comparison = known.map(|known| match known {
            Some(known) if known.sha256 == *sha256 => Comparison::Same,
            Some(_) => Comparison::Differs,
            None => Comparison::NotInFolder,
        });
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
            folder: comparison,
            registered_in: folder
                .map(|folder| folder.environments(entry))
                .unwrap_or_default(),
            changes: changes.unwrap_or_default(),
            entry,
        }
    }

    fn finding(&self, against: Option<&Path>) -> Option<Finding> {
        let folder = against?.display();
        let (code, what): (Code, _) = match self.folder? {
            Comparison::Same => return None,
            Comparison::Differs => (
                code::DIFFERS,
                format!("with another schema than {folder} holds"),
            ),
            Comparison::NotInFolder => {
                (code::NOT_IN_FOLDER, format!("which {folder} doesn't hold"))
            }
        };
        let message = format!(
            "{} emits {} version {}, {what}",
            self.artifact, self.action, self.version
        );
        let help = "compare with the folder of the commit that the artifact was built from, or build and export anew";
        Some(Finding {
            package: Some(self.package.into()),
            changes: self.changes.clone(),
            ..Finding::new(code, message, help)
                .about(self.action, self.version)
                .at(of_source(&self.entry.event.source))
        })
    }
}

fn text(items: &[Item<'_>], several: bool) -> String {
    let tables = items
        .chunk_by(|a, b| a.artifact == b.artifact)
        .map(|items| {
            let heading = items
                .first()
                .filter(|_| several)
                .map(|item| format!("{}:\n", item.artifact))
                .unwrap_or_default();
            heading + &table(items)
        });
    tables.collect::<Vec<_>>().join("\n")
}

fn table(items: &[Item<'_>]) -> String {
    let compared = items.iter().any(|item| item.folder.is_some());
    let mut heading = vec!["action", "version", "sha256", "package", "type"];
    heading.extend(
        compared
            .then_some(["folder", "registered in"])
            .into_iter()
            .flatten(),
    );
    let mut table = Table::new(&heading);
    for item in items {
        let sha256 = item
            .sha256
            .get(..SHORT_HASH)
            .unwrap_or(item.sha256)
            .to_owned();
        let package = format!("{} {}", item.package, item.package_version);
        let mut row = vec![
            item.action.to_owned(),
            item.version.to_string(),
            sha256,
            package,
            item.rust_name.to_owned(),
        ];
        if let Some(comparison) = item.folder {
            row.extend([comparison.name().to_owned(), item.registered_in.join(", ")]);
        }
        table.row(row);
    }
    table.render()
}

/// Findings and summary below the tables.
fn compared(items: &[Item<'_>], list: &[Finding], compared: bool) -> String {
    if !compared {
        return String::new();
    }
    let same = items.len() - list.len();
    format!(
        "\n{}{same} of {} as in the folder\n",
        findings::text(list),
        items.len()
    )
}
