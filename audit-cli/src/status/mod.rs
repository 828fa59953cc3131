//! The status of a folder: the state of each version, and findings about versions, files and names.

pub mod evolution;
pub mod files;
pub mod lost;
pub mod spelling;
pub mod state;
pub mod version;

use std::path::Path;

use crate::location::{Location, from};
use crate::store::Store;

/// The folder, and from where its files are named.
#[derive(Clone, Copy, Debug)]
pub struct SchemaFolder<'a> {
    pub store: &'a Store,
    pub workspace: &'a Path,
    /// Whether `audit.toml` leaves packages of the workspace out.
    pub leaves_out: bool,
}

impl SchemaFolder<'_> {
    /// A file in it, from the workspace.
    pub fn location(&self, path: &Path) -> Location {
        Location {
            file: Some(from(self.workspace, path)),
            ..Location::default()
        }
    }
}
