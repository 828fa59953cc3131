//! What cargo's answer about a workspace depends on, as far as it can be known without asking it: the question, settings, manifests and
//! `Cargo.lock`, by their content.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

use super::settings::Settings;
use super::{Graph, Origin, members};
use crate::args::Build;
use crate::discover::cargo::variables;
use crate::note::{Inputs, Note, is_settled};

/// Variables that cargo and rustup read begin so, besides those that say where people are at home and where programs are.
const READ: [&str; 3] = ["CARGO", "RUST", "__CARGO"];
const PLACES: [&str; 3] = ["HOME", "PATH", "USERPROFILE"];

/// Everything but what the graph itself names.
#[derive(Debug)]
pub struct Basis {
    question: Inputs,
    /// Settings of cargo and manifests around the package, that are there.
    files: Vec<PathBuf>,
    inputs: Inputs,
    target_directory: Option<PathBuf>,
}

impl Basis {
    /// `None` where it can't be known.
    pub fn around(build: &Build) -> Option<Self> {
        let here = std::env::current_dir().ok()?;
        let manifest = build
            .manifest
            .manifest_path
            .as_ref()
            .map(|path| here.join(path));
        let from = manifest.as_deref().and_then(Path::parent).unwrap_or(&here);
        let mut question = Inputs::new();
        question.add_path(&here);
        question.add(format!("{build:?}").as_bytes());
        let settings = Settings::around(&here)?;
        let manifests: Vec<_> = from
            .ancestors()
            .map(|folder| folder.join("Cargo.toml"))
            .collect();
        let mut inputs = question.clone();
        for (name, value) in read_variables() {
            inputs.add(name.as_encoded_bytes());
            inputs.add(value.as_encoded_bytes());
        }
        // Also those that aren't there: a new one would change the answer.
        for path in settings.places().iter().chain(&manifests) {
            inputs.add_file(path);
        }
        let files = settings
            .places()
            .iter()
            .chain(&manifests)
            .filter(|path| path.exists())
            .cloned()
            .collect();
        let target_directory = settings
            .target_directory(&here)
            .or_else(|| usual_target_directory(from));
        Some(Self {
            question,
            files,
            inputs,
            target_directory,
        })
    }

    /// Where the user's builds most likely write: where a note of it would be. That it is so is part of the note.
    pub fn target_directory(&self) -> Option<&Path> {
        self.target_directory.as_deref()
    }

    /// The note about it.
    pub fn note(&self, folder: &Path) -> Note {
        Note::new(folder, "workspace", self.question.clone())
    }

    /// With what the graph names; `None` where it can't be known which packages are members.
    pub fn with(&self, graph: &Graph) -> Option<Inputs> {
        let mut inputs = self.inputs.clone();
        for file in files(graph) {
            inputs.add_file(&file);
        }
        for folder in members::candidates(&graph.workspace_root)? {
            inputs.add_path(&folder);
        }
        Some(inputs)
    }

    /// Whether cargo has surely seen the files as they are now.
    pub fn is_settled_with(&self, graph: &Graph) -> bool {
        self.files
            .iter()
            .cloned()
            .chain(files(graph))
            .all(|file| fs::metadata(file).is_ok_and(|about| is_settled(&about)))
    }
}

/// What a registry or a repository has sent never changes; all else that is in the answer stands in these.
fn files(graph: &Graph) -> impl Iterator<Item = PathBuf> {
    let local = graph
        .packages
        .iter()
        .filter(|package| package.origin >= Origin::Folder)
        .map(|package| package.manifest.clone());
    ["Cargo.toml", "Cargo.lock"]
        .map(|name| graph.workspace_root.join(name))
        .into_iter()
        .chain(local)
}

fn read_variables() -> Vec<(OsString, OsString)> {
    let is_read = |name: &OsStr| {
        name.to_str().is_some_and(|name| {
            PLACES.contains(&name) || READ.iter().any(|start| name.starts_with(start))
        })
    };
    let mut read: Vec<_> = variables().filter(|(name, _)| is_read(name)).collect();
    read.sort_unstable();
    read
}

fn usual_target_directory(from: &Path) -> Option<PathBuf> {
    from.ancestors()
        .find(|folder| folder.join("Cargo.lock").exists())
        .map(|root| root.join("target"))
}
