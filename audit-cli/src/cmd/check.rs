//! `check`: reports differences between folder and code. Writes nothing.

use super::Outcome;
use super::project::{Built, Project};
use crate::args::Check;
use crate::baseline;
use crate::console::Console;
use crate::diff::evolution::Mode;
use crate::failure::Failure;
use crate::finding::{self, Finding};
use crate::lint;
use crate::lint::waiver::{self, Circumstances};
use crate::report::findings;
use crate::status::lost::Lost;
use crate::status::spelling::Spellings;
use crate::status::version::versions;
use crate::status::{self, SchemaFolder};
use crate::text::pluralize;

pub fn run(args: &Check, console: &Console) -> Result<Outcome, Failure> {
    let project = Project::load(&args.selection, console)?;
    project.require_folder()?;
    let built = project.build(console)?;
    built.coverage.mention(console);
    let (schemas, list) = look(&built, &project);
    let summary = match list.len() {
        0 => pluralize(schemas, "schema") + ", nothing to report",
        count => findings::count(count),
    };
    let root = project.graph.workspace_root();
    Outcome::report(&list, args.report.format, root, "", &summary, console)
}

/// Number of schemas, and findings.
fn look(
    Built {
        found,
        store,
        coverage,
        of_lost,
    }: &Built,
    Project { graph, config, .. }: &Project,
) -> (usize, Vec<Finding>) {
    let catalogue = &found.catalogue;
    let absent = Lost::of(catalogue, of_lost, store);
    let versions = versions(catalogue, store, coverage);
    let folder = SchemaFolder {
        store,
        workspace: graph.workspace_root(),
    };
    let mut list = status::state::all(catalogue, &versions, folder);
    list.extend(status::files::all(catalogue, folder, coverage));
    list.extend(absent.findings(folder));
    if !store.index_is_current(&absent.listed) {
        list.push(status::state::of_index(folder));
    }
    list.extend(Spellings::of(catalogue, store).findings(catalogue, folder));
    // The folder is costly to read.
    if config.evolution.mode != Mode::None {
        let (code, committed) = (baseline::code(catalogue), baseline::readable(store));
        let evolution = config.evolution;
        list.extend(status::evolution::all(evolution, &code, &committed, store));
    }
    list.extend(lint::run(&config.lints, catalogue));
    let circumstances = Circumstances {
        today: waiver::today(),
        file: folder.location(&store.config_path()),
        whole: coverage.is_complete(),
    };
    let list = waiver::apply(list, &config.waivers, &circumstances);
    let mut list = lint::merged(finding::shared::fold(&list, catalogue));
    finding::sort(&mut list);
    (versions.len(), list)
}
