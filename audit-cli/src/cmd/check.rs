//! `check`: reports where the folder isn't what the code says. Writes nothing.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::Date;

use super::{Around, Outcome, mention_orphans, schemas};
use crate::args::{Build, Folder, ReportFormat};
use crate::baseline;
use crate::catalogue::Catalogue;
use crate::console::Console;
use crate::diff::evolution::Mode;
use crate::discover::{self, Artifacts, Discovery, graph::Graph};
use crate::failure::Failure;
use crate::finding::life::Folder as Named;
use crate::finding::{self, Finding};
use crate::lint::waiver::{self, Circumstances};
use crate::note::{Inputs, Note, is_settled};
use crate::report::findings;
use crate::store::Store;
use crate::{life, lint};

pub fn run(build: &Build, folder: &Folder, format: ReportFormat, console: &Console) -> Result<Outcome, Failure> {
    let graph = Graph::load(build, console)?;
    let root = schemas(build, folder, &graph)?;
    let (artifacts, (store, seen)) = discover::build(build, &graph, console, || read(&root))?;
    let whole = artifacts.covers(store.root(), &graph);
    let today = waiver::today();
    let inputs = inputs(seen, &artifacts, &graph, whole, today);
    let note = note(build, &root, &graph);
    mention_orphans(whole, false, console);
    if let Some(schemas) = noted(&note, &inputs) {
        return report(&[], schemas, format, console);
    }
    let is_settled = artifacts.files(&graph).into_iter().all(|file| is_settled(file));
    let found = artifacts.read(&graph, console)?;
    let (schemas, list) = look(&found, &store, &graph, whole, today);
    if is_settled && list.is_empty() && !found.some_are_silent {
        note.write(&schemas.to_string(), inputs);
    }
    report(&list, schemas, format, console)
}

/// How many schemas there are, and what there is to report of them.
fn look(found: &Discovery, store: &Store, graph: &Graph, whole: bool, today: Date) -> (usize, Vec<Finding>) {
    let versions = life::versions(&found.catalogue, store, whole);
    let named = Named { store, workspace: graph.workspace_root() };
    let mut list = finding::life::all(&found.catalogue, &versions, named);
    list.extend(finding::files::all(&found.catalogue, named, whole));
    if !store.index_is_current() {
        list.push(finding::life::of_index(named));
    }
    list.extend(evolution(&found.catalogue, store));
    list.extend(lint::run(&store.config, &found.catalogue));
    let file = named.location(&store.config_path());
    let list = waiver::apply(list, &store.config.waivers, &Circumstances { today, file, whole });
    let mut list = lint::merged(list);
    finding::sort(&mut list);
    (versions.len(), list)
}

fn report(list: &[Finding], schemas: usize, format: ReportFormat, console: &Console) -> Result<Outcome, Failure> {
    Outcome::report(list, format, Around { summary: summary(schemas, list.len()), ..Around::default() }, console)
}

/// The folder, and all that was in it.
fn read(root: &Path) -> Result<(Store, Inputs), Failure> {
    let store = Store::open(root)?;
    let mut seen = Inputs::new();
    store.add_to(&mut seen);
    Ok((store, seen))
}

/// Where it is noted that there was nothing to report.
fn note(build: &Build, root: &Path, graph: &Graph) -> Note {
    let mut question = Inputs::new();
    question.add(format!("{build:?}").as_bytes());
    question.add_path(graph.workspace_root());
    question.add_path(root);
    Note::new(&graph.target_folder(), "check", question)
}

/// All that findings depend on. What there is to say of source is in the records.
fn inputs(mut seen: Inputs, artifacts: &Artifacts, graph: &Graph, whole: bool, today: Date) -> Inputs {
    seen.add(graph.text().as_bytes());
    // Cargo tells them in the order in which it comes to them.
    for package in artifacts.packages().collect::<BTreeSet<_>>() {
        seen.add(package.repr.as_bytes());
    }
    for file in artifacts.files(graph).into_iter().collect::<BTreeSet<_>>() {
        seen.add_stamp(file);
    }
    seen.add(format!("{whole} {today}").as_bytes());
    seen
}

/// How many schemas there were when there was nothing to report, if that was of what there is now.
fn noted(note: &Note, inputs: &Inputs) -> Option<usize> {
    let noted = note.read()?;
    noted.holds(inputs.clone()).then(|| noted.text.parse().ok())?
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_day_is_another_question() {
        let (artifacts, graph) = (Artifacts::default(), Graph::default());
        let of = |whole, day| {
            let note =
                Note::new(Path::new(""), "", inputs(Inputs::new(), &artifacts, &graph, whole, Date::constant(2026, 11, day)));
            format!("{note:?}")
        };
        assert_eq!(of(true, 26), of(true, 26));
        assert_ne!(of(true, 26), of(true, 27), "a waiver may have ended");
        assert_ne!(of(true, 26), of(false, 26));
    }
}
