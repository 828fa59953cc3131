//! `diff`: what changed between two of code, folder, git revision and environment. Writes nothing, and builds only where the code is asked for.

use std::path::Path;

use super::project::Project;
use super::{Outcome, no_folder, without_cargo};
use crate::args::{Diff, Side};
use crate::baseline;
use crate::config;
use crate::console::Console;
use crate::coverage::Coverage;
use crate::diff::Class;
use crate::diff::versions::Snapshot;
use crate::diff::versions::{Difference, Status, compare};
use crate::discover::{self, Discovery};
use crate::failure::Failure;
use crate::finding::{Finding, Level, code};
use crate::location::from;
use crate::report::{self, differences};
use crate::status::state::of_conflict;
use crate::store::{Name, Store, parent_dir};
use crate::text::printable;
use crate::text::{named, pluralize};

pub fn run(args: &Diff, console: &Console) -> Result<Outcome, Failure> {
    let Diff {
        old,
        new,
        selection,
        output,
    } = args;
    let asks_code = [old, new].contains(&&Side::Code);
    let project = if asks_code {
        Some(Project::load(selection, console)?)
    } else {
        None
    };
    let root = match &project {
        Some(project) => project.root.clone(),
        None if [old, new].iter().all(|side| matches!(side, Side::Path(_))) => None,
        // Without a build cargo isn't asked where the folder is.
        None => without_cargo(&selection.build.manifest, &selection.folder)?,
    };
    let store = root.as_deref().map(config::store).transpose()?;
    let mut sides = Sides {
        project: project.as_ref(),
        store,
        found: None,
        console,
    };
    let (before, after) = (sides.read(old)?, sides.read(new)?);
    let mut list = compare(&before, &after);
    sides.leave_out_unseen(&mut list, before.keys().chain(after.keys()))?;
    if asks_code {
        sides.leave_out_retired(&mut list);
    }
    let workspace = match (&project, &root) {
        (Some(project), _) => project.graph.workspace_root(),
        (None, Some(root)) => parent_dir(root),
        (None, None) => Path::new(""),
    };
    name_files(&mut list, workspace);
    let text = || {
        if list.is_empty() {
            let schemas = pluralize(after.len(), "schema");
            return printable(&format!("{old} and {new} hold the same {schemas}")) + "\n";
        }
        differences::text(&list) + &differences::count(&list)
    };
    let findings: Vec<_> = list.iter().map(finding).collect();
    let text = report::render(output.format, workspace, text, &list, &findings)?;
    Ok(Outcome::with_findings(text, list.len()))
}

/// Reads the sides.
struct Sides<'a> {
    /// Where the code is asked for.
    project: Option<&'a Project>,
    /// The project's folder, where a side needs it.
    store: Option<Store>,
    /// Event types of the code, and whether every package of the folder was built.
    found: Option<(Discovery, bool)>,
    console: &'a Console,
}

impl Sides<'_> {
    fn read(&mut self, side: &Side) -> Result<Snapshot, Failure> {
        match side {
            Side::Code => self.code(),
            Side::Folder => baseline::folder(self.store()?),
            Side::Path(path) => baseline::folder(&Store::open(path, Vec::new())?),
            Side::Git(revision) => baseline::revision(self.store()?, revision),
            Side::Environment(name) => baseline::environment(self.store()?, name),
        }
    }

    fn store(&self) -> Result<&Store, Failure> {
        match &self.store {
            Some(store) => Ok(store),
            None => Err(no_folder(". or above")),
        }
    }

    /// Removes versions that another configuration may declare.
    fn leave_out_unseen<'n>(
        &self,
        list: &mut Vec<Difference>,
        names: impl Iterator<Item = &'n Name>,
    ) -> Result<(), Failure> {
        let (Some((found, whole)), Some(Project { graph, build, .. })) =
            (&self.found, self.project)
        else {
            return Ok(());
        };
        let nothing = Store::default();
        let coverage = Coverage::new(
            *whole,
            names.cloned(),
            found,
            graph,
            self.store.as_ref().unwrap_or(&nothing),
        );
        coverage.explains(found, build, graph)?;
        if !whole {
            self.console.progress(PARTLY_BUILT);
        }
        coverage.mention_of(|_| true, self.console);
        list.retain(
            |Difference {
                 action, version, ..
             }| {
                found.catalogue.declares(action, *version) || coverage.is_gone(action, *version)
            },
        );
        Ok(())
    }

    /// Removes registered versions without code, and reports them as progress.
    fn leave_out_retired(&self, list: &mut Vec<Difference>) {
        let Some(store) = &self.store else { return };
        // Without the code's location: neither side has it in the code.
        let is_retired = |difference: &mut Difference| {
            difference.location.line.is_none()
                && difference.status != Status::Changed
                && store.is_registered(&difference.action, difference.version)
        };
        let retired = list.extract_if(.., is_retired);
        let retired: Vec<_> = retired
            .map(|difference| format!("{} version {}", difference.action, difference.version))
            .collect();
        if !retired.is_empty() {
            self.console.progress(format_args!(
                "no difference, as it is registered and no code declares it any more: {}",
                named(&retired)
            ));
        }
    }

    fn code(&mut self) -> Result<Snapshot, Failure> {
        let Some(Project { graph, build, .. }) = self.project else {
            return Ok(Snapshot::new());
        };
        let (artifacts, ()) = discover::build(build, graph, self.console, || Ok(()))?;
        let found = artifacts.read(build, graph, self.console)?;
        let whole = self
            .store
            .as_ref()
            .is_none_or(|store| artifacts.covers(store.root(), build, graph));
        if let Some(conflict) = found.catalogue.conflicts.first() {
            let Finding { message, help, .. } = of_conflict(conflict);
            return Err(Failure::new(message).help(help));
        }
        let snapshot = baseline::code(&found.catalogue);
        self.found = Some((found, whole));
        Ok(snapshot)
    }
}

const PARTLY_BUILT: &str = "skipped removed schemas: not all packages of this folder were built (use `--workspace`), or the folder is outside of the workspace";

/// Files are named from the workspace, as the code's are.
fn name_files(list: &mut [Difference], workspace: &Path) {
    for difference in list {
        if let (Some(file), None) = (&mut difference.location.file, difference.location.line) {
            *file = from(workspace, Path::new(file.as_str()));
        }
    }
}

/// A difference as a finding, for formats that have no other word for it.
fn finding(difference: &Difference) -> Finding {
    let Difference {
        action,
        version,
        status,
        against,
        changes,
        location,
        ..
    } = difference;
    let words = difference.class.words();
    let (code, what) = match status {
        Status::Added => (code::ADDED, "is new".into()),
        Status::Removed => (code::REMOVED, "isn't there any more".into()),
        Status::NewVersion => {
            let before = against.map(|before| format!(" over version {before}"));
            let before = before.unwrap_or_default();
            let what = format!("is a new version{before}: {words}");
            (code::NEW_VERSION, what)
        }
        Status::Changed => (code::CHANGED, format!("changed: {words}")),
    };
    let level = if difference.class == Class::SAME {
        Level::Warning
    } else {
        Level::Error
    };
    let message = format!("{action} version {version} {what}");
    Finding {
        level,
        changes: changes.clone(),
        ..Finding::new(code, message, "")
            .about(action, *version)
            .at(location.clone())
    }
}
