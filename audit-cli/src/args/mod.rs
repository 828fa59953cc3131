//! The command line: which commands there are, and what each takes.

mod options;
mod remote;
mod side;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand};

use crate::console::Color;
pub use options::{
    Build, Folder, Form, Format, Import, Manifest, ModulePath, Name, Output, Report, ReportFormat,
    Selection, Source,
};
pub use remote::EqualSchema;
pub use remote::{Access, Pull, Registration, Serve};
pub use side::Side;

/// Exports, checks and inspects the audit-log schemas that event types leave in artifacts.
#[derive(Debug, Parser)]
#[command(
    name = "cargo-audit-schema",
    bin_name = "cargo audit-schema",
    version,
    max_term_width = 110,
    infer_long_args = false
)]
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
    Export(Export),
    /// Build, and report where the folder isn't what the code says; writes nothing
    Check(Check),
    /// Report what changed between two of the code, a folder, a git revision and an environment
    #[command(after_help = SIDES)]
    Diff(Diff),
    /// Build, and raise `version` in the source of every registered event whose schema changed
    Bump(Bump),
    /// Build, and list every event type
    List(List),
    /// Build, and show one event type's schema
    Show(Show),
    /// List the schemas inside binaries, libraries and objects; builds nothing
    Inspect(Inspect),
    /// Make Rust source of schemas: registration bodies, maps of types, answers of the list endpoints
    Import(Import),
    /// Show what an environment lacks, and what `push` would do; sends nothing
    Plan(Registration),
    /// Register in an environment what it lacks
    Push {
        #[command(flatten)]
        registration: Registration,
        /// Don't ask
        #[arg(short, long)]
        yes: bool,
    },
    /// Import what an environment has: Rust source, and the registrations
    Pull(Pull),
    /// Write the registrations again from what an environment has; sends nothing
    Resolve(Registration),
    /// Report what an environment lacks of what the folder or a program can emit; writes nothing
    Verify(Registration),
    /// Be the service on this machine: an emulator that keeps to its rules
    Serve(Serve),
    /// Explain an error, with a wrong and a right example; a finding, or a rule of `diff`
    Explain {
        /// What the error begins with: `A0203`, `audit[A0203]`, `203`; or a name: `stale`, `key-removed`
        #[arg(value_name = "CODE")]
        code: String,
    },
}

/// What to write.
#[derive(Debug, ClapArgs)]
pub struct Export {
    #[command(flatten)]
    pub selection: Selection,
    /// Rewrite committed schemas that changed, as long as they are registered nowhere
    #[arg(long)]
    pub update: bool,
    /// Remove schemas that no configuration of the packages declares and that are registered nowhere
    #[arg(long)]
    pub prune: bool,
    #[command(flatten)]
    pub report: Report,
}

/// What to check.
#[derive(Debug, ClapArgs)]
pub struct Check {
    #[command(flatten)]
    pub selection: Selection,
    #[command(flatten)]
    pub report: Report,
}

/// What to compare.
#[derive(Debug, ClapArgs)]
pub struct Diff {
    /// What to compare from
    #[arg(
        default_value = "folder",
        value_name = "OLD",
        hide_default_value = true
    )]
    pub old: Side,
    /// What to compare with
    #[arg(default_value = "code", value_name = "NEW", hide_default_value = true)]
    pub new: Side,
    #[command(flatten)]
    pub selection: Selection,
    #[command(flatten)]
    pub output: Report,
}

/// What to raise.
#[derive(Debug, ClapArgs)]
pub struct Bump {
    /// Only these actions
    #[arg(value_name = "ACTION")]
    pub actions: Vec<String>,
    #[command(flatten)]
    pub selection: Selection,
    /// Show what would be raised, and write nothing
    #[arg(short = 'n', long)]
    pub dry_run: bool,
}

/// What to list.
#[derive(Debug, ClapArgs)]
pub struct List {
    #[command(flatten)]
    pub selection: Selection,
    #[command(flatten)]
    pub output: Output,
}

/// What to show.
#[derive(Debug, ClapArgs)]
pub struct Show {
    /// The action, and perhaps its version: `user.signed_in`, `user.signed_in@2`
    #[arg(value_name = "ACTION[@N]")]
    pub event: Name,
    /// How to show it
    #[arg(long = "as", value_enum, value_name = "FORM", default_value_t = Form::Body)]
    pub form: Form,
    #[command(flatten)]
    pub selection: Selection,
}

/// What to read.
#[derive(Debug, ClapArgs)]
pub struct Inspect {
    /// Executables, shared or static libraries, rlibs, objects
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// A folder of schemas to compare with: reports what an artifact emits and the folder doesn't hold
    #[arg(long, value_name = "DIR")]
    pub against: Option<PathBuf>,
    #[command(flatten)]
    pub output: Report,
}

/// What `diff` compares.
const SIDES: &str = "\
OLD and NEW are each one of
  code          what the code renders; builds [default for NEW]
  folder        the folder that holds the schemas [default for OLD]
  PATH          another folder, laid out the same way
  git:REVISION  the folder as it was committed: `git:main`, `git:HEAD~1`
  env:NAME      what is registered in an environment";

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
