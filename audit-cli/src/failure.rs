//! Errors of commands: a message and optional help.

use std::fmt::Display;
use std::io;
use std::path::Path;

/// An error that ends the command with status 2.
#[derive(Debug)]
pub enum Failure {
    /// Already reported on stderr, by cargo.
    AlreadyReported,
    /// A message and its help.
    Message {
        /// Location and problem.
        message: String,
        /// Empty if there is none.
        help: String,
    },
    /// Several errors.
    Many(Vec<Failure>),
}

impl Failure {
    pub fn new(message: impl Into<String>) -> Self {
        Self::Message {
            message: message.into(),
            help: String::new(),
        }
    }

    #[must_use]
    pub fn help(self, text: impl Into<String>) -> Self {
        match self {
            other @ (Self::AlreadyReported | Self::Many(_)) => other,
            Self::Message { message, .. } => Self::Message {
                message,
                help: text.into(),
            },
        }
    }

    /// Combines errors.
    pub fn all(mut failures: Vec<Self>) -> Self {
        match failures.pop() {
            Some(only) if failures.is_empty() => only,
            last => {
                failures.extend(last);
                Self::Many(failures)
            }
        }
    }

    /// `can't read schemas/audit.toml: Is a directory`
    pub fn io(doing: &str, path: &Path, error: &io::Error) -> Self {
        Self::new(format!(
            "can't {doing} {}: {}",
            path.display(),
            io_message(error)
        ))
    }

    /// `schemas/audit.toml: …`
    pub fn at(path: &Path, problem: impl Display) -> Self {
        Self::new(format!("{}: {problem}", path.display()))
    }
}

/// The system's message without its error number.
pub fn io_message(error: &io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_out_the_number_of_an_io_error() {
        let error = io::Error::from_raw_os_error(2);
        let Failure::Message { message, .. } = Failure::io("read", Path::new("a b"), &error) else {
            unreachable!()
        };
        assert!(
            message.starts_with("can't read a b: ") && !message.contains("os error"),
            "{message}"
        );
    }
}
