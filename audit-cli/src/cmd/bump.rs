//! `bump`: raises the version, in the source, of every registered event whose schema changed.

use std::collections::BTreeSet;

use super::project::{Built, Project};
use super::{Outcome, below, unknown};
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
    let declared = found.declared.iter();
    let declared = declared.map(|declared| (declared.action.as_str(), declared.version));
    for action in actions {
        if !declared.clone().any(|(known, _)| known == action) {
            return Err(coverage
                .missing(action)
                .unwrap_or_else(|| unknown(action, None, declared, "no code declares")));
        }
    }
    let is_meant = |action: &str| actions.is_empty() || actions.iter().any(|own| own == action);
    coverage.mention_of(is_meant, console);
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
    let is_raised = |action: &str| raises.iter().any(|raise| raise.declared.action == action);
    for action in actions.iter().filter(|action| !is_raised(action)) {
        console.progress(format_args!(
            "{action} unchanged: no registered version differs"
        ));
    }
    mention_others(is_meant, &found, &store, console);
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
fn mention_others(
    is_meant: impl Fn(&str) -> bool,
    found: &Discovery,
    store: &Store,
    console: &Console,
) {
    let versions = versions(&found.catalogue, store, &Coverage::partial());
    let mention = |what: &str, is_one: fn(&Version<'_>) -> bool| {
        let those = versions
            .iter()
            .filter(|version| is_meant(version.action) && is_one(version));
        let names = those.map(|version| format!("{} version {}", version.action, version.number));
        let names: Vec<_> = names.collect();
        if !names.is_empty() {
            console.progress(format_args!("{what}: {}", named(&names)));
        }
    };
    mention(
        "changed but not registered, use `cargo audit-schema export --update`",
        |version| version.state() == State::Committed && version.body == Match::Differs,
    );
    mention(
        "the code matches the registration but the file was edited, restore it from version control",
        |version| version.breaks_registration() && version.differs_in.is_empty(),
    );
}

/// Says where several versions of one action were raised together: an older one was kept to be emitted as it was, and it isn't that any more.
fn mention_older(result: &edit::Outcome<'_>, console: &Console) {
    for pair in result.raised.windows(2) {
        let [older, newer] = [&pair[0].declared, &pair[1].declared];
        let (action, version) = (&older.action, older.version);
        if *action == newer.action && version < newer.version {
            console.warn(&format!(
                "{action} version {version} was bumped, too: a type that it shares with version {} changed. Delete its event type if unused; \
                 to keep emitting version {version}, restore that number and give it types of its own",
                newer.version
            ));
        }
    }
}

/// `all` tells whether this build declares all that any configuration does.
fn outcome(result: &edit::Outcome<'_>, actions: &[String], all: bool, dry: bool) -> Outcome {
    let mut table = Table::new(&["action", "version", "source"]);
    for raised in &result.raised {
        let edit::Raised { declared, to, line } = raised;
        table.row([
            declared.action.clone(),
            format!("{} → {to}", declared.version),
            format!("{}:{line}", slashes(&declared.file)),
        ]);
    }
    let findings = findings::text(&result.findings);
    let summary = summary(result, actions, all, dry);
    let text = below(&table.render(), &findings, &summary);
    Outcome::with_findings(text, result.findings.len())
}

/// `40 versions bumped in 3 files: …`
fn summary(result: &edit::Outcome<'_>, actions: &[String], all: bool, dry: bool) -> String {
    let (raised, failed) = (result.raised.len(), result.findings.len());
    if (raised, failed) == (0, 0) {
        let of_build = if all { "" } else { " of this build" };
        return if actions.is_empty() {
            format!("nothing to bump: all registered schemas{of_build} match the code")
        } else {
            format!("nothing to bump in {}", actions.join(", "))
        };
    }
    let by_hand = match failed {
        0 => String::new(),
        failed => format!(", {failed} to bump by hand"),
    };
    if raised == 0 {
        return format!("nothing bumped{by_hand}");
    }
    let (versions, files) = (
        pluralize(raised, "version"),
        pluralize(result.files, "file"),
    );
    let (done, next) = if dry {
        ("to bump", "nothing was written")
    } else {
        (
            "bumped",
            "`cargo audit-schema export` writes the new schemas",
        )
    };
    format!("{versions} {done} in {files}{by_hand}: {next}")
}
