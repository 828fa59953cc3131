//! What the folder or an artifact can emit, and therefore has to be registered.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::baseline;
use crate::body::Body;
use crate::catalogue::{Catalogue, Conflict, Entry};
use crate::discover::artifact;
use crate::failure::Failure;
use crate::store::{Name, Store, text_of};

/// A declared version.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// What is sent: the file's text, or the record's.
    pub text: String,
    pub sha256: String,
    pub body: Body,
    pub file: Option<PathBuf>,
}

pub type All = BTreeMap<Name, Wanted>;

/// Every version of the folder. All of them: an older program may still emit one that the code has left behind.
pub fn of_folder(store: &Store) -> Result<All, Failure> {
    let schemas = baseline::folder(store)?;
    let wanted = schemas.into_iter().filter_map(|(name, schema)| {
        let text = text_of(store.versions.get(&name)?.body.as_ref()?);
        let baseline::Schema {
            body,
            sha256,
            file,
            event: _,
        } = schema;
        Some((
            name,
            Wanted {
                text,
                sha256,
                body,
                file,
            },
        ))
    });
    Ok(wanted.collect())
}

/// Every version that these files can emit.
pub fn of_artifacts(files: &[PathBuf]) -> Result<All, Failure> {
    let mut entries = Vec::new();
    for file in files {
        entries.extend(artifact::read(file)?);
    }
    let catalogue = Catalogue::new(entries);
    if !catalogue.conflicts.is_empty() {
        return Err(Failure::all(
            catalogue.conflicts.iter().map(two_schemas).collect(),
        ));
    }
    let wanted = catalogue.entries.into_iter().map(
        |Entry {
             event,
             body,
             sha256,
         }| {
            (
                (event.action, event.version),
                Wanted {
                    text: event.body,
                    sha256,
                    body,
                    file: None,
                },
            )
        },
    );
    Ok(wanted.collect())
}

fn two_schemas(
    Conflict {
        action, version, ..
    }: &Conflict,
) -> Failure {
    Failure::new(format!("{action} version {version} has different schemas in these artifacts"))
        .help("build them from the same commit; `cargo audit-schema inspect` shows what each of them emits")
}
