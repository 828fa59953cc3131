//! Why a command could not do what it was asked: one sentence, perhaps with a way out.

use std::fmt::Display;
use std::io;
use std::path::Path;

/// What `main` reports before it ends with status 2.
#[derive(Debug)]
pub enum Failure {
    /// Somebody else (cargo) has said on stderr what is wrong.
    Said,
    /// What is wrong, and what to do.
    Sentence {
        /// Says where and what.
        message: String,
        /// What to do about it; may be empty.
        help: String,
    },
    /// Several of them, found together.
    Several(Vec<Failure>),
}

impl Failure {
    pub fn new(message: impl Into<String>) -> Self {
        Self::Sentence {
            message: message.into(),
            help: String::new(),
        }
    }

    #[must_use]
    pub fn help(self, text: impl Into<String>) -> Self {
        match self {
            other @ (Self::Said | Self::Several(_)) => other,
            Self::Sentence { message, .. } => Self::Sentence {
                message,
                help: text.into(),
            },
        }
    }

    /// Several at once, or the only one.
    pub fn all(mut failures: Vec<Self>) -> Self {
        match failures.pop() {
            Some(only) if failures.is_empty() => only,
            last => {
                failures.extend(last);
                Self::Several(failures)
            }
        }
    }

    /// `can't read schemas/audit.toml: Is a directory`
    pub fn io(doing: &str, path: &Path, error: &io::Error) -> Self {
        Self::new(format!(
            "can't {doing} {}: {}",
            path.display(),
            reason(error)
        ))
    }

    /// `schemas/audit.toml: …`
    pub fn at(path: &Path, problem: impl Display) -> Self {
        Self::new(format!("{}: {problem}", path.display()))
    }
}

/// What the system says, without its number.
pub fn reason(error: &io::Error) -> String {
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
        let Failure::Sentence { message, .. } = Failure::io("read", Path::new("a b"), &error)
        else {
            unreachable!()
        };
        assert!(
            message.starts_with("can't read a b: ") && !message.contains("os error"),
            "{message}"
        );
    }
}
