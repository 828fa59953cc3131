//! What can be compared: the code, a folder, a git revision, an environment. Each becomes the same kind of snapshot.

mod git;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use audit_core::schema::record::read::Event;

use crate::body::{Body, read, sha256};
use crate::catalogue::{Catalogue, Entry};
use crate::failure::Failure;
use crate::store::{Name, Store, body_file, text_of};
use crate::suggest::nearest;

/// One side of a comparison, as it is written on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Side {
    /// What the code renders; builds.
    Code,
    /// The project's folder.
    Folder,
    /// Another folder.
    Path(PathBuf),
    /// The project's folder as it was committed.
    Git(String),
    /// What is registered in an environment.
    Environment(String),
}

/// For errors and help.
pub const FORMS: &str = "`code`, `folder`, the path of a folder, `git:REVISION`, `env:NAME`";

impl std::str::FromStr for Side {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once(':') {
            Some(("git" | "env", "")) => Err(format!(
                "nothing is named behind `{text}`; possible are {FORMS}"
            )),
            Some(("git", revision)) => Ok(Self::Git(revision.into())),
            Some(("env", name)) => Ok(Self::Environment(name.into())),
            _ if text == "code" => Ok(Self::Code),
            _ if text == "folder" => Ok(Self::Folder),
            _ if Path::new(text).is_dir() => Ok(Self::Path(text.into())),
            _ => Err(format!("there is no folder {text:?}; possible are {FORMS}")),
        }
    }
}

impl std::fmt::Display for Side {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Code => f.write_str("the code"),
            Self::Folder => f.write_str("the folder"),
            Self::Path(path) => write!(f, "{}", path.display()),
            Self::Git(revision) => write!(f, "git:{revision}"),
            Self::Environment(name) => write!(f, "env:{name}"),
        }
    }
}

/// One schema of a side.
#[derive(Clone, Debug)]
pub struct Schema {
    pub body: Body,
    pub sha256: String,
    /// What declares it, where the side is the code.
    pub event: Option<Event>,
    /// Where it stands otherwise.
    pub file: Option<PathBuf>,
}

/// Every schema of a side.
pub type Snapshot = BTreeMap<Name, Schema>;

pub fn code(catalogue: &Catalogue) -> Snapshot {
    let schema = |Entry {
                      event,
                      body,
                      sha256,
                  }: &Entry| Schema {
        body: body.clone(),
        sha256: sha256.clone(),
        event: Some(event.clone()),
        file: None,
    };
    catalogue
        .entries
        .iter()
        .map(|entry| {
            (
                (entry.event.action.clone(), entry.event.version),
                schema(entry),
            )
        })
        .collect()
}

pub fn folder(store: &Store) -> Result<Snapshot, Failure> {
    bodies(store)
        .map(|(name, schema)| Ok((name, schema?)))
        .collect()
}

/// The folder as far as it can be read: what can't be is a finding of its own.
pub fn readable(store: &Store) -> Snapshot {
    bodies(store)
        .filter_map(|(name, schema)| Some((name, schema.ok()?)))
        .collect()
}

fn bodies(store: &Store) -> impl Iterator<Item = (Name, Result<Schema, Failure>)> {
    store
        .versions
        .iter()
        .filter_map(|((action, version), files)| {
            let bytes = files.body.as_ref()?;
            let path = store.body_path(action, *version);
            Some((
                (action.clone(), *version),
                schema(&path.display().to_string(), bytes, Some(path.clone())),
            ))
        })
}

pub fn revision(store: &Store, revision: &str) -> Result<Snapshot, Failure> {
    let mut snapshot = Snapshot::new();
    for (name, bytes) in git::bodies(store.root(), revision)? {
        let shown = format!("git:{revision}:{}/{}", name.0, body_file(name.1));
        // Where the file still stands, so that tools find it.
        let file = Some(store.body_path(&name.0, name.1)).filter(|path| path.exists());
        snapshot.insert(name, schema(&shown, &bytes, file)?);
    }
    Ok(snapshot)
}

/// The registrations name bodies by their hash; the folder holds them.
pub fn environment(store: &Store, name: &str) -> Result<Snapshot, Failure> {
    let Some(registrations) = store.registrations.get(name) else {
        let failure = Failure::new(format!(
            "no registrations of an environment {name:?} in {}",
            store.root().display()
        ));
        let known: Vec<_> = store.registrations.keys().map(String::as_str).collect();
        let near = nearest(name, known.iter().copied());
        return Err(match (near.is_empty(), known.is_empty()) {
            (false, _) => failure.help(format!("did you mean {}?", near.join(" or "))),
            (true, false) => failure.help(format!("there are {}", known.join(", "))),
            (true, true) => failure
                .help("registrations/<environment>.json says which versions an environment has"),
        });
    };
    let folder = folder(store)?;
    let mut snapshot = Snapshot::new();
    for (action, version, _) in registrations.iter() {
        let sha256 = registrations.sha256(action, version).unwrap_or_default();
        let own = folder
            .get(&(action.to_owned(), version))
            .filter(|schema| schema.sha256.eq_ignore_ascii_case(sha256));
        let found = own.or_else(|| {
            folder
                .values()
                .find(|schema| schema.sha256.eq_ignore_ascii_case(sha256))
        });
        let schema = found.ok_or_else(|| lost(store, name, action, version))?;
        snapshot.insert((action.to_owned(), version), schema.clone());
    }
    Ok(snapshot)
}

fn lost(store: &Store, environment: &str, action: &str, version: u32) -> Failure {
    let path = store.body_path(action, version);
    Failure::new(format!("{} isn't what is registered in {environment} as {action} version {version}", path.display()))
        .help("take the file back from version control: no other file in the folder has the registered hash")
}

/// A checkout with other line ends is the same file.
fn schema(shown: &str, bytes: &[u8], file: Option<PathBuf>) -> Result<Schema, Failure> {
    let text = text_of(bytes);
    let read::Reading { body, problems } = read::read_bytes(bytes);
    match problems.first() {
        Some(problem) => Err(Failure::new(format!("{shown}:{problem}"))
            .help("`cargo audit-schema check` says all that is wrong with the folder's files")),
        None => Ok(Schema {
            body,
            sha256: sha256(&text),
            event: None,
            file,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_sides() {
        let side = |text: &str| text.parse::<Side>();
        assert_eq!(side("code"), Ok(Side::Code));
        assert_eq!(side("folder"), Ok(Side::Folder));
        assert_eq!(side("git:v1:x"), Ok(Side::Git("v1:x".into())));
        assert_eq!(
            side("env:production"),
            Ok(Side::Environment("production".into()))
        );
        assert_eq!(side("."), Ok(Side::Path(".".into())));
        assert!(side("git:").is_err_and(|message| message.contains("behind `git:`")));
        assert!(side("nowhere").is_err_and(|message| {
            message.contains("there is no folder \"nowhere\"; possible are `code`")
        }));
    }
}
