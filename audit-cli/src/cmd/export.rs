//! `export`: writes the code's schemas into the folder; registered versions stay unchanged.

use super::Outcome;
use super::project::Project;
use crate::args::Export;
use crate::catalogue::{Catalogue, Conflict, Entry};
use crate::console::Console;
use crate::coverage::Coverage;
use crate::discover;
use crate::failure::Failure;
use crate::finding::Finding;
use crate::finding::shared::fold;
use crate::location::source;
use crate::report::table::Table;
use crate::status::SchemaFolder;
use crate::status::files::are_exported;
use crate::status::lost::Lost;
use crate::status::spelling::Spellings;
use crate::status::state::{of_conflict, of_version};
use crate::status::version::{Match, State, Version, versions};
use crate::store::{Changes, Store};

/// State of versions that aren't written because of a conflicting one.
const CONFLICT: &str = "conflict";

/// Change to a version's files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    New,
    /// The committed body is rewritten.
    Update,
    /// The committed body would have to be rewritten, and isn't.
    Refuse,
    /// Another action would share its folder where case isn't told apart.
    Clash,
    Keep,
    /// The schema stays, and its event schema is written for the first time, as after `pull`.
    Describe,
    /// The schema stays, and its event schema is rewritten.
    Redescribe,
    Orphan,
    Remove,
}

impl Step {
    /// `None` for what is left alone without a word.
    fn of(
        version: &Version<'_>,
        args: &Export,
        spellings: &Spellings<'_>,
        store: &Store,
    ) -> Option<Self> {
        Some(match (version.state(), version.body, version.event) {
            (State::Retired, _, _) => return None,
            (State::Orphaned, _, _) => {
                let name = (version.action.to_owned(), version.number);
                let is_ours = || {
                    store
                        .versions
                        .get(&name)
                        .is_some_and(|files| are_exported(&name, files, store))
                };
                if args.prune && is_ours() {
                    Self::Remove
                } else {
                    Self::Orphan
                }
            }
            _ if version.breaks_registration() => Self::Refuse,
            (_, Match::Absent, _) => {
                if spellings.other(version.action).is_some() && store.ignores_case() {
                    Self::Clash
                } else {
                    Self::New
                }
            }
            (_, Match::Differs, _) => {
                if args.update {
                    Self::Update
                } else {
                    Self::Refuse
                }
            }
            (_, Match::Same, Match::Same) => Self::Keep,
            (_, Match::Same, Match::Absent) => Self::Describe,
            (_, Match::Same, Match::Differs) => Self::Redescribe,
        })
    }

    fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Update | Self::Refuse | Self::Redescribe => "changed",
            Self::Clash => CONFLICT,
            Self::Keep | Self::Describe => "unchanged",
            Self::Orphan => "orphaned",
            Self::Remove => "removed",
        }
    }

    fn add<'a>(self, version: &Version<'a>, changes: &mut Changes<'a>) {
        match (self, version.entry) {
            (Self::New | Self::Update, Some(entry)) => changes.version(&entry.event),
            (Self::Describe | Self::Redescribe, Some(entry)) => changes.event(&entry.event),
            (Self::Remove, _) => changes.remove(version.action, version.number),
            _ => {}
        }
    }
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
    let step = |version: &'_ Version<'_>| Step::of(version, args, &spellings, &store);
    let steps: Vec<_> = versions
        .iter()
        .filter_map(|version| Some((version, step(version)?)))
        .collect();
    let mut changes = Changes::default();
    for (version, step) in &steps {
        step.add(version, &mut changes);
    }
    store.apply(&changes, committed_after(&store, &steps, &absent), console)?;
    let folder = SchemaFolder {
        store: &store,
        workspace: graph.workspace_root(),
        leaves_out: project.config.builds.leaves_out(),
    };
    let mut list = findings(&steps, &found.catalogue, folder);
    list.extend(absent.findings(folder));
    list.extend(spellings.findings(&found.catalogue, folder));
    let table = table(&steps, &found.catalogue.conflicts);
    let summary = summary(&steps, found.catalogue.conflicts.len());
    Outcome::report(
        &list,
        args.report.format,
        folder.workspace,
        (Some(table), &summary),
        console,
    )
}

/// Versions in the new index: committed, new and lost ones.
fn committed_after<'a>(
    store: &'a Store,
    steps: &[(&'a Version<'_>, Step)],
    absent: &'a Lost,
) -> Vec<(&'a str, u32)> {
    let removed = |name: &(&str, u32)| {
        steps.iter().any(|(version, step)| {
            *step == Step::Remove && (version.action, version.number) == *name
        })
    };
    let new = steps
        .iter()
        .filter(|(_, step)| *step == Step::New)
        .map(|(version, _)| (version.action, version.number));
    let absent = absent
        .listed
        .iter()
        .map(|(action, version)| (action.as_str(), *version));
    store
        .committed()
        .filter(|name| !removed(name))
        .chain(new)
        .chain(absent)
        .collect()
}

fn table(steps: &[(&Version<'_>, Step)], conflicts: &[Conflict]) -> String {
    let mut table = Table::new(&["state", "action", "version", "keys", "source"]);
    for (version, step) in steps {
        table.row(row(
            step.name(),
            version.action,
            version.number,
            version.entry,
        ));
    }
    for Conflict {
        action, version, ..
    } in conflicts
    {
        table.row(row(CONFLICT, action, *version, None));
    }
    table.render()
}

/// Findings of versions that weren't written.
fn findings(
    steps: &[(&Version<'_>, Step)],
    catalogue: &Catalogue,
    folder: SchemaFolder<'_>,
) -> Vec<Finding> {
    let reported = steps
        .iter()
        .filter(|(_, step)| matches!(step, Step::Refuse | Step::Orphan));
    let reported = reported.flat_map(|(version, _)| of_version(version, folder));
    fold(
        &catalogue
            .conflicts
            .iter()
            .map(of_conflict)
            .chain(reported)
            .collect::<Vec<_>>(),
        catalogue,
    )
}

fn row(state: &str, action: &str, version: u32, entry: Option<&Entry>) -> Vec<String> {
    let keys = entry
        .map(|entry| entry.body.keys().to_string())
        .unwrap_or_default();
    let source = entry
        .map(|entry| source(&entry.event.source))
        .unwrap_or_default();
    vec![
        state.into(),
        action.into(),
        version.to_string(),
        keys,
        source,
    ]
}

/// `15 new, 0 changed, 2 unchanged, 0 orphaned`
fn summary(steps: &[(&Version<'_>, Step)], conflicts: usize) -> String {
    let count = |name: &str| steps.iter().filter(|(_, step)| step.name() == name).count();
    let mut parts: Vec<_> = ["new", "changed", "unchanged", "orphaned"]
        .map(|name| format!("{} {name}", count(name)))
        .into();
    let rare = [
        (count("removed"), "removed"),
        (conflicts + count(CONFLICT), "in conflict"),
    ];
    parts.extend(
        rare.into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, name)| format!("{count} {name}")),
    );
    parts.join(", ")
}
