//! All that a derive asks of its surroundings: the package, `AUDIT_SCHEMAS`, and whether the schema file exists. Cargo tracks what the
//! answers depend on, because the expansion holds `option_env!` and `include_bytes!` of the same things.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::registrations;

/// The variable that says how strict the comparison is.
pub const VARIABLE: &str = "AUDIT_SCHEMAS";

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
    NoPackageFolder,
    PathEncoding(PathBuf),
    Unreadable(PathBuf, std::io::Error),
    /// A file of registrations that isn't what it should be.
    Registrations(PathBuf, String),
    /// The version is registered in these environments, and its file isn't there.
    Missing {
        shown: String,
        registered_in: String,
    },
}

impl Mode {
    pub fn read() -> Result<Self, Problem> {
        match env::var_os(VARIABLE).as_deref().map(|value| value.to_string_lossy().into_owned()).as_deref() {
            None | Some("") => Ok(Self::Compare),
            Some("require") => Ok(Self::Require),
            Some("update") => Ok(Self::Update),
            Some("off") => Ok(Self::Off),
            Some(other) => Err(Problem::Mode(other.into())),
        }
    }
}

/// The package being compiled: name and version.
pub fn package() -> (String, String) {
    let variable = |name| env::var(name).unwrap_or_default();
    (variable("CARGO_PKG_NAME"), variable("CARGO_PKG_VERSION"))
}

/// What the folder `schemas/` holds for one event.
#[derive(Default)]
pub struct Schemas {
    /// What changes when schema files come and go.
    pub index: Option<String>,
    pub committed: Option<CommittedFile>,
}

/// A schema file that exists.
pub struct CommittedFile {
    /// Absolute, for `include_bytes!`.
    pub path: String,
    /// `schemas/user.signed_in/v1.json`
    pub shown: String,
    /// The environments that know the version, joined.
    pub registered_in: String,
}

/// Looks the folder up from the package's folder upwards, and the event's file in it.
pub fn schemas(action: &str, version: u32) -> Result<Schemas, Problem> {
    let package = env::var_os("CARGO_MANIFEST_DIR").ok_or(Problem::NoPackageFolder)?;
    let package = PathBuf::from(package);
    let Some(folder) = package.ancestors().map(|folder| folder.join("schemas")).find(|folder| folder.join("audit.toml").is_file())
    else {
        return Ok(Schemas::default());
    };
    let index = ["index.txt", "audit.toml"].map(|name| folder.join(name)).into_iter().find(|file| file.is_file());
    let name = format!("{action}/v{version}.json");
    let file = folder.join(action).join(format!("v{version}.json"));
    let shown = format!("schemas/{name}");
    let registered_in = registered_in(&folder.join("registrations"), action, version)?;
    let committed = if file.exists() {
        fs::File::open(&file).map_err(|error| Problem::Unreadable(file.clone(), error))?;
        Some(CommittedFile { path: utf8(file)?, shown, registered_in })
    } else if registered_in.is_empty() {
        None
    } else {
        return Err(Problem::Missing { shown, registered_in });
    };
    Ok(Schemas { index: index.map(utf8).transpose()?, committed })
}

fn utf8(path: PathBuf) -> Result<String, Problem> {
    path.into_os_string().into_string().map_err(|path| Problem::PathEncoding(path.into()))
}

/// Names the environments whose registrations list the version. Without the folder there are none.
fn registered_in(folder: &Path, action: &str, version: u32) -> Result<String, Problem> {
    let Ok(files) = fs::read_dir(folder) else { return Ok(String::new()) };
    let mut environments = Vec::new();
    for path in files.filter_map(|file| Some(file.ok()?.path())) {
        let Some(name) = path.file_name().and_then(|name| name.to_str()?.strip_suffix(".json")).map(ToOwned::to_owned) else {
            continue;
        };
        let json = fs::read_to_string(&path).map_err(|error| Problem::Unreadable(path.clone(), error))?;
        if registrations::lists(&json, action, version).map_err(|error| Problem::Registrations(path, error))? {
            environments.push(name);
        }
    }
    environments.sort();
    Ok(environments.join(", "))
}
