//! The workspace that a command works on, its folder of schemas, and what is built: the command line's selection, completed by `audit.toml`.

use std::path::{Path, PathBuf};

use super::{find_folder, no_folder, relative};
use crate::args::{Build, Selection};
use crate::config::{self, Builds, Config, Written};
use crate::console::Console;
use crate::coverage::Coverage;
use crate::discover::graph::{Graph, Package};
use crate::discover::{self, Discovery};
use crate::failure::Failure;
use crate::json::Position;
use crate::store::{CONFIG, Store};
use crate::toml_reader::meant;

pub struct Project {
    pub graph: Graph,
    /// Packages and features to build.
    pub build: Build,
    /// The folder that the selected packages share.
    pub root: Option<PathBuf>,
    /// Settings of its `audit.toml`.
    pub config: Config,
}

impl Project {
    pub fn load(
        Selection { build, folder }: &Selection,
        console: &Console,
    ) -> Result<Self, Failure> {
        let graph = Graph::load(build, console)?;
        let root = find_folder(build, folder, &graph)?;
        let mut project = Self {
            graph,
            build: build.clone(),
            root,
            config: Config::default(),
        };
        if let Some(path) = project.root.as_ref().map(|root| root.join(CONFIG)) {
            let config = config::read(&path)?;
            let settings = Settings {
                builds: &config.builds,
                path: &path,
            };
            settings.apply(&mut project, console)?;
            project.config = config;
        }
        Ok(project)
    }

    /// Reads the folder; without one nothing is committed.
    pub fn store(&self) -> Result<Store, Failure> {
        let open = |root: &PathBuf| Store::open(root, self.config.environments.clone());
        self.root
            .as_ref()
            .map_or_else(|| Ok(Store::default()), open)
    }

    /// Builds, and compares with the folder.
    pub fn build(&self, console: &Console) -> Result<Built, Failure> {
        let Self { graph, build, .. } = self;
        let (artifacts, store) = discover::build(build, graph, console, || self.store())?;
        let found = artifacts.read(build, graph, console)?;
        let (coverage, of_lost) = Coverage::of_folder(&artifacts, &found, build, graph, &store)?;
        Ok(Built {
            found,
            store,
            coverage,
            of_lost,
        })
    }

    /// Fails without a folder.
    pub fn require_folder(&self) -> Result<(), Failure> {
        let missing = || no_folder(&relative(self.graph.workspace_root()));
        self.root.as_ref().map(|_| ()).ok_or_else(missing)
    }
}

/// The code's event types and the folder.
pub struct Built {
    pub found: Discovery,
    pub store: Store,
    /// Coverage of the versions in the folder.
    pub coverage: Coverage,
    /// Coverage of the versions that the folder lost.
    pub of_lost: Coverage,
}

/// Build settings of an `audit.toml`.
struct Settings<'a> {
    builds: &'a Builds,
    path: &'a Path,
}

impl Settings<'_> {
    fn apply(&self, project: &mut Project, console: &Console) -> Result<(), Failure> {
        let Builds {
            packages,
            exclude,
            features,
            all_features,
        } = self.builds;
        self.know_packages(&project.graph)?;
        if project.build.packages.is_empty() && !(packages.is_empty() && exclude.is_empty()) {
            self.select(project)?;
        }
        let features = self.features(features, project, console)?;
        let adds = |build: &Build| !build.all_features && (*all_features || !features.is_empty());
        if adds(&project.build) {
            project.build.features.extend(features);
            project.build.all_features |= all_features;
            project.graph = Graph::load(&project.build, console)?;
        }
        project.graph.keep_apart(|name| self.belongs(name));
        Ok(())
    }

    fn belongs(&self, name: &str) -> bool {
        let lists = |names: &[Written]| names.iter().any(|written| written.text == name);
        (self.builds.packages.is_empty() || lists(&self.builds.packages))
            && !lists(&self.builds.exclude)
    }

    /// Of what cargo would build those that belong into the folder.
    fn select(&self, project: &mut Project) -> Result<(), Failure> {
        let selected = project.graph.selected(&project.build);
        let (belonging, others): (Vec<_>, Vec<_>) = selected
            .into_iter()
            .partition(|package| self.belongs(&package.name));
        if belonging.is_empty() {
            let names: Vec<_> = others
                .iter()
                .map(|package| format!("`{}`", package.name))
                .collect();
            let problem = format!(
                "no package is left to build: {} leaves out {}",
                self.path.display(),
                names.join(", ")
            );
            return Err(Failure::new(problem)
                .help("select packages with `-p`, or change `packages` and `exclude` there"));
        }
        if !others.is_empty() {
            project.build.packages = belonging
                .iter()
                .map(|package| format!("{}@{}", package.name, package.version))
                .collect();
            project.build.workspace = false;
        }
        Ok(())
    }

    fn know_packages(&self, graph: &Graph) -> Result<(), Failure> {
        let Builds {
            packages, exclude, ..
        } = self.builds;
        let names: Vec<_> = graph
            .members()
            .map(|package| package.name.as_str())
            .collect();
        let unknown = packages
            .iter()
            .chain(exclude)
            .filter(|written| !names.contains(&written.text.as_str()));
        let failures = unknown.map(|written| {
            self.failure(
                written,
                "no package of the workspace is called",
                meant(&written.text, names.iter().copied()),
            )
        });
        let failures: Vec<_> = failures.collect();
        if failures.is_empty() {
            Ok(())
        } else {
            Err(Failure::all(failures))
        }
    }

    /// The features of selected packages, each with its package: cargo rejects others.
    fn features(
        &self,
        features: &[Written],
        Project { graph, build, .. }: &Project,
        console: &Console,
    ) -> Result<Vec<String>, Failure> {
        let selected = graph.selected(build);
        let mut found = Vec::new();
        for written in features {
            let named = selected.iter();
            let named: Vec<_> = named
                .filter_map(|package| feature(package, written))
                .collect();
            let mut members = graph.members();
            if !named.is_empty() {
                found.extend(named);
            } else if members.any(|package| feature(package, written).is_some()) {
                console.warn(&self.sentence(written, "no selected package has the feature"));
            } else {
                let known = graph.members().flat_map(|package| &package.features);
                let known = known.map(String::as_str).filter(|name| *name != "default");
                let known: Vec<_> = known.collect();
                let help = if known.is_empty() {
                    String::new()
                } else {
                    meant(&written.text, known)
                };
                return Err(self.failure(
                    written,
                    "no package of the workspace has the feature",
                    help,
                ));
            }
        }
        Ok(found)
    }

    fn failure(&self, written: &Written, what: &str, help: String) -> Failure {
        Failure::new(self.sentence(written, what)).help(help)
    }

    fn sentence(&self, written: &Written, what: &str) -> String {
        let Position { line, column } = written.at;
        format!(
            "{}:{line}:{column}: {what} `{}`",
            self.path.display(),
            written.text.escape_debug()
        )
    }
}

/// `saas` or `acme/saas` as this package's, where it has it.
fn feature(package: &Package, written: &Written) -> Option<String> {
    let (of, name) = written
        .text
        .split_once('/')
        .unwrap_or((&package.name, &written.text));
    let has = package.name == of && package.features.iter().any(|feature| feature == name);
    has.then(|| format!("{of}/{name}"))
}
