//! Registration: the local schemas, the remote ones, which stands for which. Values only; the network is `remote`'s.

pub mod findings;
pub mod matching;
pub mod plan;
pub mod recorder;

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::baseline;
use crate::body::Body;
use crate::body::read::{self, Reading};
use crate::catalogue::{Catalogue, Conflict, Entry};
use crate::discover::events_in;
use crate::failure::Failure;
use crate::import::forms::is_mangled;
use crate::json::{Node, Problem};
use crate::store::{Name, Store, text_of};
pub use matching::State;
pub use plan::{Item, Plan};
pub use recorder::{Recorder, Registration};

/// A declared version: what has to be registered.
#[derive(Clone, Debug)]
pub struct LocalSchema {
    /// What is sent: the file's text, or the record's.
    pub text: String,
    pub sha256: String,
    pub body: Body,
    pub file: Option<PathBuf>,
}

pub type LocalSchemas = BTreeMap<Name, LocalSchema>;

/// Every version of the folder. All of them: an older program may still emit one that the code has left behind.
pub fn of_folder(store: &Store) -> Result<LocalSchemas, Failure> {
    let schemas = baseline::folder(store)?.into_iter();
    let local = schemas.filter_map(|(name, schema)| {
        let local = LocalSchema {
            text: text_of(store.versions.get(&name)?.body.as_ref()?),
            sha256: schema.sha256,
            body: schema.body,
            file: schema.file,
        };
        Some((name, local))
    });
    Ok(local.collect())
}

/// Every version that these files can emit.
pub fn of_artifacts(files: &[PathBuf]) -> Result<LocalSchemas, Failure> {
    let mut entries = Vec::new();
    for file in files {
        entries.extend(events_in(file)?);
    }
    let Catalogue {
        entries, conflicts, ..
    } = Catalogue::new(entries);
    if !conflicts.is_empty() {
        return Err(Failure::all(conflicts.iter().map(conflict).collect()));
    }
    let local = |entry: Entry| LocalSchema {
        text: entry.event.body,
        sha256: entry.sha256,
        body: entry.body,
        file: None,
    };
    let named = entries.into_iter().map(|entry| {
        let name = (entry.event.action.clone(), entry.event.version);
        (name, local(entry))
    });
    Ok(named.collect())
}

fn conflict(
    Conflict {
        action, version, ..
    }: &Conflict,
) -> Failure {
    Failure::new(format!("{action} version {version} has different schemas in these artifacts"))
        .help("build them from the same commit; `cargo audit-schema inspect` shows what each of them emits")
}

/// A version of the service.
#[derive(Clone, Debug)]
pub struct RemoteSchema {
    pub number: u32,
    /// The schema as JSON.
    pub text: String,
    /// What it means, or why that can't be said: then it matches nothing.
    pub body: Result<Body, Problem>,
    /// A JSON Schema that the vendor's Node SDK took for a map of types.
    pub mangled: bool,
}

impl RemoteSchema {
    pub fn read(number: u32, text: String) -> Self {
        let (body, mangled) = match Node::parse(&text) {
            Ok(node) => {
                let Reading { body, problems } = read::read(node);
                let body = problems.into_iter().next().map_or(Ok(body), Err);
                (body, is_mangled(&node))
            }
            Err(problem) => (Err(problem), false),
        };
        Self {
            number,
            text,
            body,
            mangled,
        }
    }
}

/// Everything that was read of an environment.
#[derive(Clone, Debug, Default)]
pub struct RemoteState {
    /// Every version of the actions that were asked for, lowest first.
    pub actions: BTreeMap<String, Vec<RemoteSchema>>,
    /// The other actions, each with the version that the list of actions shows.
    pub others: BTreeMap<String, RemoteSchema>,
}

impl RemoteState {
    pub fn of(&self, action: &str) -> &[RemoteSchema] {
        self.actions.get(action).map_or(&[], Vec::as_slice)
    }
}
