//! `check`: reports where the folder isn't what the code says. Writes nothing.

use super::project::Project;
use super::{Around, Outcome};
use crate::args::{Build, Folder, ReportFormat};
use crate::baseline;
use crate::catalogue::Catalogue;
use crate::console::Console;
use crate::coverage::Coverage;
use crate::diff::evolution::Mode;
use crate::discover::{self, Discovery, graph::Graph};
use crate::failure::Failure;
use crate::finding::life::Folder as Named;
use crate::finding::lost::Lost;
use crate::finding::spelling::Spellings;
use crate::finding::{self, Finding};
use crate::lint::waiver::{self, Circumstances};
use crate::report::findings;
use crate::report::words::counted;
use crate::store::Store;
use crate::{life, lint};

pub fn run(
    build: &Build,
    folder: &Folder,
    format: ReportFormat,
    console: &Console,
) -> Result<Outcome, Failure> {
    let project = Project::load(build, folder, console)?;
    let (Project { graph, build, .. }, root) = (&project, project.folder()?);
    let (artifacts, store) = discover::build(build, graph, console, || Store::open(root))?;
    let whole = artifacts.covers(root, build, graph);
    let found = artifacts.read(build, graph, console)?;
    let (coverage, of_lost) = Coverage::of_folder(whole, &found, build, graph, &store)?;
    coverage.mention(console);
    let absent = Lost::of(&found.catalogue, &of_lost, &store);
    let (schemas, list) = look(&found, &store, graph, &coverage, &absent);
    let around = Around {
        summary: summary(schemas, list.len()),
        ..Around::default()
    };
    Outcome::report(&list, format, around, console)
}

/// How many schemas there are, and what there is to report of them.
fn look(
    found: &Discovery,
    store: &Store,
    graph: &Graph,
    coverage: &Coverage,
    absent: &Lost,
) -> (usize, Vec<Finding>) {
    let versions = life::versions(&found.catalogue, store, coverage);
    let named = Named {
        store,
        workspace: graph.workspace_root(),
    };
    let mut list = finding::life::all(&found.catalogue, &versions, named);
    list.extend(finding::files::all(&found.catalogue, named, coverage));
    list.extend(absent.findings(named));
    if !store.index_is_current(&absent.listed) {
        list.push(finding::life::of_index(named));
    }
    list.extend(Spellings::of(&found.catalogue, store).findings(&found.catalogue, named));
    list.extend(evolution(&found.catalogue, store));
    list.extend(lint::run(&store.config, &found.catalogue));
    let file = named.location(&store.config_path());
    let list = waiver::apply(
        list,
        &store.config.waivers,
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

fn evolution(catalogue: &Catalogue, store: &Store) -> Vec<Finding> {
    if store.config.evolution.mode == Mode::None {
        // Nothing asks for what is costly to read.
        return Vec::new();
    }
    finding::evolution::all(
        store.config.evolution,
        &baseline::code(catalogue),
        &baseline::readable(store),
        store,
    )
}

fn summary(versions: usize, list: usize) -> String {
    match list {
        0 => counted(versions, "schema") + ", nothing to report\n",
        list => findings::count(list) + "\n",
    }
}
