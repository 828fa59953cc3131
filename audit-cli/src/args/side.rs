//! One side of a comparison: the code, a folder, a git revision, an environment.

use std::path::{Path, PathBuf};

/// One side of a comparison, as it is written on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Side {
    /// The code's schemas; builds.
    Code,
    /// The project's folder.
    Folder,
    /// Another folder.
    Path(PathBuf),
    /// The project's folder as it was committed.
    Git(String),
    /// The schemas of an environment.
    Environment(String),
}

/// Accepted forms.
const FORMS: &str = "`code`, `folder`, a folder path, `git:REVISION`, `env:NAME`";

impl std::str::FromStr for Side {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once(':') {
            Some(("git" | "env", "")) => Err(format!("`{text}` needs a name; expected {FORMS}")),
            Some(("git", revision)) => Ok(Self::Git(revision.into())),
            Some(("env", name)) => Ok(Self::Environment(name.into())),
            _ if text == "code" => Ok(Self::Code),
            _ if text == "folder" => Ok(Self::Folder),
            _ if Path::new(text).is_dir() => Ok(Self::Path(text.into())),
            _ => Err(format!("no such folder {text:?}; expected {FORMS}")),
        }
    }
}

impl std::fmt::Display for Side {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Code => f.write_str("the code"),
            Self::Folder => f.write_str("the folder"),
            Self::Path(path) => write!(f, "{}", path.display()),
            Self::Git(revision) => write!(f, "git:{revision}"),
            Self::Environment(name) => write!(f, "env:{name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_sides() {
        let side = |text: &str| text.parse::<Side>();
        assert_eq!(side("code"), Ok(Side::Code));
        assert_eq!(side("folder"), Ok(Side::Folder));
        assert_eq!(side("git:v1:x"), Ok(Side::Git("v1:x".into())));
        assert_eq!(
            side("env:production"),
            Ok(Side::Environment("production".into()))
        );
        assert_eq!(side("."), Ok(Side::Path(".".into())));
        assert!(side("git:").is_err_and(|message| message.contains("`git:` needs a name")));
        assert!(side("nowhere").is_err_and(|message| {
            message.contains("no such folder \"nowhere\"; expected `code`")
        }));
    }
}
