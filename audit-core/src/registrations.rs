//! Which version the service gave to each declared version, in one environment.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// The schemas that are registered in an environment: `schemas/registrations/<environment>.json`, which
/// `cargo audit-schema push` and `resolve` write.
///
/// Load the file when the program starts, so that one binary runs in every environment:
///
/// ```no_run
/// use audit_core::Registrations;
///
/// let environment = std::env::var("ENVIRONMENT")?;
/// let registrations = Registrations::load(format!("schemas/registrations/{environment}.json"))?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Or embed it, so that there is no file to deploy:
///
/// ```
/// use audit_core::Registrations;
/// # macro_rules! include_str { ($path:literal) => { r#"{"user.signed_in": {"1": {"server": 3, "sha256": "5891b5b522d5df08"}}}"# } }
///
/// let registrations = Registrations::from_json(include_str!("../schemas/registrations/production.json"))?;
/// assert_eq!(registrations.server_version("user.signed_in", 1), Some(3));
/// # Ok::<(), audit_core::RegistrationsError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Registrations {
    versions: BTreeMap<String, BTreeMap<u32, Registration>>,
}

/// One declared version's registration.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Registration {
    server: u32,
    sha256: String,
}

impl Registrations {
    /// Parses the text of a registrations file.
    ///
    /// # Errors
    /// [`RegistrationsError`] where the text isn't a registrations file.
    pub fn from_json(json: &str) -> Result<Self, RegistrationsError> {
        // Some editors write a byte order mark.
        let json = json.strip_prefix('\u{feff}').unwrap_or(json);
        let value: Value = serde_json::from_str(json)
            .map_err(|error| RegistrationsError::of(error.to_string()))?;
        let actions = object(&value, "the file")?;
        let mut versions = BTreeMap::new();
        for (action, declared) in actions {
            let mut of_action = BTreeMap::new();
            for (version, registration) in object(declared, &format!("`{action}`"))? {
                let place = format!("`{action}` version `{version}`");
                let number = version
                    .parse::<u32>()
                    .ok()
                    .filter(|number| *number > 0 && number.to_string() == *version)
                    .ok_or_else(|| {
                        RegistrationsError::of(format!(
                            "{place}: a declared version is a positive integer"
                        ))
                    })?;
                of_action.insert(number, Registration::read(registration, &place)?);
            }
            versions.insert(action.clone(), of_action);
        }
        Ok(Self { versions })
    }

    /// Reads a registrations file.
    ///
    /// # Errors
    /// [`RegistrationsError`] where it can't be read or isn't one.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, RegistrationsError> {
        let path = path.as_ref();
        let with_path = |problem| RegistrationsError {
            path: Some(path.to_owned()),
            problem,
        };
        let text = std::fs::read_to_string(path).map_err(|error| with_path(error.to_string()))?;
        Self::from_json(&text).map_err(|error| with_path(error.problem))
    }

    /// The version that the service gave to declared version `version` of `action`.
    pub fn server_version(&self, action: &str, version: u32) -> Option<u32> {
        Some(self.versions.get(action)?.get(&version)?.server)
    }

    /// The SHA-256 of the body that was registered, in hexadecimal.
    pub fn sha256(&self, action: &str, version: u32) -> Option<&str> {
        Some(&self.versions.get(action)?.get(&version)?.sha256)
    }

    /// Every registration: action, declared version, the service's version.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u32, u32)> {
        self.versions.iter().flat_map(|(action, versions)| {
            versions.iter().map(move |(version, registration)| {
                (action.as_str(), *version, registration.server)
            })
        })
    }
}

fn object<'v>(
    value: &'v Value,
    what: &str,
) -> Result<&'v serde_json::Map<String, Value>, RegistrationsError> {
    value
        .as_object()
        .ok_or_else(|| RegistrationsError::of(format!("{what} must be an object")))
}

impl Registration {
    fn read(value: &Value, place: &str) -> Result<Self, RegistrationsError> {
        let fields = object(value, place)?;
        let server = fields
            .get("server")
            .and_then(Value::as_u64)
            .and_then(|server| u32::try_from(server).ok())
            .filter(|server| *server > 0)
            .ok_or_else(|| {
                RegistrationsError::of(format!("{place}: `server` must be a positive integer"))
            })?;
        let sha256 = fields
            .get("sha256")
            .and_then(Value::as_str)
            .ok_or_else(|| RegistrationsError::of(format!("{place}: `sha256` must be a string")))?;
        Ok(Self {
            server,
            sha256: sha256.into(),
        })
    }
}

/// The error of a registrations file that can't be read or parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistrationsError {
    path: Option<PathBuf>,
    problem: String,
}

impl RegistrationsError {
    fn of(problem: String) -> Self {
        Self {
            path: None,
            problem,
        }
    }
}

impl fmt::Display for RegistrationsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "{}: ", path.display())?;
        }
        f.write_str(&self.problem)
    }
}

impl Error for RegistrationsError {}

/// An event whose declared version isn't registered in the environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotRegistered {
    pub(crate) action: Cow<'static, str>,
    pub(crate) version: u32,
}

impl NotRegistered {
    /// The event's action.
    pub fn action(&self) -> &str {
        &self.action
    }

    /// The version that the code declares.
    pub fn version(&self) -> u32 {
        self.version
    }
}

impl fmt::Display for NotRegistered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} version {} isn't registered in this environment: register its schema there, and load the registrations anew",
            self.action, self.version
        )
    }
}

impl Error for NotRegistered {}
