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
use crate::catalogue::{Catalogue, Conflict};
pub use crate::diff::versions::{Schema as LocalSchema, Snapshot as LocalSchemas};
use crate::discover::events_in;
use crate::failure::Failure;
use crate::import::forms::is_mangled;
use crate::json::{Node, Problem};
pub use matching::State;
pub use plan::{Item, Plan};
pub use recorder::{Recorder, Registration};

/// Every version that these files can emit.
pub fn of_artifacts(files: &[PathBuf]) -> Result<LocalSchemas, Failure> {
    let mut entries = Vec::new();
    for file in files {
        entries.extend(events_in(file)?);
    }
    let catalogue = Catalogue::new(entries);
    if catalogue.conflicts.is_empty() {
        return Ok(baseline::code(&catalogue));
    }
    let failures = catalogue.conflicts.iter().map(|Conflict { action, version, .. }| {
        Failure::new(format!("{action} version {version} has different schemas in these artifacts"))
            .help("build them from the same commit; `cargo audit-schema inspect` shows what each of them emits")
    });
    Err(Failure::all(failures.collect()))
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
