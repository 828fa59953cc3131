//! API keys: which one is taken. They are compared in constant time, and `Debug` shows none.

use std::fmt;

use crate::error::Error;

/// Given by [`Emulator::api_key`](crate::Emulator::api_key) where none was configured.
pub const DEFAULT: &str = "sk_test_emulator";
/// What every key of the service begins with.
const PREFIX: &str = "sk_";

/// The keys that are taken; without any, whatever looks like one.
#[derive(Clone, Default)]
pub struct Keys(Vec<String>);

impl Keys {
    /// Adds one.
    pub fn add(&mut self, key: String) {
        self.0.push(key);
    }

    /// Says what is wrong with one of them, without repeating it.
    pub fn check(&self) -> Result<(), Error> {
        if self.0.iter().all(|key| looks_like_a_key(key)) {
            return Ok(());
        }
        Err(Error::new(
            "an API key begins with `sk_`, is longer than that, and has printable ASCII characters only",
            "give such a key, or none",
        ))
    }

    /// One that is taken.
    pub fn first(&self) -> &str {
        self.0.first().map_or(DEFAULT, String::as_str)
    }

    /// Whether none was configured, so that whatever looks like one is taken.
    pub fn any(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the header `Authorization` holds a key that is taken.
    pub fn take(&self, authorization: &str) -> bool {
        let Some((scheme, key)) = authorization.split_once(' ') else {
            return false;
        };
        if !scheme.eq_ignore_ascii_case("bearer") {
            return false;
        }
        let key = key.trim();
        if self.any() {
            return looks_like_a_key(key);
        }
        // Every key is looked at, so that the time doesn't tell which one was close.
        self.0.iter().fold(false, |found, known| {
            found | same(known.as_bytes(), key.as_bytes())
        })
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keys({} hidden)", self.0.len())
    }
}

fn looks_like_a_key(key: &str) -> bool {
    key.len() > PREFIX.len()
        && key.starts_with(PREFIX)
        && key.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Takes the same time wherever the first difference is. Lengths aren't secret.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len()
        && std::hint::black_box(
            a.iter()
                .zip(b)
                .fold(0, |difference, (a, b)| difference | (a ^ b)),
        ) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_key_any_is_taken_that_looks_like_one() {
        let keys = Keys::default();
        assert!(keys.take("Bearer sk_x") && keys.take("bearer sk_test_1"));
        for refused in [
            "",
            "sk_x",
            "Bearer sk_",
            "Bearer x",
            "Basic sk_x",
            "Bearer sk_a b",
        ] {
            assert!(!keys.take(refused), "{refused}");
        }
    }

    #[test]
    fn with_keys_only_those_are_taken_and_none_is_shown() {
        let mut keys = Keys::default();
        keys.add("sk_secret_1".into());
        keys.add("sk_secret_2".into());
        assert!(
            keys.take("Bearer sk_secret_2")
                && !keys.take("Bearer sk_secret_3")
                && !keys.take("Bearer sk_secret")
        );
        assert_eq!(format!("{keys:?}"), "Keys(2 hidden)");
        assert_eq!(keys.check(), Ok(()));
        keys.add("secret".into());
        assert!(
            keys.check()
                .is_err_and(|error| !error.to_string().contains("secret"))
        );
    }
}
