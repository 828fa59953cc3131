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
use crate::finding::{Finding, code};
use crate::report::json::Declaration;
use crate::report::table::Table;
use crate::report::{self, findings};
use crate::status::version::Match;
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
    let in_text = || {
        let tables = text(&items, files.len() > 1);
        if folder.is_none() {
            return tables;
        }
        let (all, same) = (items.len(), items.len() - list.len());
        let findings = findings::text(&list);
        format!("{tables}\n{findings}{same} of {all} as in the folder\n")
    };
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
}

/// An event type in a file, as JSON.
#[derive(Serialize)]
struct Item<'a> {
    artifact: String,
    action: &'a str,
    version: u32,
    #[serde(flatten)]
    declaration: Declaration<'a>,
    /// With `--against`.
    folder: Option<Match>,
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
        let mut item = Self {
            artifact: artifact.display().to_string(),
            action: &event.action,
            version: event.version,
            declaration: Declaration::of(entry),
            folder: None,
            registered_in: Vec::new(),
            changes: Vec::new(),
            entry,
        };
        let Some(Folder { store, schemas }) = folder else {
            return item;
        };
        item.folder = Some(match schemas.get(&(event.action.clone(), event.version)) {
            None => Match::Absent,
            Some(known) if known.sha256 == *sha256 => Match::Same,
            Some(known) => {
                item.changes = diff::bodies(&known.body, body);
                diff::locate(&mut item.changes, event);
                Match::Differs
            }
        });
        // With exactly this body.
        let registered = store.registered(item.action, item.version);
        let registered = registered.filter(|(_, known)| known.eq_ignore_ascii_case(sha256));
        item.registered_in = registered.map(|(environment, _)| environment).collect();
        item
    }

    fn finding(&self, against: Option<&Path>) -> Option<Finding> {
        let folder = against?.display();
        let (code, what) = match self.folder? {
            Match::Same => return None,
            Match::Differs => (
                code::DIFFERS,
                format!("with another schema than {folder} holds"),
            ),
            Match::Absent => (code::NOT_IN_FOLDER, format!("which {folder} doesn't hold")),
        };
        let message = format!(
            "{} emits {} version {}, {what}",
            self.artifact, self.action, self.version
        );
        let help = "compare with the folder of the commit that the artifact was built from, or build and export anew";
        Some(Finding {
            changes: self.changes.clone(),
            ..Finding::new(code, message, help).of_type(&self.entry.event)
        })
    }
}

fn text(items: &[Item<'_>], several: bool) -> String {
    let tables = items.chunk_by(|a, b| a.artifact == b.artifact);
    let tables = tables.map(|items| {
        let table = table(items);
        if several {
            format!("{}:\n{table}", items[0].artifact)
        } else {
            table
        }
    });
    tables.collect::<Vec<_>>().join("\n")
}

fn table(items: &[Item<'_>]) -> String {
    let mut heading = vec!["action", "version", "sha256", "package", "type"];
    if items.iter().any(|item| item.folder.is_some()) {
        heading.extend(["folder", "registered in"]);
    }
    let mut table = Table::new(&heading);
    for item in items {
        let Entry { event, sha256, .. } = item.entry;
        let mut row = vec![
            event.action.clone(),
            event.version.to_string(),
            sha256.chars().take(SHORT_HASH).collect(),
            format!("{} {}", event.package, event.package_version),
            event.rust_name.clone(),
        ];
        if let Some(comparison) = item.folder {
            let comparison = match comparison {
                Match::Same => "same",
                Match::Differs => "differs",
                Match::Absent => "not there",
            };
            row.extend([comparison.to_owned(), item.registered_in.join(", ")]);
        }
        table.row(row);
    }
    table.render()
}
