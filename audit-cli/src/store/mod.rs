//! The folder of schemas: its location, its files, their contents.

mod lock;
mod write;

pub mod index;
pub use crate::atomic::parent_dir;
pub use audit_rules::folder::{
    CONFIG, FOLDER, REGISTRATIONS, body_file, body_of as name_of, version_of,
};
pub use write::Changes;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use audit_core::limits::is_action;
use audit_core::schema::{action_of, folder_of};
use audit_rules::registrations::{Registration, Registrations};

use crate::body::read::{MAX_BODY_BYTES, MAX_BYTES, bytes_of};
use crate::failure::Failure;
use crate::names::Environment;
pub use crate::names::Name;

const RESTORE: &str = "restore it from version control, or resolve the merge conflict: it lists the versions that may not change any more";

/// The registrations of an environment, one after the other.
pub fn entries(registrations: &Registrations) -> impl Iterator<Item = (Name, &Registration)> {
    registrations.iter().flat_map(|(action, versions)| {
        versions
            .iter()
            .map(|(version, registration)| ((action.clone(), *version), registration))
    })
}

/// The files of one version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// `v<N>.json`, the registration body.
    pub body: Option<Vec<u8>>,
    /// `v<N>.event.json`, derived from the code.
    pub event: Option<Vec<u8>>,
}

/// The folder, read.
#[derive(Debug, Default)]
pub struct Store {
    root: PathBuf,
    /// The environments that `audit.toml` names.
    pub environments: Vec<Environment>,
    pub versions: BTreeMap<Name, Files>,
    /// By environment.
    pub registrations: BTreeMap<String, Registrations>,
    pub index: Option<Vec<u8>>,
    /// The versions that the index lists.
    pub listed: BTreeSet<Name>,
    /// JSON files without a known name.
    pub unrecognized: Vec<PathBuf>,
}

impl Store {
    /// Reads a folder of schemas. `environments` are those of its `audit.toml`.
    pub fn open(root: &Path, environments: Vec<Environment>) -> Result<Self, Failure> {
        let mut store = Self {
            root: root.into(),
            environments,
            ..Self::default()
        };
        store.read_all()?;
        Ok(store)
    }

    fn read_all(&mut self) -> Result<(), Failure> {
        let root = self.root.clone();
        self.index = read(&self.index_path(), MAX_BYTES)?;
        self.listed = self.index.as_deref().map(index::names).unwrap_or_default();
        for (name, path) in children(&root)? {
            if name == REGISTRATIONS {
                self.read_registrations(&path)?;
                continue;
            }
            match action_of(&name) {
                Some(action) if !path.is_file() => self.read_action(&action, &path)?,
                _ => self.unrecognized.extend(unrecognized(&name, &path)),
            }
        }
        Ok(())
    }

    fn read_registrations(&mut self, folder: &Path) -> Result<(), Failure> {
        for (name, path) in children(folder)? {
            if let Some(environment) = name.strip_suffix(".json") {
                let bytes = read(&path, MAX_BYTES)?.unwrap_or_default();
                let registrations =
                    audit_rules::registrations::read(&bytes).map_err(|problems| {
                        let path = path.display();
                        let failure =
                            |problem| Failure::new(format!("{path}:{problem}")).help(RESTORE);
                        Failure::all(problems.iter().map(failure).collect())
                    })?;
                self.registrations.insert(environment.into(), registrations);
            }
        }
        Ok(())
    }

    fn read_action(&mut self, action: &str, folder: &Path) -> Result<(), Failure> {
        for (name, path) in children(folder)? {
            let Some((version, is_event)) = version_of(&name) else {
                // A folder of another kind may have the name of an action that is taken as the service has it.
                self.unrecognized
                    .extend((is_json(&name) && is_action(action)).then_some(path));
                continue;
            };
            let files = self.versions.entry((action.into(), version)).or_default();
            if is_event {
                files.event = read(&path, MAX_BYTES)?;
            } else {
                files.body = read(&path, MAX_BODY_BYTES)?;
            }
        }
        Ok(())
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn config_path(&self) -> PathBuf {
        self.root.join(CONFIG)
    }

    pub fn index_path(&self) -> PathBuf {
        self.root.join(index::FILE)
    }

    /// Whether names that differ in case only are one here, as usual on Windows and macOS.
    pub fn ignores_case(&self) -> bool {
        self.root.join(CONFIG.to_ascii_uppercase()).exists()
    }

    /// The environments in which a version is registered, and the hashes of the bodies that they were given.
    pub fn registered(&self, action: &str, version: u32) -> impl Iterator<Item = (&str, &str)> {
        self.registrations
            .iter()
            .filter_map(move |(environment, known)| {
                let registration = known.get(action)?.get(&version)?;
                Some((environment.as_str(), registration.sha256.as_str()))
            })
    }

    /// Those of them that aren't an emulator's, which can be started anew.
    pub fn promised(&self, action: &str, version: u32) -> impl Iterator<Item = &str> {
        let environments = self
            .registered(action, version)
            .map(|(environment, _)| environment);
        environments.filter(|environment| !self.is_emulator(environment))
    }

    pub fn is_registered(&self, action: &str, version: u32) -> bool {
        self.registered(action, version).next().is_some()
    }

    /// The environments with another body of a version.
    pub fn registered_otherwise(
        &self,
        action: &str,
        version: u32,
        sha256: &str,
    ) -> impl Iterator<Item = &str> {
        let others = self
            .registered(action, version)
            .filter(move |(_, known)| !known.eq_ignore_ascii_case(sha256));
        others.map(|(environment, _)| environment)
    }

    pub fn is_promised(&self, action: &str, version: u32) -> bool {
        self.promised(action, version).next().is_some()
    }

    pub fn is_emulator(&self, environment: &str) -> bool {
        self.environments
            .iter()
            .any(|known| known.name == environment && known.is_emulator())
    }

    pub fn registrations_path(&self, environment: &str) -> PathBuf {
        self.root
            .join(REGISTRATIONS)
            .join(format!("{environment}.json"))
    }

    pub fn body_path(&self, action: &str, version: u32) -> PathBuf {
        self.action_path(action).join(body_file(version))
    }

    pub fn event_path(&self, action: &str, version: u32) -> PathBuf {
        self.action_path(action).join(event_file(version))
    }

    /// The folder of an action's versions.
    pub fn action_path(&self, action: &str) -> PathBuf {
        self.root.join(folder_of(action))
    }

    /// The versions with a body.
    pub fn committed(&self) -> impl Iterator<Item = (&str, u32)> {
        let committed = self
            .versions
            .iter()
            .filter(|(_, files)| files.body.is_some());
        committed.map(|((action, version), _)| (action.as_str(), *version))
    }

    /// The versions that the index lists or that are registered, and whose body isn't there. An emulator asks for none.
    pub fn lost(&self) -> BTreeSet<Name> {
        let registered = self
            .registrations
            .iter()
            .filter(|(environment, _)| !self.is_emulator(environment));
        let registered = registered
            .flat_map(|(_, known)| entries(known))
            .map(|(name, _)| name);
        let has_body = |name: &Name| {
            self.versions
                .get(name)
                .is_some_and(|files| files.body.is_some())
        };
        self.listed
            .iter()
            .cloned()
            .chain(registered)
            .filter(|name| !has_body(name))
            .collect()
    }

    /// Whether the index lists what is there, and `lost`.
    pub fn index_is_current(&self, lost: &BTreeSet<Name>) -> bool {
        let lost = lost
            .iter()
            .map(|(action, version)| (action.as_str(), *version));
        self.index
            .as_deref()
            .is_some_and(|file| holds(file, &index::text(self.committed().chain(lost))))
    }
}

fn event_file(version: u32) -> String {
    format!("v{version}.event.json")
}

/// JSON files outside the actions' folders, and in folders that may have been meant as one.
fn unrecognized(name: &str, path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return is_json(name).then(|| path.to_owned()).into_iter().collect();
    }
    let below = children(path).unwrap_or_default().into_iter();
    below
        .filter(|(name, path)| version_of(name).is_some() && path.is_file())
        .map(|(_, path)| path)
        .collect()
}

fn is_json(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

/// The entries of a folder, sorted by name; those whose names aren't Unicode are ignored.
fn children(folder: &Path) -> Result<Vec<(String, PathBuf)>, Failure> {
    let failed = |error| Failure::io("read the folder", folder, &error);
    let mut children = Vec::new();
    for child in fs::read_dir(folder).map_err(failed)? {
        let child = child.map_err(failed)?;
        if let Ok(name) = child.file_name().into_string() {
            children.push((name, child.path()));
        }
    }
    children.sort_unstable();
    Ok(children)
}

/// A file's bytes; `None` where there is none.
fn read(path: &Path, max_bytes: u64) -> Result<Option<Vec<u8>>, Failure> {
    match bytes_of(path, max_bytes) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() != ErrorKind::NotFound => Err(Failure::io("read", path, &error)),
        // Something was meant to be there.
        Err(_) if fs::symlink_metadata(path).is_ok() => {
            Err(Failure::at(path, "a link to a file that isn't there"))
        }
        Err(_) => Ok(None),
    }
}

/// A file's text, whatever a checkout made of its line ends: a body is hashed and compared as it was written.
pub fn text_of(file: &[u8]) -> String {
    String::from_utf8_lossy(file).replace("\r\n", "\n")
}

/// Whether a file holds a text, whatever a checkout made of its line ends.
pub fn holds(file: &[u8], text: &str) -> bool {
    file == text.as_bytes() || (file.contains(&b'\r') && text_of(file) == text)
}

/// The folder that `start` belongs to: the first `schemas/audit.toml` from there upwards.
pub fn find_upwards(start: &Path) -> Option<PathBuf> {
    start.ancestors().find_map(marked)
}

/// [`find_upwards`], no higher than the root of a workspace, which is as far as builds look. What isn't in the workspace's folder has only its own.
pub fn find_within(start: &Path, root: &Path) -> Option<PathBuf> {
    let root = if start.starts_with(root) { root } else { start };
    start
        .ancestors()
        .take_while(|folder| folder.starts_with(root))
        .find_map(marked)
}

/// The folder of schemas in a folder. A mark that can't be read is one, too: reading it says why.
fn marked(folder: &Path) -> Option<PathBuf> {
    let schemas = folder.join(FOLDER);
    fs::symlink_metadata(schemas.join(CONFIG))
        .is_ok_and(|about| !about.is_dir())
        .then_some(schemas)
}

#[cfg(test)]
mod tests;
