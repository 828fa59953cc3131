//! Why an emulator can't start, or can't do what the library asked: what is wrong, where, what to do.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::Path;

/// What went wrong, and the way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    message: String,
    help: String,
}

impl Error {
    pub(crate) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: help.into(),
        }
    }

    /// What is wrong, and where.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to do about it; may be empty.
    pub fn help(&self) -> &str {
        &self.help
    }

    /// `can't read PATH: no such file or directory`
    pub(crate) fn io(doing: &str, path: &Path, error: &io::Error) -> Self {
        Self::new(format!("can't {doing} {}: {error}", path.display()), "")
    }

    pub(crate) fn bind(address: SocketAddr, error: &io::Error) -> Self {
        let help = match error.kind() {
            io::ErrorKind::AddrInUse => {
                "another program listens there: choose another port, or port 0 for one that is free"
            }
            io::ErrorKind::AddrNotAvailable => {
                "this machine has no such address: 127.0.0.1 is for this machine alone"
            }
            io::ErrorKind::PermissionDenied => {
                "ports below 1024 are the system's: choose a higher one, or port 0 for one that is free"
            }
            _ => "",
        };
        Self::new(format!("can't listen on {address}: {error}"), help)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if self.help.is_empty() {
            Ok(())
        } else {
            write!(f, "; {}", self.help)
        }
    }
}

impl std::error::Error for Error {}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        Self::new(format!("the database failed: {error}"), "")
    }
}
