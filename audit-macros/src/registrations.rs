//! Reads `schemas/registrations/<environment>.json`, of which a build needs the hashes: `{"action": {"1": {"sha256": "…"}}}`. A merge
//! conflict in one must not pass for "registered nowhere".

use std::collections::HashMap;
use std::fs;
use std::io;
use std::iter::Peekable;
use std::path::{Path, PathBuf};
use std::str::Chars;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// The hash of each version that is listed, by action and version; empty where no hash stands there.
pub type Hashes = HashMap<(String, String), String>;

/// Why a file of registrations can't be used.
pub enum Unusable {
    Unreadable(io::Error),
    /// What was expected, and the line.
    Malformed(String),
}

/// What one file says. It is read once however many events a crate has, and again when it changes: an editor's macro server lives on.
pub fn read(path: &Path) -> Result<Arc<Hashes>, Unusable> {
    type Known = HashMap<PathBuf, (u64, SystemTime, Arc<Hashes>)>;
    static KNOWN: Mutex<Option<Known>> = Mutex::new(None);
    let about = fs::metadata(path).map_err(Unusable::Unreadable)?;
    let (len, modified) = (about.len(), about.modified().map_err(Unusable::Unreadable)?);
    // Whoever panicked with the lock held left a map that is whole.
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let known = known.get_or_insert_default();
    match known.get(path) {
        Some((known_len, known_modified, hashes)) if (*known_len, *known_modified) == (len, modified) => {
            return Ok(Arc::clone(hashes));
        }
        _ => {}
    }
    let json = fs::read_to_string(path).map_err(Unusable::Unreadable)?;
    let read = Arc::new(hashes(&json).map_err(Unusable::Malformed)?);
    known.insert(path.to_owned(), (len, modified, Arc::clone(&read)));
    Ok(read)
}

/// Reads the text of one.
///
/// # Errors
/// What was expected and the line, where the text isn't an object of objects of objects.
fn hashes(json: &str) -> Result<Hashes, String> {
    let mut reader = Reader { rest: json.chars().peekable(), line: 1 };
    let mut hashes = Hashes::new();
    reader.object(&mut |reader, action| {
        reader.object(&mut |reader, version| {
            let hash = hashes.entry((action.to_owned(), version.to_owned())).or_default();
            reader.object(&mut |reader, key| {
                let value = reader.scalar()?;
                if key == "sha256" {
                    *hash = value;
                }
                Ok(())
            })
        })
    })?;
    reader.space();
    if reader.rest.peek().is_some() { Err(reader.expected("the end")) } else { Ok(hashes) }
}

struct Reader<'j> {
    rest: Peekable<Chars<'j>>,
    line: usize,
}

/// Reads what stands behind a key.
type Each<'e, 'j> = &'e mut dyn FnMut(&mut Reader<'j>, &str) -> Result<(), String>;

impl<'j> Reader<'j> {
    fn object(&mut self, each: Each<'_, 'j>) -> Result<(), String> {
        self.take('{', "`{`")?;
        if self.next_is('}') {
            return Ok(());
        }
        loop {
            let key = self.string()?;
            self.take(':', "`:`")?;
            each(self, &key)?;
            if self.next_is('}') {
                return Ok(());
            }
            self.take(',', "`,` or `}`")?;
        }
    }

    fn scalar(&mut self) -> Result<String, String> {
        self.space();
        if self.rest.peek() == Some(&'"') {
            return self.string();
        }
        let mut value = String::new();
        while let Some(letter) = self.rest.next_if(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '+' | '.')) {
            value.push(letter);
        }
        if value.is_empty() { Err(self.expected("a value")) } else { Ok(value) }
    }

    /// Actions, versions and hashes hold nothing that needs escaping: an escape is kept as it is written.
    fn string(&mut self) -> Result<String, String> {
        self.take('"', "a string")?;
        let mut text = String::new();
        loop {
            match self.rest.next() {
                Some('"') => return Ok(text),
                Some('\\') => text.extend(['\\'].into_iter().chain(self.rest.next())),
                Some('\n') | None => return Err(self.expected("the end of a string")),
                Some(letter) => text.push(letter),
            }
        }
    }

    fn next_is(&mut self, wanted: char) -> bool {
        self.space();
        self.rest.next_if_eq(&wanted).is_some()
    }

    fn take(&mut self, wanted: char, name: &str) -> Result<(), String> {
        if self.next_is(wanted) { Ok(()) } else { Err(self.expected(name)) }
    }

    fn space(&mut self) {
        while let Some(letter) = self.rest.next_if(char::is_ascii_whitespace) {
            self.line += usize::from(letter == '\n');
        }
    }

    fn expected(&self, what: &str) -> String {
        format!("expected {what} in line {}", self.line)
    }
}

#[cfg(test)]
mod tests {
    use super::hashes;

    const JSON: &str =
        "{\n  \"a.b\": {\"1\": {\"server\": 3, \"sha256\": \"x\"}},\n  \"c.d\": {\"2\": {}, \"3\": {\"sha256\": null}}\n}\n";

    #[test]
    fn finds_the_version_of_its_own_action_only() {
        let hashes = hashes(JSON).unwrap();
        let hash = |action: &str, version: &str| hashes.get(&(action.into(), version.into())).map(String::as_str);
        assert_eq!(hash("a.b", "1"), Some("x"));
        assert_eq!(hash("a.b", "2"), None);
        assert_eq!(hash("c.d", "2"), Some(""));
        assert_eq!(hash("c.d", "3"), Some("null"));
        assert_eq!(hashes.len(), 3);
    }

    #[test]
    fn says_where_it_isn_t_what_it_should_be() {
        for (json, problem) in [
            ("", "expected `{` in line 1"),
            ("[]", "expected `{` in line 1"),
            ("{\n<<<<<<< HEAD\n", "expected a string in line 2"),
            ("{\"a.b\": {\"1\": {}}\n\n\"c.d\"", "expected `,` or `}` in line 3"),
            ("{\"a.b\": 1}", "expected `{` in line 1"),
            ("{\"a.b\": {\"1\": {\"server\": }}}", "expected a value in line 1"),
            ("{\"a.b", "expected the end of a string in line 1"),
            ("{} {}", "expected the end in line 1"),
        ] {
            assert_eq!(hashes(json), Err(problem.into()), "{json}");
        }
    }
}
