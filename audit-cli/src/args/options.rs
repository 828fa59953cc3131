//! Options shared by several commands, and their values.

use std::num::NonZero;
use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};
use syn::parse::Parser as _;

/// Arguments of `import`.
#[derive(Clone, Debug, ClapArgs)]
pub struct Import {
    /// JSON files, or folders of them
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub source: Source,
}

/// The source to write.
#[derive(Clone, Debug, ClapArgs)]
pub struct Source {
    /// Write the source to a file
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Overwrite an existing file
    #[arg(long, requires = "output")]
    pub force: bool,
    /// Treat the keys of flat maps as optional instead of required
    #[arg(long)]
    pub optional: bool,
    /// Generate all versions, not only the latest of each action
    #[arg(long)]
    pub all_versions: bool,
    /// Path of the `audit_core` crate in the generated code
    #[arg(long = "crate", value_name = "PATH", value_parser = module_path)]
    pub core: Option<String>,
}

/// Checks a path to a crate or module, `my_crate::audit`.
fn module_path(text: &str) -> Result<String, String> {
    match syn::Path::parse_mod_style.parse_str(text) {
        Ok(_) => Ok(text.into()),
        Err(_) => Err("not a path like `my_crate::audit`".into()),
    }
}

/// Location of the manifest.
#[derive(Clone, Debug, Default, ClapArgs)]
pub struct Manifest {
    /// Path to Cargo.toml
    #[arg(long, value_name = "PATH")]
    pub manifest_path: Option<PathBuf>,
}

/// Build selection, as in cargo.
#[derive(Clone, Debug, Default, ClapArgs)]
pub struct Build {
    #[command(flatten)]
    pub manifest: Manifest,
    /// Package to build (repeatable)
    #[arg(short, long = "package", value_name = "SPEC")]
    pub packages: Vec<String>,
    /// Build all packages of the workspace
    #[arg(long)]
    pub workspace: bool,
    /// Space or comma separated list of features to activate (repeatable)
    #[arg(short = 'F', long)]
    pub features: Vec<String>,
    /// Activate all available features
    #[arg(long)]
    pub all_features: bool,
    /// Do not activate the `default` feature
    #[arg(long)]
    pub no_default_features: bool,
    #[command(flatten)]
    pub resolution: Resolution,
}

/// Dependency resolution, as in cargo.
#[derive(Clone, Copy, Debug, Default, ClapArgs)]
pub struct Resolution {
    /// Assert that Cargo.lock will remain unchanged
    #[arg(long)]
    pub locked: bool,
    /// Run without accessing the network
    #[arg(long)]
    pub offline: bool,
    /// Equivalent to specifying both --locked and --offline
    #[arg(long)]
    pub frozen: bool,
}

impl Resolution {
    /// Cargo's flags.
    pub fn flags(self) -> impl Iterator<Item = &'static str> {
        set_flags([
            (self.locked, "--locked"),
            (self.offline, "--offline"),
            (self.frozen, "--frozen"),
        ])
    }

    pub fn is_offline(self) -> bool {
        self.offline || self.frozen
    }
}

/// The flags that are set.
fn set_flags<const N: usize>(
    flags: [(bool, &'static str); N],
) -> impl Iterator<Item = &'static str> {
    flags
        .into_iter()
        .filter_map(|(is_set, flag)| is_set.then_some(flag))
}

impl Build {
    /// Cargo's flags for features and dependency resolution.
    pub fn flags(&self) -> impl Iterator<Item = String> {
        let features = self.features.iter();
        let flags = set_flags([
            (self.all_features, "--all-features"),
            (self.no_default_features, "--no-default-features"),
        ]);
        features
            .map(|features| format!("--features={features}"))
            .chain(flags.chain(self.resolution.flags()).map(ToOwned::to_owned))
    }

    /// Whether `-p` names the package.
    pub fn names(&self, package: &str) -> bool {
        self.packages
            .iter()
            .any(|spec| spec.split(['@', ':']).next() == Some(package))
    }
}

/// Location of the schema folder.
#[derive(Clone, Debug, Default, ClapArgs)]
pub struct Folder {
    /// Schema folder [default: the nearest `schemas` at or above the package]
    #[arg(long, value_name = "DIR")]
    pub schemas: Option<PathBuf>,
}

/// Build selection and schema folder.
#[derive(Clone, Debug, Default, ClapArgs)]
pub struct Selection {
    #[command(flatten)]
    pub build: Build,
    #[command(flatten)]
    pub folder: Folder,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Human-readable
    Text,
    /// JSON
    Json,
}

/// Output format of findings.
#[derive(Clone, Copy, Debug, ClapArgs)]
pub struct Report {
    /// Output format
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub format: ReportFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// Human-readable
    Text,
    /// JSON
    Json,
    /// GitHub Actions annotations
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// Registration body
    Body,
    /// JSON Schema of the event
    Event,
    /// Call of the vendor's Node SDK
    Node,
    /// Markdown tables
    Markdown,
    /// Rust types
    Rust,
}

/// `ACTION[@N]`. An imported action may contain `@` itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    pub action: String,
    pub version: Option<u32>,
}

impl Name {
    pub fn selects(&self, action: &str, version: u32) -> bool {
        self.action == action && self.version.is_none_or(|own| own == version)
    }
}

impl std::str::FromStr for Name {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let is_version =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let (action, version) = match text.rsplit_once('@') {
            Some((action, version)) if is_version(version) => {
                let version: NonZero<u32> = version
                    .parse()
                    .map_err(|_| "a version is a positive integer, as in `user.signed_in@2`")?;
                (action, Some(version.get()))
            }
            _ => (text, None),
        };
        Ok(Self {
            action: action.into(),
            version,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_names() {
        assert_eq!(
            "a.b@12".parse(),
            Ok(Name {
                action: "a.b".into(),
                version: Some(12)
            })
        );
        assert_eq!(
            "a.b".parse(),
            Ok(Name {
                action: "a.b".into(),
                version: None
            })
        );
        assert_eq!(
            "a@b@1".parse(),
            Ok(Name {
                action: "a@b".into(),
                version: Some(1)
            })
        );
        for action in ["a@b", "a.b@", "a.b@1x", "a.b@-1"] {
            assert_eq!(
                action.parse(),
                Ok(Name {
                    action: action.into(),
                    version: None
                })
            );
        }
        for text in ["a.b@0", "a.b@4294967296"] {
            assert!(text.parse::<Name>().is_err(), "{text}");
        }
    }
}
