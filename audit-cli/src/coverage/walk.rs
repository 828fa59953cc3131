//! The source files of the packages, but for those that others include.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::discover::graph::{Graph, is_hidden};

/// Marks a folder that a program makes again when it is gone.
const CACHE: &str = "CACHEDIR.TAG";
/// Marks a package that was copied out of a registry.
const VENDORED: &str = ".cargo-checksum.json";

/// Every Rust file below the workspace and the packages, sorted.
pub fn files(graph: &Graph) -> BTreeSet<PathBuf> {
    // Links may lead to the same folder again and again; what the settings leave out declares nothing for this folder.
    let apart = graph.folders_apart();
    let mut seen: HashSet<_> = apart
        .filter_map(|folder| folder.canonicalize().ok())
        .collect();
    let mut files = BTreeSet::new();
    let roots = std::iter::once(graph.workspace_root()).chain(graph.folders());
    let mut folders: Vec<_> = roots.map(Path::to_owned).collect();
    while let Some(folder) = folders.pop() {
        let is_new = |folder| seen.insert(folder);
        if !folder.canonicalize().is_ok_and(is_new) {
            continue;
        }
        for child in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = child.path();
            if path.is_dir() {
                folders.extend(is_source(&path, graph).then_some(path));
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.insert(path);
            }
        }
    }
    files
}

/// Whether it isn't made by builds, tools or `cargo vendor`; a vendored package that matters is walked by itself.
fn is_source(folder: &Path, graph: &Graph) -> bool {
    let is_marked = |mark| folder.join(mark).exists();
    !is_hidden(folder)
        && !graph.is_generated(folder)
        && ![CACHE, VENDORED].into_iter().any(is_marked)
}
