//! What the commands take that ask an environment of the service, and the one that is such an environment.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use super::options::{Folder, Manifest, Name, Report, Source};
use crate::names::{NAME, is_environment};

/// How to get there.
#[derive(Clone, Debug, ClapArgs)]
pub struct Access {
    #[command(flatten)]
    pub manifest: Manifest,
    #[command(flatten)]
    pub folder: Folder,
    /// How long to wait for an answer, in seconds
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

/// Which environment, and what it needs.
#[derive(Clone, Debug, ClapArgs)]
pub struct Registration {
    /// The environment: `[environments.NAME]` in audit.toml says where it is and which variable holds its key
    #[arg(long = "env", value_name = "NAME", value_parser = environment)]
    pub environment: String,
    /// What a program can emit, instead of what the folder holds (repeatable)
    #[arg(long = "artifact", value_name = "FILE")]
    pub artifacts: Vec<PathBuf>,
    /// Only this action, or only one version of it (repeatable)
    #[arg(long, value_name = "ACTION[@N]")]
    pub only: Vec<Name>,
    #[command(flatten)]
    pub access: Access,
    #[command(flatten)]
    pub report: Report,
}

/// What to read, and how to write it down.
#[derive(Clone, Debug, ClapArgs)]
pub struct Pull {
    /// The environment (repeatable): the first that has an action says what it is, the others get registrations
    #[arg(long = "env", value_name = "NAME", required = true, value_parser = environment)]
    pub environments: Vec<String>,
    #[command(flatten)]
    pub access: Access,
    #[command(flatten)]
    pub source: Source,
}

/// How to be the service on this machine.
#[derive(Clone, Debug, ClapArgs)]
pub struct Serve {
    /// The port to listen on; 0 takes a free one
    #[arg(long, value_name = "PORT", default_value_t = 4010)]
    pub port: u16,
    /// The address to listen on; other machines reach it where it isn't this one's own
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub host: IpAddr,
    /// A folder of schemas that are registered at start
    #[arg(long, value_name = "DIR")]
    pub from: Option<PathBuf>,
    /// A JSON file of organizations, schemas and events that are there at start
    #[arg(long, value_name = "FILE")]
    pub seed: Option<PathBuf>,
    /// The file that keeps everything [default: nothing is kept]
    #[arg(long, value_name = "FILE")]
    pub database: Option<PathBuf>,
    /// The environment variable that holds the only key to take [default: any key that begins `sk_` is taken]
    #[arg(long, value_name = "VARIABLE")]
    pub api_key_env: Option<String>,
    /// A fault to inject, for tests: `POST /audit_logs/events status=500 commit times=1` (repeatable)
    #[arg(long = "fault", value_name = "FAULT")]
    pub faults: Vec<String>,
    /// What a registration is answered whose body equals the latest version of the action
    #[arg(long, value_enum, value_name = "ANSWER", default_value_t)]
    pub equal_schema: EqualSchema,
    /// Print the address as JSON, for scripts
    #[arg(long)]
    pub json: bool,
}

/// What a registration of an equal schema is answered.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum EqualSchema {
    /// A new version with the same body
    #[default]
    NewVersion,
    /// The latest version; nothing is registered
    LatestVersion,
}
