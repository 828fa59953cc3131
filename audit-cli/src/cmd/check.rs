//! `check`: reports where the folder isn't what the code says. Writes nothing.

use super::{Around, Outcome, mention_orphans, open_store};
use crate::args::{Build, Folder, ReportFormat};
use crate::baseline;
use crate::catalogue::Catalogue;
use crate::console::Console;
use crate::diff::evolution::Mode;
use crate::discover::{discover, graph::Graph};
use crate::failure::Failure;
use crate::finding::life::Folder as Named;
use crate::finding::{self, Finding};
use crate::lint::waiver::{self, Circumstances};
use crate::report::findings;
use crate::store::Store;
use crate::{life, lint};

pub fn run(build: &Build, folder: &Folder, format: ReportFormat, console: &Console) -> Result<Outcome, Failure> {
    let graph = Graph::load(build, console)?;
    let store = open_store(build, folder, &graph)?;
    let found = discover(build, &graph, console)?;
    let whole = found.covers(store.root(), &graph);
    mention_orphans(whole, false, console);
    let versions = life::versions(&found.catalogue, &store, whole);
    let named = Named { store: &store, workspace: graph.workspace_root() };
    let mut list = finding::life::all(&found.catalogue, &versions, named);
    list.extend(finding::files::all(&found.catalogue, named, whole));
    if !store.index_is_current() {
        list.push(finding::life::of_index(named));
    }
    list.extend(evolution(&found.catalogue, &store));
    list.extend(lint::run(&store.config, &found.catalogue));
    let file = named.location(&store.config_path());
    let list = waiver::apply(list, &store.config.waivers, &Circumstances { today: waiver::today(), file, whole });
    let mut list = lint::merged(list);
    finding::sort(&mut list);
    let summary = summary(versions.len(), list.len());
    Outcome::report(&list, format, Around { summary, ..Around::default() }, console)
}

fn evolution(catalogue: &Catalogue, store: &Store) -> Vec<Finding> {
    if store.config.evolution.mode == Mode::None {
        // Nothing asks for what is costly to read.
        return Vec::new();
    }
    finding::evolution::all(store.config.evolution, &baseline::code(catalogue), &baseline::readable(store), store)
}

fn summary(versions: usize, list: usize) -> String {
    match list {
        0 => format!("{versions} schema{}, nothing to report\n", if versions == 1 { "" } else { "s" }),
        list => findings::count(list) + "\n",
    }
}
