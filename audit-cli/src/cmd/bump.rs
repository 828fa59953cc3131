//! `bump`: raises the version, in the source, of every registered event whose schema changed.

use std::collections::BTreeSet;

use super::project::{Built, Project};
use super::{Outcome, joined, no_such_action};
use crate::args::Bump;
use crate::bump::edit::{self, apply};
use crate::bump::{Raise, plan};
use crate::console::Console;
use crate::coverage::{Coverage, in_source};
use crate::discover::Discovery;
use crate::failure::Failure;
use crate::finding::sort;
use crate::location::slashes;
use crate::report::findings;
use crate::report::table::Table;
use crate::status::state::of_conflict;
use crate::status::version::{Match, State, Version, versions};
use crate::store::Store;
use crate::text::{named, pluralize};

pub fn run(args: &Bump, console: &Console) -> Result<Outcome, Failure> {
    let (actions, dry) = (args.actions.as_slice(), args.dry_run);
    let project = Project::load(&args.selection, console)?;
    let graph = &project.graph;
    project.require_folder()?;
    let Built {
        found,
        store,
        coverage,
        ..
    } = project.build(console)?;
    let declared = || {
        found
            .declared
            .iter()
            .map(|declared| declared.action.as_str())
    };
    if let Some(unknown) = actions
        .iter()
        .find(|action| !declared().any(|known| known == *action))
    {
        return Err(coverage
            .missing(unknown)
            .unwrap_or_else(|| no_such_action(unknown, declared())));
    }
    coverage.mention_of(
        |action| actions.is_empty() || actions.iter().any(|asked| asked == action),
        console,
    );
    for conflict in &found.catalogue.conflicts {
        console.warn(&of_conflict(conflict).message);
    }
    let raises = plan(&found.declared, &store, &BTreeSet::new(), actions);
    let taken = in_source(
        raises.iter().flat_map(Raise::candidates),
        &found,
        graph,
        &store,
    );
    let raises = plan(&found.declared, &store, &taken, actions);
    for action in actions
        .iter()
        .filter(|action| !raises.iter().any(|raise| raise.is_of(action)))
    {
        console.progress(format_args!(
            "{action} unchanged: no registered version differs"
        ));
    }
    mention_others(actions, &found, &store, console);
    let mut result = apply(&raises, graph, dry);
    sort(&mut result.findings);
    for (declared, line) in &result.left {
        let (action, version, file) = (&declared.action, declared.version, slashes(&declared.file));
        console.warn(&format!(
            "{action} version {version} is also declared at {file}:{line}, which isn't in this build: not changed"
        ));
    }
    mention_older(&result, console);
    Ok(outcome(&result, actions, coverage.is_complete(), dry))
}

/// Says which changed schemas have another way out.
fn mention_others(actions: &[String], found: &Discovery, store: &Store, console: &Console) {
    let mut versions = versions(&found.catalogue, store, &Coverage::partial());
    versions.retain(|version| {
        actions.is_empty() || actions.iter().any(|action| action == version.action)
    });
    let stale = |version: &&Version<'_>| {
        version.state() == State::Committed && version.body == Match::Differs
    };
    let edited =
        |version: &&Version<'_>| version.breaks_registration() && version.differs_in.is_empty();
    if let Some(names) = names(versions.iter().filter(stale)) {
        console.progress(format_args!(
            "changed but not registered, use `cargo audit-schema export --update`: {names}"
        ));
    }
    if let Some(names) = names(versions.iter().filter(edited)) {
        console.progress(format_args!(
            "the code matches the registration but the file was edited, restore it from version control: {names}"
        ));
    }
}

/// Says where several versions of one action were raised together: an older one was kept to be emitted as it was, and it isn't that any more.
fn mention_older(result: &edit::Outcome<'_>, console: &Console) {
    for (older, newer) in result.raised.iter().zip(result.raised.iter().skip(1)) {
        if older.declared.action == newer.declared.action
            && older.declared.version < newer.declared.version
        {
            console.warn(&format!(
                "{} version {} was bumped, too: a type that it shares with version {} changed. Delete its event type if unused; to keep \
                 emitting version {}, restore that number and give it types of its own",
                older.declared.action, older.declared.version, newer.declared.version, older.declared.version
            ));
        }
    }
}

/// `user.signed_in version 1, team.created version 2 and 3 more`
fn names<'v>(versions: impl Iterator<Item = &'v Version<'v>>) -> Option<String> {
    let names: Vec<_> = versions
        .map(|version| format!("{} version {}", version.action, version.number))
        .collect();
    (!names.is_empty()).then(|| named(&names))
}

/// `all` tells whether this build declares all that any configuration does.
fn outcome(result: &edit::Outcome<'_>, actions: &[String], all: bool, dry: bool) -> Outcome {
    let mut table = Table::new(&["action", "version", "source"]);
    for raised in &result.raised {
        let edit::Raised { declared, to, line } = raised;
        let source = format!("{}:{line}", slashes(&declared.file));
        table.row(vec![
            declared.action.clone(),
            format!("{} → {to}", declared.version),
            source,
        ]);
    }
    let text = [
        table.render(),
        findings::text(&result.findings),
        summary(result, actions, all, dry),
    ];
    Outcome::with_findings(joined(text), result.findings.len())
}

/// `40 versions raised in 3 files: …`
fn summary(result: &edit::Outcome<'_>, actions: &[String], all: bool, dry: bool) -> String {
    match (result.raised.len(), result.findings.len()) {
        (0, 0) if !actions.is_empty() => format!("nothing to bump in {}\n", actions.join(", ")),
        (0, 0) if !all => {
            "nothing to bump: all registered schemas of this build match the code\n".into()
        }
        (0, 0) => "nothing to bump: all registered schemas match the code\n".into(),
        (0, failed) => format!(
            "nothing bumped, {} to bump by hand\n",
            pluralize(failed, "version")
        ),
        (raised, failed) => {
            let done = format!(
                "{} {} in {}",
                pluralize(raised, "version"),
                if dry { "to bump" } else { "bumped" },
                pluralize(result.files, "file")
            );
            let by_hand = if failed == 0 {
                String::new()
            } else {
                format!(", {failed} to bump by hand")
            };
            let next = if dry {
                "nothing was written"
            } else {
                "`cargo audit-schema export` writes the new schemas"
            };
            format!("{done}{by_hand}: {next}\n")
        }
    }
}
