//! The command line: commands and their arguments.

mod options;
mod remote;
mod side;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand};

use crate::console::Color;
pub use options::{
    Build, Folder, Form, Format, Import, Manifest, Name, Report, ReportFormat, Selection, Source,
};
pub use remote::{Access, Pull, Registration, Serve};
pub use side::Side;

/// Export, check and register the audit-log schemas of Rust event types.
#[derive(Debug, Parser)]
#[command(
    name = "cargo-audit-schema",
    bin_name = "cargo audit-schema",
    version,
    max_term_width = 110,
    infer_long_args = false
)]
pub struct Args {
    /// Suppress progress output
    #[arg(short, long, global = true)]
    pub quiet: bool,

    /// Coloring
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    pub color: Color,

    #[command(subcommand)]
    pub command: Command,
}

impl Args {
    /// Reads the command line, or exits with clap's message and status.
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
    /// Create the schema folder
    Init {
        #[command(flatten)]
        manifest: Manifest,
        #[command(flatten)]
        folder: Folder,
    },
    /// Build and write the schemas of the code into the schema folder
    Export(Export),
    /// Build and report differences between code and schemas
    Check(Check),
    /// Compare two schema sources (code, folder, git revision, environment)
    #[command(after_help = SIDES)]
    Diff(Diff),
    /// Build and bump `version` in the source of changed registered events
    Bump(Bump),
    /// Build and list all event types
    List(List),
    /// Build and show the schema of an event type
    Show(Show),
    /// List the schemas in binaries, libraries and object files
    Inspect(Inspect),
    /// Generate Rust types from schemas (registration bodies, type maps, list responses)
    Import(Import),
    /// Show pending registrations
    Plan(Registration),
    /// Register missing schemas
    Push {
        #[command(flatten)]
        registration: Registration,
        /// Skip the confirmation prompt
        #[arg(short, long)]
        yes: bool,
    },
    /// Generate Rust types from an environment's schemas
    Pull(Pull),
    /// Recreate the registrations from an environment
    Resolve(Registration),
    /// Check that an environment has all schemas of the folder or a program
    Verify(Registration),
    /// Run a local emulator of the Audit Logs API
    Serve(Serve),
    /// Explain an error code, a finding or a rule of `diff`
    Explain {
        /// Error code (`A0203`, `audit[A0203]`, `203`) or name (`stale`, `key-removed`)
        code: String,
    },
}

/// Arguments of `export`.
#[derive(Debug, ClapArgs)]
pub struct Export {
    #[command(flatten)]
    pub selection: Selection,
    /// Rewrite changed schemas that are not registered
    #[arg(long)]
    pub update: bool,
    /// Remove unregistered schemas that no configuration declares
    #[arg(long)]
    pub prune: bool,
    #[command(flatten)]
    pub report: Report,
}

/// Arguments of `check`.
#[derive(Debug, ClapArgs)]
pub struct Check {
    #[command(flatten)]
    pub selection: Selection,
    #[command(flatten)]
    pub report: Report,
}

/// Arguments of `diff`.
#[derive(Debug, ClapArgs)]
pub struct Diff {
    /// Old schemas
    #[arg(default_value = "folder", hide_default_value = true)]
    pub old: Side,
    /// New schemas
    #[arg(default_value = "code", hide_default_value = true)]
    pub new: Side,
    #[command(flatten)]
    pub selection: Selection,
    #[command(flatten)]
    pub output: Report,
}

/// Arguments of `bump`.
#[derive(Debug, ClapArgs)]
pub struct Bump {
    /// Only these actions
    #[arg(value_name = "ACTION")]
    pub actions: Vec<String>,
    #[command(flatten)]
    pub selection: Selection,
    /// Show the changes without writing them
    #[arg(short = 'n', long)]
    pub dry_run: bool,
}

/// Arguments of `list`.
#[derive(Debug, ClapArgs)]
pub struct List {
    #[command(flatten)]
    pub selection: Selection,
    /// Output format
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// Arguments of `show`.
#[derive(Debug, ClapArgs)]
pub struct Show {
    /// Action, optionally with a version: `user.signed_in`, `user.signed_in@2`
    #[arg(value_name = "ACTION[@N]")]
    pub event: Name,
    /// Output form
    #[arg(long = "as", value_enum, default_value_t = Form::Body)]
    pub form: Form,
    #[command(flatten)]
    pub selection: Selection,
}

/// Arguments of `inspect`.
#[derive(Debug, ClapArgs)]
pub struct Inspect {
    /// Executables, libraries or object files
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Schema folder to compare with
    #[arg(long, value_name = "DIR")]
    pub against: Option<PathBuf>,
    #[command(flatten)]
    pub output: Report,
}

/// Help on the two sides of `diff`.
const SIDES: &str = "\
OLD and NEW are one of
  code          schemas of the code; builds [default for NEW]
  folder        the schema folder [default for OLD]
  PATH          another schema folder
  git:REVISION  the committed folder: `git:main`, `git:HEAD~1`
  env:NAME      schemas registered in an environment";

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
        for line in [
            ["cargo-audit-schema", "audit-schema", "list"].as_slice(),
            &["cargo-audit-schema", "list"],
        ] {
            let args = without_subcommand(line.iter().map(Into::into).collect());
            assert!(matches!(
                Args::try_parse_from(args).map(|args| args.command),
                Ok(Command::List { .. })
            ));
        }
    }
}
