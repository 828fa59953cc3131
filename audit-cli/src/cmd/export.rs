//! `export`: writes the code's schemas into the folder; registered versions stay unchanged.

use super::Outcome;
use super::project::Project;
use crate::args::Export;
use crate::catalogue::{Catalogue, Entry};
use crate::console::Console;
use crate::coverage::Coverage;
use crate::discover;
use crate::failure::Failure;
use crate::finding::Finding;
use crate::finding::shared::fold;
use crate::location::of_source;
use crate::report::table::Table;
use crate::status::SchemaFolder;
use crate::status::files::are_exported;
use crate::status::lost::Lost;
use crate::status::spelling::Spellings;
use crate::status::state::{of_conflict, of_version};
use crate::status::version::{Match, State, Version, versions};
use crate::store::{Changes, Store};
use crate::text::counts;

/// State of versions that aren't written because of a conflicting one.
const CONFLICT: &str = "conflict";

/// Change to a version's files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Keep,
    /// Kept, with a finding.
    Report,
    Write,
    /// The schema stays, and its event schema is written.
    WriteEvent,
    Remove,
}

/// A version, its state for people, and what becomes of its files.
type Row<'a> = (&'a Version<'a>, &'static str, Step);

/// `None` for what is left alone without a word.
fn row<'a>(
    version: &'a Version<'a>,
    args: &Export,
    spellings: &Spellings<'_>,
    store: &Store,
) -> Option<Row<'a>> {
    let is_ours = |files| are_exported(&version.name(), files, store);
    let shares_folder = || spellings.other(version.action).is_some() && store.ignores_case();
    let (state, step) = match (version.state(), version.body, version.event) {
        (State::Retired, _, _) => return None,
        (State::Orphaned, _, _) if args.prune && version.files.is_some_and(is_ours) => {
            ("removed", Step::Remove)
        }
        (State::Orphaned, _, _) => ("orphaned", Step::Report),
        _ if version.breaks_registration() => ("changed", Step::Report),
        (_, Match::Absent, _) if shares_folder() => (CONFLICT, Step::Keep),
        (_, Match::Absent, _) => ("new", Step::Write),
        (_, Match::Differs, _) if args.update => ("changed", Step::Write),
        (_, Match::Differs, _) => ("changed", Step::Report),
        (_, Match::Same, Match::Same) => ("unchanged", Step::Keep),
        // As after `pull`.
        (_, Match::Same, Match::Absent) => ("unchanged", Step::WriteEvent),
        (_, Match::Same, Match::Differs) => ("changed", Step::WriteEvent),
    };
    Some((version, state, step))
}

pub fn run(args: &Export, console: &Console) -> Result<Outcome, Failure> {
    let project = Project::load(&args.selection, console)?;
    let Project { graph, build, .. } = &project;
    project.require_folder()?;
    let (artifacts, store) = discover::build(build, graph, console, || project.store())?;
    // Building may have taken long, and others write here, too.
    let (store, _lock) = store.locked(console)?;
    let found = artifacts.read(build, graph, console)?;
    let (coverage, of_lost) = Coverage::of_folder(&artifacts, &found, build, graph, &store)?;
    if args.prune {
        coverage.warn_of_pruning(&store, console);
    } else {
        coverage.mention(console);
    }
    let absent = Lost::of(&found.catalogue, &of_lost, &store);
    let versions = versions(&found.catalogue, &store, &coverage);
    let spellings = Spellings::of(&found.catalogue, &store);
    let rows: Vec<_> = versions
        .iter()
        .filter_map(|version| row(version, args, &spellings, &store))
        .collect();
    store.apply(
        &changes(&rows),
        committed_after(&store, &rows, &absent),
        console,
    )?;
    let folder = SchemaFolder {
        store: &store,
        workspace: graph.workspace_root(),
    };
    let mut list = findings(&rows, &found.catalogue, folder);
    list.extend(absent.findings(folder));
    list.extend(spellings.findings(&found.catalogue, folder));
    Outcome::report(
        &list,
        args.report.format,
        folder.workspace,
        &table(&rows, &found.catalogue),
        &summary(&rows, found.catalogue.conflicts.len()),
        console,
    )
}

fn changes<'a>(rows: &[Row<'a>]) -> Changes<'a> {
    let mut changes = Changes::default();
    for (version, _, step) in rows {
        match (step, version.entry) {
            (Step::Write, Some(entry)) => changes.version(&entry.event),
            (Step::WriteEvent, Some(entry)) => changes.event(&entry.event),
            (Step::Remove, _) => changes.remove(version.action, version.number),
            _ => {}
        }
    }
    changes
}

/// Versions in the new index: committed, new and lost ones.
fn committed_after<'a>(
    store: &'a Store,
    rows: &[Row<'a>],
    absent: &'a Lost,
) -> Vec<(&'a str, u32)> {
    let with = |step: Step| {
        rows.iter()
            .filter(move |(_, _, other)| *other == step)
            .map(|(version, ..)| (version.action, version.number))
    };
    let absent = absent
        .listed
        .iter()
        .map(|(action, version)| (action.as_str(), *version));
    store
        .committed()
        .filter(|name| !with(Step::Remove).any(|removed| removed == *name))
        .chain(with(Step::Write))
        .chain(absent)
        .collect()
}

fn table(rows: &[Row<'_>], catalogue: &Catalogue) -> String {
    let mut table = Table::new(&["state", "action", "version", "keys", "source"]);
    let mut row = |state: &str, action: &str, version: u32, entry: Option<&Entry>| {
        let keys = entry.map(|entry| entry.body.keys().to_string());
        let source = entry.map(|entry| of_source(&entry.event.source).to_string());
        table.row([
            state.into(),
            action.into(),
            version.to_string(),
            keys.unwrap_or_default(),
            source.unwrap_or_default(),
        ]);
    };
    for (version, state, _) in rows {
        row(state, version.action, version.number, version.entry);
    }
    for conflict in &catalogue.conflicts {
        row(CONFLICT, &conflict.action, conflict.version, None);
    }
    table.render()
}

/// Findings of versions that weren't written.
fn findings(rows: &[Row<'_>], catalogue: &Catalogue, folder: SchemaFolder<'_>) -> Vec<Finding> {
    let reported = rows.iter().filter(|(_, _, step)| *step == Step::Report);
    let reported = reported.flat_map(|(version, ..)| of_version(version, folder));
    let conflicts = catalogue.conflicts.iter().map(of_conflict);
    fold(&conflicts.chain(reported).collect::<Vec<_>>(), catalogue)
}

/// `15 new, 0 changed, 2 unchanged, 0 orphaned`
fn summary(rows: &[Row<'_>], conflicts: usize) -> String {
    let count = |name: &str| rows.iter().filter(|(_, state, _)| *state == name).count();
    counts(
        &["new", "changed", "unchanged", "orphaned"].map(|name| (count(name), name)),
        &[
            (count("removed"), "removed"),
            (conflicts + count(CONFLICT), "in conflict"),
        ],
    )
}
