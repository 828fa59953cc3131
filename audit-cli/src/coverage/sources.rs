//! The source files of the packages, whatever configuration they are compiled in, and what they may declare.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::Reason;
use super::mention::{self, Mention};
use crate::body::read::bytes_of;
use crate::discover::Declared;
use crate::discover::graph::Graph;
use crate::finding::from;
use crate::parallel;
use crate::store::Name;

/// No source that people write is larger.
const MAX_BYTES: u64 = 16 << 20;

/// What may write source for configurations that aren't built.
const BUILD_SCRIPT: &str = "build.rs";

/// Marks a folder that a program makes again when it is gone.
const CACHE: &str = "CACHEDIR.TAG";
/// Marks a package that was copied out of a registry.
const VENDORED: &str = ".cargo-checksum.json";

/// Which of `names` some source may declare, and where.
pub fn search(names: &BTreeSet<Name>, declared: &[Declared], graph: &Graph) -> BTreeMap<Name, Reason> {
    let root = graph.workspace_root();
    let mut built: BTreeMap<PathBuf, Vec<&Declared>> = BTreeMap::new();
    for one in declared {
        built.entry(root.join(&one.file)).or_default().push(one);
    }
    let files = files(graph);
    let of_file = |path: &PathBuf| {
        let built = built.get(path).map_or(&[][..], Vec::as_slice);
        mentions(path, names, built).into_iter().map(|mention| (path.clone(), mention)).collect::<Vec<_>>()
    };
    let mut found = BTreeMap::new();
    for (path, Mention { name, line }) in parallel::map(&files, of_file, |_| {}).into_iter().flatten() {
        found.entry(name).or_insert_with(|| Reason::Source { file: from(root, &path), line });
    }
    found
}

fn mentions(path: &Path, names: &BTreeSet<Name>, built: &[&Declared]) -> Vec<Mention> {
    let Ok(bytes) = bytes_of(path, MAX_BYTES) else { return Vec::new() };
    let text = String::from_utf8_lossy(&bytes);
    if path.file_name().is_some_and(|name| name == BUILD_SCRIPT) {
        return mention::in_text(&text, names);
    }
    let is_built = |action: &str, first: usize, last: usize| {
        built.iter().any(|one| one.action == action && (first..=last).contains(&(one.line as usize)))
    };
    mention::all(&text, names, is_built)
}

/// Every Rust file below the workspace and the packages, sorted.
fn files(graph: &Graph) -> Vec<PathBuf> {
    // What the settings leave out declares nothing for this folder.
    let apart = graph.folders_apart().filter_map(|folder| folder.canonicalize().ok()).collect();
    let mut walk = Walk { graph, seen: apart, files: BTreeSet::new() };
    for root in std::iter::once(graph.workspace_root()).chain(graph.folders()) {
        walk.folder(root);
    }
    walk.files.into_iter().collect()
}

struct Walk<'g> {
    graph: &'g Graph,
    /// Links may lead to the same folder again and again.
    seen: HashSet<PathBuf>,
    files: BTreeSet<PathBuf>,
}

impl Walk<'_> {
    fn folder(&mut self, root: &Path) {
        let mut folders = vec![root.to_owned()];
        while let Some(folder) = folders.pop() {
            let is_new = folder.canonicalize().is_ok_and(|folder| self.seen.insert(folder));
            if !is_new {
                continue;
            }
            for path in fs::read_dir(&folder).into_iter().flatten().filter_map(Result::ok).map(|child| child.path()) {
                if path.is_dir() {
                    folders.extend(self.is_source(&path).then_some(path));
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    self.files.insert(path);
                }
            }
        }
    }

    /// Not what builds, tools and `cargo vendor` have put there; a vendored package that matters is walked by itself.
    fn is_source(&self, folder: &Path) -> bool {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let is_marked = || [CACHE, VENDORED].iter().any(|mark| folder.join(mark).exists());
        !name.starts_with('.') && name != "node_modules" && !self.graph.is_generated(folder) && !is_marked()
    }
}
