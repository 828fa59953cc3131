//! The command line: which commands, options and values there are.

use std::ffi::OsString;
use std::path::PathBuf;

use crate::baseline::Side;
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use syn::parse::Parser as _;

/// Exports, checks and inspects the audit-log schemas that event types leave in artifacts.
#[derive(Debug, Parser)]
#[command(name = "cargo-audit-schema", bin_name = "cargo audit-schema", version, max_term_width = 110, infer_long_args = false)]
pub struct Args {
    /// Say only what was asked for
    #[arg(short, long, global = true)]
    pub quiet: bool,

    /// When to use colours
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    pub color: Color,

    #[command(subcommand)]
    pub command: Command,
}

impl Args {
    /// Reads the command line, or ends with clap's own message and status.
    pub fn from_command_line() -> Self {
        Self::parse_from(without_subcommand(std::env::args_os().collect()))
    }
}

/// Cargo calls `cargo-audit-schema audit-schema CMD`, people call `cargo-audit-schema CMD`.
fn without_subcommand(mut args: Vec<OsString>) -> Vec<OsString> {
    if args.get(1).is_some_and(|arg| arg == "audit-schema") {
        args.remove(1);
    }
    args
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make the folder that holds the schemas
    Init {
        #[command(flatten)]
        manifest: Manifest,
        #[command(flatten)]
        folder: Folder,
    },
    /// Build, read the schemas out of the artifacts and write them into the folder
    Export {
        #[command(flatten)]
        build: Build,
        #[command(flatten)]
        folder: Folder,
        /// Rewrite committed schemas that changed, as long as they are registered nowhere
        #[arg(long)]
        update: bool,
        /// Remove schemas that no code renders and that are registered nowhere (events behind features that are off count as gone)
        #[arg(long)]
        prune: bool,
        #[command(flatten)]
        report: Report,
    },
    /// Build, and report where the folder isn't what the code says; writes nothing
    Check {
        #[command(flatten)]
        build: Build,
        #[command(flatten)]
        folder: Folder,
        #[command(flatten)]
        report: Report,
    },
    /// Report what changed between two of the code, a folder, a git revision and an environment
    #[command(after_help = SIDES)]
    Diff {
        /// What to compare from
        #[arg(default_value = "folder", value_name = "OLD", hide_default_value = true)]
        old: Side,
        /// What to compare with
        #[arg(default_value = "code", value_name = "NEW", hide_default_value = true)]
        new: Side,
        #[command(flatten)]
        build: Build,
        #[command(flatten)]
        folder: Folder,
        #[command(flatten)]
        output: Report,
    },
    /// Build, and raise `version` in the source of every registered event whose schema changed
    Bump {
        /// Only these actions
        #[arg(value_name = "ACTION")]
        actions: Vec<String>,
        #[command(flatten)]
        build: Build,
        #[command(flatten)]
        folder: Folder,
        /// Show what would be raised, and write nothing
        #[arg(short = 'n', long)]
        dry_run: bool,
    },
    /// Build, and list every event type
    List {
        #[command(flatten)]
        build: Build,
        #[command(flatten)]
        folder: Folder,
        #[command(flatten)]
        output: Output,
    },
    /// Build, and show one event type's schema
    Show {
        /// The action, and perhaps its version: `user.signed_in`, `user.signed_in@2`
        #[arg(value_name = "ACTION[@N]")]
        event: Name,
        /// How to show it
        #[arg(long = "as", value_enum, value_name = "FORM", default_value_t = Form::Body)]
        form: Form,
        #[command(flatten)]
        build: Build,
    },
    /// List the schemas inside binaries, libraries and objects; builds nothing
    Inspect {
        /// Executables, shared or static libraries, rlibs, objects
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// A folder of schemas to compare with: reports what an artifact emits and the folder doesn't hold
        #[arg(long, value_name = "DIR")]
        against: Option<PathBuf>,
        #[command(flatten)]
        output: Report,
    },
    /// Make Rust source of schemas: registration bodies, maps of types, answers of the list endpoints
    Import(Import),
    /// Explain an error, with a wrong and a right example; a finding, or a rule of `diff`
    Explain {
        /// What the error begins with: `A0203`, `audit[A0203]`, `203`; or a name: `stale`, `key-removed`
        #[arg(value_name = "CODE")]
        code: String,
    },
}

/// What `diff` compares.
const SIDES: &str = "\
OLD and NEW are each one of
  code          what the code renders; builds [default for NEW]
  folder        the folder that holds the schemas [default for OLD]
  PATH          another folder, laid out the same way
  git:REVISION  the folder as it was committed: `git:main`, `git:HEAD~1`
  env:NAME      what is registered in an environment";

/// What to import, and how.
#[derive(Clone, Debug, ClapArgs)]
pub struct Import {
    /// Files, and folders of `*.json` files
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
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
}

/// Where the schemas are.
#[derive(Clone, Debug, Default, ClapArgs)]
pub struct Folder {
    /// The folder that holds the schemas [default: `schemas`, looked up from the package upwards]
    #[arg(long, value_name = "DIR")]
    pub schemas: Option<PathBuf>,
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    pub fn choice(self) -> anstream::ColorChoice {
        match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        }
    }
}

/// `ACTION[@N]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    pub action: String,
    pub version: Option<u32>,
}

impl std::str::FromStr for Name {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let Some((action, version)) = text.split_once('@') else {
            return Ok(Self { action: text.into(), version: None });
        };
        let version = version.parse().ok().filter(|version| *version > 0);
        match version {
            Some(version) => Ok(Self { action: action.into(), version: Some(version) }),
            None => Err("a version is a positive integer, as in `user.signed_in@2`".into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definition_is_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn takes_cargos_way_of_calling() {
        for line in [["cargo-audit-schema", "audit-schema", "list"].as_slice(), &["cargo-audit-schema", "list"]] {
            let args = without_subcommand(line.iter().map(Into::into).collect());
            assert!(matches!(Args::try_parse_from(args).map(|args| args.command), Ok(Command::List { .. })));
        }
    }

    #[test]
    fn reads_names() {
        assert_eq!("a.b@12".parse(), Ok(Name { action: "a.b".into(), version: Some(12) }));
        assert_eq!("a.b".parse(), Ok(Name { action: "a.b".into(), version: None }));
        assert!("a.b@0".parse::<Name>().is_err());
        assert!("a.b@x".parse::<Name>().is_err());
    }
}
