//! The status of a folder: the state of each version, and findings about versions, files and names.

pub mod evolution;
pub mod files;
pub mod lost;
pub mod spelling;
pub mod state;
pub mod version;

use std::path::Path;

use crate::finding::{Code, Finding};
use crate::location::{Location, from};
use crate::store::Store;

/// The folder of schemas, and the root of its files' locations.
#[derive(Clone, Copy, Debug)]
pub struct SchemaFolder<'a> {
    pub store: &'a Store,
    pub workspace: &'a Path,
}

impl SchemaFolder<'_> {
    /// A finding about a file: `schemas/a.b/v1.json …`.
    pub fn finding(&self, code: Code, path: &Path, what: &str, help: impl Into<String>) -> Finding {
        let message = format!("{} {what}", path.display());
        Finding::new(code, message, help).at(self.location(path))
    }

    /// The location of a file, relative to the workspace.
    pub fn location(&self, path: &Path) -> Location {
        Location {
            file: Some(from(self.workspace, path)),
            ..Location::default()
        }
    }
}
