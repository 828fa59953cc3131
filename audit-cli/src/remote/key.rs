//! The API key: where it comes from, and that it is shown nowhere.

use std::env::{self, VarError};
use std::fmt;

use crate::failure::Failure;
use crate::store::config::Environment;

/// What a key is replaced by where somebody repeats it.
const HIDDEN: &str = "sk_…";

/// A secret: `Debug` hides it, and there is no `Display`.
#[derive(Clone)]
pub struct ApiKey(String);

impl ApiKey {
    /// From the variable that `audit.toml` names. No error holds its value.
    pub fn from_environment(environment: &Environment) -> Result<Self, Failure> {
        let Environment { name, api_key_env: variable, .. } = environment;
        let problem = |what: &str| Failure::new(format!("{variable} {what}"));
        let text = env::var(variable).map_err(|error| match error {
            VarError::NotPresent => problem(&format!("isn't set: it holds the API key of {name}, as audit.toml says"))
                .help("set it for this command; keys are in the service's dashboard, and none belongs into a file"),
            VarError::NotUnicode(_) => problem("holds no API key, but bytes that aren't text"),
        })?;
        Self::new(&text).map_err(|what| problem(what).help("API keys begin with `sk_`; they are in the service's dashboard"))
    }

    /// From a variable that the command line names.
    pub fn from_variable(variable: &str) -> Result<Self, Failure> {
        let text = env::var(variable).map_err(|_| Failure::new(format!("{variable} isn't set, and has to hold an API key")))?;
        Self::new(&text).map_err(|what| Failure::new(format!("{variable} {what}")).help("API keys begin with `sk_`"))
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

    /// For the one place that sends it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// A text without it, whoever put it there.
    pub fn hide(&self, text: &str) -> String {
        text.replace(&self.0, HIDDEN)
    }
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
        assert_eq!(format!("{key:?} {:#?}", Some(&key)).matches("4711").count(), 0);
        assert_eq!(key.hide("no permission for sk_test_4711, sk_test_4711x"), "no permission for sk_…, sk_…x");
    }

    #[test]
    fn what_is_no_key_is_told_without_being_repeated() {
        for wrong in ["", " \n", "client_4711", "sk_4711 x", "sk_4711ü", "sk_4711\u{7}x"] {
            let problem = ApiKey::new(wrong).map(|key| format!("{key:?}")).expect_err(wrong);
            assert!(!problem.contains("4711"), "{problem}");
        }
    }
}
