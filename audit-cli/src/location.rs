//! Locations in files, and how paths are written for tools.

use std::fmt;
use std::path::Path;

use audit_core::schema::record::read::Source;
use serde::Serialize;

/// A place in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Location {
    /// Relative to the workspace, `/` between names.
    pub file: Option<String>,
    /// Counted from 1.
    pub line: Option<u32>,
    /// Characters before it in the line, and one.
    pub column: Option<u32>,
}

impl fmt::Display for Location {
    /// `src/lib.rs:12:5`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.file.as_deref().unwrap_or_default())?;
        [self.line, self.column]
            .iter()
            .flatten()
            .try_for_each(|number| write!(f, ":{number}"))
    }
}

/// The location that a record has.
pub fn of_source(source: &Source) -> Location {
    Location {
        file: (!source.file.is_empty()).then(|| slashes(&source.file)),
        line: Some(source.line).filter(|line| *line > 0),
        column: None,
    }
}

/// A path as tools want it that stand at `root`: relative, `/` between names.
pub fn from(root: &Path, path: &Path) -> String {
    let (root, path) = (
        root.canonicalize().unwrap_or_else(|_| root.into()),
        path.canonicalize().unwrap_or_else(|_| path.into()),
    );
    slashes(
        &path
            .strip_prefix(&root)
            .unwrap_or(&path)
            .display()
            .to_string(),
    )
}

/// A path as every tool reads it.
pub fn slashes(path: &str) -> String {
    if cfg!(windows) {
        path.replace('\\', "/")
    } else {
        path.into()
    }
}
