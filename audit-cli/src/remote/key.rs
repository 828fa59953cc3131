//! The API key: read from the environment, hidden in all output.

use std::env::{self, VarError};
use std::fmt;

use crate::failure::Failure;
use crate::names::Environment;

/// The replacement for a key that a response repeats.
const HIDDEN: &str = "sk_…";

/// The shortest part of a key that is hidden, in characters.
const TELLING: usize = 8;

/// A secret: `Debug` hides it, and there is no `Display`.
#[derive(Clone)]
pub struct ApiKey(String);

impl ApiKey {
    /// Reads the variable that `audit.toml` names.
    pub fn from_environment(environment: &Environment) -> Result<Self, Failure> {
        let holds = format!("the API key of {}, as audit.toml says", environment.name);
        let help = if environment.is_emulator() {
            "the emulator takes any text that begins `sk_`: `sk_local`"
        } else {
            "set it for this command; API keys begin with `sk_`, are in the service's dashboard, and none belongs into a file"
        };
        Self::read(&environment.api_key_env, &holds, help)
    }

    /// Reads a variable that the command line names.
    pub fn from_variable(variable: &str) -> Result<Self, Failure> {
        Self::read(variable, "an API key", "API keys begin with `sk_`")
    }

    /// Reads a variable. No error holds its value.
    fn read(variable: &str, holds: &str, help: &str) -> Result<Self, Failure> {
        let key = match env::var(variable) {
            Ok(text) => Self::new(&text).map_err(Into::into),
            Err(VarError::NotPresent) => Err(format!("isn't set: it holds {holds}")),
            Err(VarError::NotUnicode(_)) => {
                Err("holds no API key, but bytes that aren't text".into())
            }
        };
        key.map_err(|what| Failure::new(format!("{variable} {what}")).help(help))
    }

    fn new(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        if text.is_empty() {
            return Err("is empty: it has to hold an API key");
        }
        if text.starts_with("client_") {
            return Err("holds a client id, and not an API key");
        }
        if !text.chars().all(|c| c.is_ascii_graphic()) {
            return Err("holds no API key: a key has neither spaces nor letters beyond ASCII");
        }
        Ok(Self(text.into()))
    }

    /// Returns the key, for the request that sends it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Returns a text without the key and without usable parts of it, in whatever case.
    pub fn hide(&self, text: &str) -> String {
        let secret = self.secret();
        let (mut shown, mut rest) = (String::with_capacity(text.len()), text);
        while let Some(c) = rest.chars().next() {
            let length = if rest.starts_with(&self.0) {
                self.0.len()
            } else {
                shared(rest.as_bytes(), secret)
            };
            if length >= self.0.len().min(TELLING) {
                shown += HIDDEN;
                // What is shared is ASCII, so that it ends between characters.
                rest = rest.get(length..).unwrap_or_default();
            } else {
                shown.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
        shown
    }

    /// The part behind `sk_test_`, which all keys begin with.
    fn secret(&self) -> &[u8] {
        let kind = ["sk_test_", "sk_live_", "sk_"]
            .into_iter()
            .find(|kind| self.0.starts_with(kind));
        &self.0.as_bytes()[kind.map_or(0, str::len)..]
    }
}

/// The length of the text's longest prefix that occurs in a secret.
fn shared(text: &[u8], secret: &[u8]) -> usize {
    let from = |start: usize| {
        text.iter()
            .zip(&secret[start..])
            .take_while(|(a, b)| a.eq_ignore_ascii_case(b))
            .count()
    };
    (0..secret.len()).map(from).max().unwrap_or(0)
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ApiKey({HIDDEN})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_shown_nowhere() {
        let key = ApiKey::new(" sk_test_4711\n").expect("a key");
        assert_eq!(
            format!("{key:?} {:#?}", Some(&key)).matches("4711").count(),
            0
        );
        assert_eq!(
            key.hide("no permission for sk_test_4711, sk_test_4711x"),
            "no permission for sk_…, sk_…x"
        );
        let long = ApiKey::new("sk_live_aB3dE6gH9jK2mN5p").expect("a key");
        assert_eq!(
            long.hide("bad token sk_live_aB3dE6gH…"),
            "bad token sk_live_sk_……"
        );
        assert_eq!(
            long.hide("SK_LIVE_AB3DE6GH9JK2MN5P, 6gh9jk2m, 6gh9jk2, ü"),
            "SK_LIVE_sk_…, sk_…, 6gh9jk2, ü"
        );
        assert_eq!(long.hide("sk_live_aB3dE6gH9jK2mN5p"), "sk_…");
    }

    #[test]
    fn what_is_no_key_is_told_without_being_repeated() {
        for wrong in [
            "",
            " \n",
            "client_4711",
            "sk_4711 x",
            "sk_4711ü",
            "sk_4711\u{7}x",
        ] {
            let problem = ApiKey::new(wrong)
                .map(|key| format!("{key:?}"))
                .expect_err(wrong);
            assert!(!problem.contains("4711"), "{problem}");
        }
    }
}
