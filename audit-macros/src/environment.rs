//! All that a derive asks of its surroundings: the package, `AUDIT_SCHEMAS`, `AUDIT_RECORDS`, and what `schemas/` holds. Cargo tracks
//! what the answers depend on, because the expansion holds `option_env!` and `include_bytes!` of the same things.

mod files;
mod folder;
mod index;
mod package;
mod registrations;
mod toml;
mod unit;

use std::env;
use std::path::PathBuf;

pub use folder::{CommittedFile, Gap, Schemas, schemas, tracked_files};

/// The variable that says how strict the comparison is.
pub const VARIABLE: &str = "AUDIT_SCHEMAS";

/// The variable that leaves records out of artifacts.
pub const RECORDS: &str = "AUDIT_RECORDS";

/// What [`VARIABLE`] says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Unset: drafts are allowed, committed schemas must match.
    Compare,
    /// `require`: no drafts.
    Require,
    /// `update`: the tool is exporting, nothing is compared.
    Update,
    /// `off`: a foreign build system, nothing is looked up.
    Off,
}

/// Why the surroundings give no answer.
pub enum Problem {
    Mode(String),
    Records(String),
    NoPackageFolder(NoFolder),
    PathEncoding(PathBuf),
    Unreadable(PathBuf, std::io::Error),
    /// A file of registrations that isn't what it should be.
    Registrations(PathBuf, String),
    /// A file in which version control has left a conflict: which one, and where.
    Conflict {
        file: ConflictIn,
        shown: String,
        position: String,
    },
    /// Files that the index lists and that aren't there; and the first of them that is registered.
    Dropped {
        files: Vec<String>,
        registered: Option<String>,
    },
    /// The version is registered in these environments, and its file isn't there.
    Missing {
        shown: String,
        registered_in: String,
    },
    /// The version is registered in these environments, with another hash than its file's.
    Altered {
        shown: String,
        registered_in: String,
    },
}

/// What a file with a conflict is.
pub enum ConflictIn {
    /// The environments in which the version is registered, or nothing.
    Schema(String),
    Index,
    Registrations,
}

/// Why the package's folder isn't known.
pub enum NoFolder {
    Unset,
    Empty,
    Absent(PathBuf),
}

impl Mode {
    pub fn read() -> Result<Self, Problem> {
        match value(VARIABLE).as_str() {
            "" => Ok(Self::Compare),
            "require" => Ok(Self::Require),
            "update" => Ok(Self::Update),
            "off" => Ok(Self::Off),
            other => Err(Problem::Mode(other.into())),
        }
    }
}

/// Whether events leave records in artifacts. In the build that the tool reads they always do.
pub fn leaves_records() -> Result<bool, Problem> {
    match value(RECORDS).as_str() {
        "" | "on" => Ok(true),
        "off" => Ok(value(VARIABLE) == "update"),
        other => Err(Problem::Records(other.into())),
    }
}

/// Empty where the variable is unset.
fn value(variable: &str) -> String {
    env::var_os(variable)
        .map(|value| value.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// The package being compiled: name and version.
pub fn package() -> (String, String) {
    let variable = |name| env::var(name).unwrap_or_default();
    (variable("CARGO_PKG_NAME"), variable("CARGO_PKG_VERSION"))
}
