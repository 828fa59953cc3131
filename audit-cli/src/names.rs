//! Versions and environments, by name.

/// Action and declared version.
pub type Name = (String, u32);

/// An environment of the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    pub name: String,
    /// The environment variable that holds its API key.
    pub api_key_env: String,
    /// Without a slash at the end.
    pub url: String,
}

impl Environment {
    /// An emulator, here or in a private network: the service itself is asked over `https`.
    pub fn is_emulator(&self) -> bool {
        self.url.starts_with("http://")
    }
}

/// The length of an environment's name, which is a file's, too.
const NAME_CHARS: usize = 64;

/// Whether an environment can be called so: as the file `registrations/<name>.json` is.
pub fn is_environment(name: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphanumeric();
    name.starts_with(is_letter)
        && name.len() <= NAME_CHARS
        && name
            .chars()
            .all(|c| is_letter(c) || matches!(c, '-' | '_' | '.'))
}

/// Rule for names of environments.
pub const NAME: &str =
    "a name has 1 to 64 letters, digits, `-`, `_` and `.`, and begins with one of the first two";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_as_long_as_is_said() {
        assert!(NAME.contains(&format!("1 to {NAME_CHARS} ")));
        assert!(
            is_environment(&"a".repeat(NAME_CHARS)) && !is_environment(&"a".repeat(NAME_CHARS + 1))
        );
    }
}
