//! Arguments of the commands that use the network.

use std::net::IpAddr;
use std::path::PathBuf;

use audit_emulator::EqualSchema;
use clap::Args as ClapArgs;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::options::{Folder, Manifest, Name, Report, Source};
use crate::names::{NAME, is_environment};

/// Access to an environment.
#[derive(Clone, Debug, ClapArgs)]
pub struct Access {
    #[command(flatten)]
    pub manifest: Manifest,
    #[command(flatten)]
    pub folder: Folder,
    /// Response timeout in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub timeout: u64,
}

impl Access {
    pub fn timeout(&self) -> std::time::Duration {
        std::time::Duration::from_secs(self.timeout)
    }
}

fn environment(name: &str) -> Result<String, String> {
    is_environment(name)
        .then(|| name.to_owned())
        .ok_or_else(|| NAME.to_owned())
}

/// Arguments of the commands that register.
#[derive(Clone, Debug, ClapArgs)]
pub struct Registration {
    /// Environment, as in `[environments.NAME]` of audit.toml
    #[arg(long = "env", value_name = "NAME", value_parser = environment)]
    pub environment: String,
    /// Use the schemas of a program instead of the folder (repeatable)
    #[arg(long = "artifact", value_name = "FILE")]
    pub artifacts: Vec<PathBuf>,
    /// Only this action or version (repeatable)
    #[arg(long, value_name = "ACTION[@N]")]
    pub only: Vec<Name>,
    #[command(flatten)]
    pub access: Access,
    #[command(flatten)]
    pub report: Report,
}

/// Arguments of `pull`.
#[derive(Clone, Debug, ClapArgs)]
pub struct Pull {
    /// Environment (repeatable; the first that has an action defines its schema)
    #[arg(long = "env", value_name = "NAME", required = true, value_parser = environment)]
    pub environments: Vec<String>,
    #[command(flatten)]
    pub access: Access,
    #[command(flatten)]
    pub source: Source,
}

const NEW_VERSION: &str = "new-version";

fn equal_schema() -> impl TypedValueParser<Value = EqualSchema> {
    PossibleValuesParser::new([NEW_VERSION, "latest-version"]).map(|name| match name.as_str() {
        NEW_VERSION => EqualSchema::NewVersion,
        _ => EqualSchema::LatestVersion,
    })
}

/// Arguments of `serve`.
#[derive(Clone, Debug, ClapArgs)]
pub struct Serve {
    /// Port to listen on; 0 selects a free one
    #[arg(long, default_value_t = 4010)]
    pub port: u16,
    /// Address to listen on. Non-loopback addresses are reachable from other machines
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub host: IpAddr,
    /// Schema folder to register at startup
    #[arg(long, value_name = "DIR")]
    pub from: Option<PathBuf>,
    /// JSON file of initial organizations, schemas and events
    #[arg(long, value_name = "FILE")]
    pub seed: Option<PathBuf>,
    #[arg(
        long,
        value_name = "FILE",
        help = "SQLite database file [default: in memory]"
    )]
    pub database: Option<PathBuf>,
    /// Environment variable with the only accepted API key [default: accept any key starting with `sk_`]
    #[arg(long, value_name = "VARIABLE")]
    pub api_key_env: Option<String>,
    /// Fault to inject, such as `POST /audit_logs/events status=500 commit times=1` (repeatable)
    #[arg(long = "fault", value_name = "FAULT")]
    pub faults: Vec<String>,
    /// Response to registering a schema equal to the latest version
    #[arg(long, value_name = "RESPONSE", default_value = NEW_VERSION, value_parser = equal_schema())]
    pub equal_schema: EqualSchema,
    /// Print the address as JSON
    #[arg(long)]
    pub json: bool,
}
