//! `check`: reports differences between folder and code. Writes nothing.

use super::Outcome;
use super::project::{Built, Project};
use crate::args::Check;
use crate::baseline;
use crate::catalogue::Catalogue;
use crate::console::Console;
use crate::diff::evolution::{Evolution, Mode};
use crate::failure::Failure;
use crate::finding::{self, Finding};
use crate::lint;
use crate::lint::waiver::{self, Circumstances};
use crate::report::findings;
use crate::status::lost::Lost;
use crate::status::spelling::Spellings;
use crate::status::version::versions;
use crate::status::{self, SchemaFolder};
use crate::store::Store;
use crate::text::pluralize;

pub fn run(args: &Check, console: &Console) -> Result<Outcome, Failure> {
    let project = Project::load(&args.selection, console)?;
    project.require_folder()?;
    let built = project.build(console)?;
    built.coverage.mention(console);
    let (schemas, list) = look(&built, &project);
    let summary = summary(schemas, list.len());
    let root = project.graph.workspace_root();
    Outcome::report(&list, args.report.format, root, (None, &summary), console)
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
    let absent = Lost::of(&found.catalogue, of_lost, store);
    let versions = versions(&found.catalogue, store, coverage);
    let named = SchemaFolder {
        store,
        workspace: graph.workspace_root(),
        leaves_out: config.builds.leaves_out(),
    };
    let mut list = status::state::all(&found.catalogue, &versions, named);
    list.extend(status::files::all(&found.catalogue, named, coverage));
    list.extend(absent.findings(named));
    if !store.index_is_current(&absent.listed) {
        list.push(status::state::of_index(named));
    }
    list.extend(Spellings::of(&found.catalogue, store).findings(&found.catalogue, named));
    list.extend(evolution(config.evolution, &found.catalogue, store));
    list.extend(lint::run(&config.lints, &found.catalogue));
    let file = named.location(&store.config_path());
    let list = waiver::apply(
        list,
        &config.waivers,
        &Circumstances {
            today: waiver::today(),
            file,
            whole: coverage.is_complete(),
        },
    );
    let mut list = lint::merged(finding::shared::fold(&list, &found.catalogue));
    finding::sort(&mut list);
    (versions.len(), list)
}

fn evolution(evolution: Evolution, catalogue: &Catalogue, store: &Store) -> Vec<Finding> {
    if evolution.mode == Mode::None {
        // Nothing asks for what is costly to read.
        return Vec::new();
    }
    status::evolution::all(
        evolution,
        &baseline::code(catalogue),
        &baseline::readable(store),
        store,
    )
}

fn summary(versions: usize, list: usize) -> String {
    match list {
        0 => pluralize(versions, "schema") + ", nothing to report",
        list => findings::count(list),
    }
}
