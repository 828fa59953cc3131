//! All that a derive asks of its surroundings: the package, `AUDIT_SCHEMAS`, `AUDIT_RECORDS`, and whether the schema file exists. Cargo tracks
//! what the answers depend on, because the expansion holds `option_env!` and `include_bytes!` of the same things.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::action::folder_of;
use crate::registrations::{self, Unusable};
use crate::sha256;

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
    /// The version is registered in these environments, with another hash than its file's.
    Altered {
        shown: String,
        registered_in: String,
    },
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
    env::var_os(variable).map(|value| value.to_string_lossy().into_owned()).unwrap_or_default()
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
    let own = folder_of(action);
    let file = folder.join(&own).join(format!("v{version}.json"));
    let shown = format!("schemas/{own}/v{version}.json");
    let registered = registered(&folder.join("registrations"), action, version)?;
    let registered_in = names(&registered);
    let committed = if file.exists() {
        let bytes = body_of(&file).map_err(|error| Problem::Unreadable(file.clone(), error))?;
        let altered = altered(&bytes, &registered);
        if !altered.is_empty() {
            return Err(Problem::Altered { shown, registered_in: names(&altered) });
        }
        Some(CommittedFile { path: utf8(file)?, shown, registered_in })
    } else if registered_in.is_empty() {
        None
    } else {
        return Err(Problem::Missing { shown, registered_in });
    };
    Ok(Schemas { index: index.map(utf8).transpose()?, committed })
}

/// A larger file is no body, and constants would compare it for hours.
const MAX_BYTES: u64 = 1 << 20;

fn body_of(file: &Path) -> std::io::Result<Vec<u8>> {
    let about = fs::metadata(file)?;
    if !about.is_file() {
        return Err(std::io::Error::other("it isn't a file"));
    }
    if about.len() > MAX_BYTES {
        return Err(std::io::Error::other("it is larger than 1 MiB, which no schema is"));
    }
    fs::read(file)
}

fn utf8(path: PathBuf) -> Result<String, Problem> {
    path.into_os_string().into_string().map_err(|path| Problem::PathEncoding(path.into()))
}

/// An environment, and the hash of the body that it was given.
type Registered = (String, String);

fn names(registered: &[Registered]) -> String {
    registered.iter().map(|(environment, _)| environment.as_str()).collect::<Vec<_>>().join(", ")
}

/// The registrations with another hash than the file's, whose line ends are nobody's business.
fn altered(file: &[u8], registered: &[Registered]) -> Vec<Registered> {
    let is_hash = |hash: &str| hash.len() == 64 && hash.bytes().all(|digit| digit.is_ascii_hexdigit());
    let hashes = registered.iter().filter(|(_, hash)| is_hash(hash));
    if hashes.clone().next().is_none() {
        return Vec::new();
    }
    let own = sha256::of(&without_returns(file));
    hashes.filter(|(_, hash)| !own.eq_ignore_ascii_case(hash)).cloned().collect()
}

fn without_returns(file: &[u8]) -> Vec<u8> {
    let is_kept = |(index, byte): &(usize, &u8)| **byte != b'\r' || file.get(index + 1) != Some(&b'\n');
    file.iter().enumerate().filter(is_kept).map(|(_, byte)| *byte).collect()
}

/// The environments whose registrations list the version. Without the folder there are none.
fn registered(folder: &Path, action: &str, version: u32) -> Result<Vec<Registered>, Problem> {
    let Ok(files) = fs::read_dir(folder) else { return Ok(Vec::new()) };
    let version = (action.to_owned(), version.to_string());
    let mut environments = Vec::new();
    for path in files.filter_map(|file| Some(file.ok()?.path())) {
        let Some(name) = path.file_name().and_then(|name| name.to_str()?.strip_suffix(".json")).map(ToOwned::to_owned) else {
            continue;
        };
        let hashes = registrations::read(&path).map_err(|problem| match problem {
            Unusable::Unreadable(error) => Problem::Unreadable(path.clone(), error),
            Unusable::Malformed(error) => Problem::Registrations(path.clone(), error),
        })?;
        if let Some(hash) = hashes.get(&version) {
            environments.push((name, hash.clone()));
        }
    }
    environments.sort();
    Ok(environments)
}
