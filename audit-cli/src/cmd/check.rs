//! `check`: reports where the folder isn't what the code says. Writes nothing.

mod noted;

use jiff::civil::Date;

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
use noted::Noted;

pub fn run(
    build: &Build,
    folder: &Folder,
    format: ReportFormat,
    console: &Console,
) -> Result<Outcome, Failure> {
    let project = Project::load(build, folder, console)?;
    let (Project { graph, build, .. }, root) = (&project, project.folder()?);
    let note = noted::note(build, root, graph);
    let (artifacts, (noted, store)) = discover::build(build, graph, console, || {
        let noted = Noted::before_reading(&note, root);
        let store = if noted.has_same_folder() {
            None
        } else {
            Some(Store::open(root)?)
        };
        Ok((noted, store))
    })?;
    let whole = artifacts.covers(root, build, graph);
    let today = waiver::today();
    let noted = noted.with(&artifacts, graph, whole, today);
    if let Some(schemas) = noted.schemas() {
        if !whole {
            Coverage::partial().mention(console);
        }
        discover::warn_of_unreadable(build, graph, console);
        return report(&[], schemas, format, console);
    }
    let store = store.map_or_else(|| Store::open(root), Ok)?;
    let found = artifacts.read(build, graph, console)?;
    let (coverage, of_lost) = Coverage::of_folder(whole, &found, build, graph, &store)?;
    coverage.mention(console);
    let absent = Lost::of(&found.catalogue, &of_lost, &store);
    let (schemas, list) = look(&found, &store, graph, &coverage, &absent, today);
    // What other configurations declare hangs on sources that no build reads.
    let is_settled = coverage.elsewhere().next().is_none();
    if list.is_empty() && is_settled {
        noted.write(&note, schemas);
    }
    report(&list, schemas, format, console)
}

fn report(
    list: &[Finding],
    schemas: usize,
    format: ReportFormat,
    console: &Console,
) -> Result<Outcome, Failure> {
    Outcome::report(
        list,
        format,
        Around {
            summary: summary(schemas, list.len()),
            ..Around::default()
        },
        console,
    )
}

/// How many schemas there are, and what there is to report of them.
fn look(
    found: &Discovery,
    store: &Store,
    graph: &Graph,
    coverage: &Coverage,
    absent: &Lost,
    today: Date,
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
            today,
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
