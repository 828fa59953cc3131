//! The options that commands share, and the values that they take.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};
use syn::parse::Parser as _;

/// What to import, and how.
#[derive(Clone, Debug, ClapArgs)]
pub struct Import {
    /// Files, and folders of `*.json` files
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub source: Source,
}

/// The source to write.
#[derive(Clone, Debug, ClapArgs)]
pub struct Source {
    /// Write the source into a file
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Replace that file where it is there already
    #[arg(long, requires = "output")]
    pub force: bool,
    /// Make the keys of flat maps, which don't say, optional instead of required
    #[arg(long)]
    pub optional: bool,
    /// Make a type of every version, not only of each action's highest
    #[arg(long)]
    pub all_versions: bool,
    /// What `audit_core` is called where the source will stand
    #[arg(long = "crate", value_name = "PATH")]
    pub core: Option<ModulePath>,
}

/// A path to a crate or module, `my_crate::audit`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModulePath(String);

impl ModulePath {
    pub fn path(&self) -> Option<syn::Path> {
        syn::Path::parse_mod_style.parse_str(&self.0).ok()
    }
}

impl std::str::FromStr for ModulePath {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let path = Self(text.into());
        let problem = || "this is no path to a crate or module, as `my_crate::audit` is".to_owned();
        path.path().is_some().then_some(path).ok_or_else(problem)
    }
}

/// Which project.
#[derive(Clone, Debug, Default, ClapArgs)]
pub struct Manifest {
    /// Path to Cargo.toml
    #[arg(long, value_name = "PATH")]
    pub manifest_path: Option<PathBuf>,
}

/// What to build, in cargo's words.
#[derive(Clone, Debug, Default, ClapArgs)]
pub struct Build {
    #[command(flatten)]
    pub manifest: Manifest,
    /// Package to build (repeatable)
    #[arg(short, long = "package", value_name = "SPEC")]
    pub packages: Vec<String>,
    /// Build every package of the workspace
    #[arg(long)]
    pub workspace: bool,
    /// Features to activate, separated by spaces or commas (repeatable)
    #[arg(short = 'F', long, value_name = "FEATURES")]
    pub features: Vec<String>,
    /// Activate all features
    #[arg(long)]
    pub all_features: bool,
    /// Don't activate the feature `default`
    #[arg(long)]
    pub no_default_features: bool,
    #[command(flatten)]
    pub resolution: Resolution,
}

/// How cargo may come to the dependencies, in its words.
#[derive(Clone, Copy, Debug, Default, ClapArgs)]
pub struct Resolution {
    /// Don't let cargo change Cargo.lock
    #[arg(long)]
    pub locked: bool,
    /// Don't let cargo use the network
    #[arg(long)]
    pub offline: bool,
    /// The same as `--locked` and `--offline`
    #[arg(long)]
    pub frozen: bool,
}

impl Resolution {
    /// As cargo takes them.
    pub fn flags(self) -> impl Iterator<Item = &'static str> {
        let flags = [
            (self.locked, "--locked"),
            (self.offline, "--offline"),
            (self.frozen, "--frozen"),
        ];
        flags
            .into_iter()
            .filter(|(on, _)| *on)
            .map(|(_, flag)| flag)
    }

    pub fn is_offline(self) -> bool {
        self.offline || self.frozen
    }
}

impl Build {
    /// Whether `-p` names the package.
    pub fn names(&self, package: &str) -> bool {
        self.packages
            .iter()
            .any(|spec| spec.split(['@', ':']).next() == Some(package))
    }
}

/// Where the schemas are.
#[derive(Clone, Debug, Default, ClapArgs)]
pub struct Folder {
    /// The folder that holds the schemas [default: `schemas`, looked up from the package upwards]
    #[arg(long, value_name = "DIR")]
    pub schemas: Option<PathBuf>,
}

/// What to build, and the folder that it is compared with.
#[derive(Clone, Debug, Default, ClapArgs)]
pub struct Selection {
    #[command(flatten)]
    pub build: Build,
    #[command(flatten)]
    pub folder: Folder,
}

/// How to print.
#[derive(Clone, Copy, Debug, ClapArgs)]
pub struct Output {
    /// How to print the result
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    pub format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

/// How to print findings.
#[derive(Clone, Copy, Debug, ClapArgs)]
pub struct Report {
    /// How to print the findings
    #[arg(long = "format", value_enum, value_name = "FORMAT", default_value_t = ReportFormat::Text)]
    pub format: ReportFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For people
    Text,
    /// For programs
    Json,
    /// Annotations of GitHub Actions
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// The registration body, as the service takes it
    Body,
    /// JSON Schema of the whole event
    Event,
    /// A call of the vendor's Node SDK
    Node,
    /// Tables for people
    Markdown,
    /// The source of types that declare it
    Rust,
}

/// `ACTION[@N]`. Actions that are taken as the service has them may hold `@`, too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    pub action: String,
    pub version: Option<u32>,
}

impl std::str::FromStr for Name {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let is_version =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let Some((action, version)) = text
            .rsplit_once('@')
            .filter(|(_, version)| is_version(version))
        else {
            return Ok(Self {
                action: text.into(),
                version: None,
            });
        };
        match version.parse().ok().filter(|version| *version > 0) {
            Some(version) => Ok(Self {
                action: action.into(),
                version: Some(version),
            }),
            None => Err("a version is a positive integer, as in `user.signed_in@2`".into()),
        }
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
