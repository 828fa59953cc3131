//! Which version the service gave to each declared version, in one environment.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::path::Path;

use audit_rules::registrations;

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
    versions: registrations::Registrations,
}

impl Registrations {
    /// Parses the text of a registrations file.
    ///
    /// # Errors
    /// [`RegistrationsError`] where the text isn't a registrations file.
    pub fn from_json(json: &str) -> Result<Self, RegistrationsError> {
        Self::read(json.as_bytes(), "")
    }

    /// Reads a registrations file.
    ///
    /// # Errors
    /// [`RegistrationsError`] where it can't be read or isn't one.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, RegistrationsError> {
        let path = path.as_ref();
        let shown = path.display();
        let bytes =
            std::fs::read(path).map_err(|error| RegistrationsError(format!("{shown}: {error}")))?;
        Self::read(&bytes, &format!("{shown}:"))
    }

    fn read(bytes: &[u8], path: &str) -> Result<Self, RegistrationsError> {
        let versions = registrations::read(bytes).map_err(|problems| {
            let lines: Vec<_> = problems
                .iter()
                .map(|problem| format!("{path}{problem}"))
                .collect();
            RegistrationsError(lines.join("\n"))
        })?;
        Ok(Self { versions })
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

/// The error of a registrations file that can't be read or parsed: a line for each problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistrationsError(String);

impl fmt::Display for RegistrationsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
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
