//! Snapshots of the code, a folder, a git revision or an environment, to compare.

mod git;

use std::path::PathBuf;

use audit_rules::registrations::Registration;

use crate::body::{read, sha256};
use crate::catalogue::{Catalogue, Entry};
use crate::diff::versions::{Schema, Snapshot};
use crate::failure::Failure;
use crate::store::{Name, Store, body_file, entries, text_of};

pub fn code(catalogue: &Catalogue) -> Snapshot {
    let schema = |entry: &Entry| {
        let event = &entry.event;
        let schema = Schema {
            text: event.body.clone(),
            body: entry.body.clone(),
            sha256: entry.sha256.clone(),
            event: Some(event.clone()),
            file: None,
        };
        ((event.action.clone(), event.version), schema)
    };
    catalogue.entries.iter().map(schema).collect()
}

pub fn folder(store: &Store) -> Result<Snapshot, Failure> {
    bodies(store)
        .map(|(name, schema)| Ok((name, schema?)))
        .collect()
}

/// The readable files of the folder; the others are findings of their own.
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
        // The file, if it still exists, so that tools find it.
        let file = Some(store.body_path(&name.0, name.1)).filter(|path| path.exists());
        snapshot.insert(name, schema(&shown, &bytes, file)?);
    }
    Ok(snapshot)
}

/// The registrations name bodies by their hash; the folder holds them.
pub fn environment(store: &Store, environment: &str) -> Result<Snapshot, Failure> {
    let Some(registrations) = store.registrations.get(environment) else {
        let known: Vec<_> = store.registrations.keys().map(String::as_str).collect();
        let all = match known.as_slice() {
            [] => "registrations/<environment>.json says which versions an environment has".into(),
            known => format!("there are {}", known.join(", ")),
        };
        let root = store.root().display();
        return Err(Failure::new(format!(
            "no registrations of an environment {environment:?} in {root}"
        ))
        .suggest(environment, known, all));
    };
    let folder = folder(store)?;
    let mut snapshot = Snapshot::new();
    for (name, Registration { sha256, .. }) in entries(registrations) {
        let has_hash = |schema: &&Schema| schema.sha256.eq_ignore_ascii_case(sha256);
        let own = folder.get(&name).filter(has_hash);
        let schema = own.or_else(|| folder.values().find(has_hash));
        let schema = schema
            .ok_or_else(|| lost(store, environment, &name))?
            .clone();
        snapshot.insert(name, schema);
    }
    Ok(snapshot)
}

fn lost(store: &Store, environment: &str, (action, version): &Name) -> Failure {
    let path = store.body_path(action, *version);
    Failure::new(format!("{} isn't what is registered in {environment} as {action} version {version}", path.display()))
        .help("take the file back from version control: no other file in the folder has the registered hash")
}

/// A checkout with other line ends is the same file.
fn schema(shown: &str, bytes: &[u8], file: Option<PathBuf>) -> Result<Schema, Failure> {
    let read::Reading { body, problems } = read::read_bytes(bytes);
    if let Some(problem) = problems.first() {
        return Err(Failure::new(format!("{shown}:{problem}"))
            .help("`cargo audit-schema check` says all that is wrong with the folder's files"));
    }
    let text = text_of(bytes);
    Ok(Schema {
        sha256: sha256(&text),
        text,
        body,
        event: None,
        file,
    })
}
