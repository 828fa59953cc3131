//! What the folder `schemas/` holds for one event.

use std::fs;
use std::path::{Path, PathBuf};

use audit_rules::folder::{
    CONFIG, FOLDER, INDEX, MAX_BODY_BYTES, MAX_FILE_BYTES, body_of, body_path,
};

use super::files;
use super::index;
use super::package::Package;
use super::registrations::{self, Hash, altered};
use super::{ConflictIn, Problem};

/// What the folder holds for one event.
#[derive(Default)]
pub struct Schemas {
    pub committed: Option<CommittedFile>,
    /// Why a release can't do without the file that isn't there; `None` where it can, because the event isn't this build's business.
    pub gap: Option<Gap>,
}

/// How much of the folder is missing.
#[derive(Clone, Copy)]
pub enum Gap {
    /// There is no folder.
    Folder,
    /// The folder has no index: nothing was ever exported, or that was left out, too.
    Index,
    /// Only the file.
    File,
}

/// A schema file that exists.
pub struct CommittedFile {
    /// Absolute, for `include_bytes!`.
    pub path: String,
    /// `schemas/user.signed_in/v1.json`
    pub shown: String,
    /// The environments in which the version is registered, joined.
    pub registered_in: String,
}

/// Looks the folder up from the package's folder upwards, and the event's file in it.
pub fn schemas(action: &str, version: u32) -> Result<Schemas, Problem> {
    let package = Package::read()?;
    let without = |gap| {
        Ok(Schemas {
            committed: None,
            gap: package.needs_schemas.then_some(gap),
        })
    };
    let Some(folder) = folder_of(&package) else {
        return without(Gap::Folder);
    };
    let name = body_path(action, version);
    let file = folder.join(&name);
    let shown = format!("{FOLDER}/{name}");
    let Some(bytes) = files::read(&file, MAX_BODY_BYTES)
        .map_err(|error| Problem::Unreadable(file.clone(), error))?
    else {
        let gap = listed(&folder, &name, &package)?;
        let registered_in = names(&registrations::of(&folder, action, version)?);
        return if registered_in.is_empty() {
            without(gap)
        } else {
            Err(Problem::Missing {
                shown,
                registered_in,
            })
        };
    };
    let hashes = registrations::of(&folder, action, version)?;
    let registered_in = names(&hashes);
    if let Some(position) = index::conflict(&bytes) {
        return Err(Problem::Conflict {
            file: ConflictIn::Schema(registered_in),
            shown,
            position,
        });
    }
    let altered = altered(&bytes, &hashes);
    if !altered.is_empty() {
        return Err(Problem::Altered {
            shown,
            registered_in: names(&altered),
        });
    }
    Ok(Schemas {
        committed: Some(CommittedFile {
            path: utf8(file)?,
            shown,
            registered_in,
        }),
        gap: None,
    })
}

/// What the index says of a file that isn't there. Packages from elsewhere may have left theirs out.
fn listed(folder: &Path, name: &str, package: &Package) -> Result<Gap, Problem> {
    let index =
        index::read(folder).map_err(|error| Problem::Unreadable(folder.join(INDEX), error))?;
    let Some(index) = index else {
        return Ok(Gap::Index);
    };
    if let Some(position) = index.conflict.clone() {
        return Err(Problem::Conflict {
            file: ConflictIn::Index,
            shown: format!("{FOLDER}/{INDEX}"),
            position,
        });
    }
    if !package.is_local || index.files.iter().all(|file| file != name) {
        return Ok(Gap::File);
    }
    let files = index.missing(folder);
    let registered = first_registered(folder, &files)?;
    Err(Problem::Dropped { files, registered })
}

/// The first of the files whose version is registered: `export` can't be trusted to write it again.
fn first_registered(folder: &Path, files: &[String]) -> Result<Option<String>, Problem> {
    for file in files {
        let Some((action, version)) = body_of(file) else {
            continue;
        };
        let hashes = registrations::of(folder, &action, version)?;
        if !hashes.is_empty() {
            return Ok(Some(format!(
                "{FOLDER}/{file} is registered in {}",
                names(&hashes)
            )));
        }
    }
    Ok(None)
}

/// The files beside those of events on which the answers for a package depend. Cargo is told of them once.
pub fn tracked_files() -> Result<Vec<String>, Problem> {
    let package = Package::read()?;
    let Some(folder) = folder_of(&package) else {
        // `init` touches the manifest, and it says which packages are the workspace's.
        let manifest = package.root.join("Cargo.toml");
        let is_there =
            package.needs_schemas && matches!(files::about(&manifest, MAX_FILE_BYTES), Ok(Some(_)));
        return is_there.then(|| utf8(manifest)).into_iter().collect();
    };
    let index = [INDEX, CONFIG]
        .map(|name| folder.join(name))
        .into_iter()
        .find(|file| fs::symlink_metadata(file).is_ok());
    let registrations = registrations::files(&folder)?
        .into_iter()
        .map(|(_, path)| path);
    index
        .into_iter()
        .chain(registrations)
        .map(tracked)
        .collect()
}

/// A file for `include_bytes!`, which would read whatever it is given to its end.
fn tracked(path: PathBuf) -> Result<String, Problem> {
    files::about(&path, MAX_FILE_BYTES)
        .map_err(|error| Problem::Unreadable(path.clone(), error))?;
    utf8(path)
}

fn folder_of(package: &Package) -> Option<PathBuf> {
    let is_marked = |folder: &PathBuf| {
        fs::symlink_metadata(folder.join(CONFIG)).is_ok_and(|about| !about.is_dir())
    };
    package
        .folders()
        .map(|folder| folder.join(FOLDER))
        .find(is_marked)
}

fn utf8(path: PathBuf) -> Result<String, Problem> {
    path.into_os_string()
        .into_string()
        .map_err(|path| Problem::PathEncoding(path.into()))
}

fn names(hashes: &[Hash]) -> String {
    let names: Vec<_> = hashes.iter().map(|(name, _)| name.as_str()).collect();
    names.join(", ")
}
