//! Reads `schemas/registrations/<environment>.json`, of which a build needs the hashes: `{"action": {"1": {"sha256": "…"}}}`. A merge
//! conflict in one must not pass for "registered nowhere".

use std::collections::{HashMap, HashSet};
use std::io;
use std::iter::Peekable;
use std::path::Path;
use std::str::Chars;
use std::sync::Arc;

use super::files::Cache;
use super::index::conflict;

/// The hash of each version that is listed, by action and version.
pub type Hashes = HashMap<(String, String), String>;

/// Why a file of registrations can't be used.
pub enum Unusable {
    Unreadable(io::Error),
    /// What was expected, and the line.
    Malformed(String),
    /// Where version control has left a conflict.
    Conflict(String),
}

impl From<io::Error> for Unusable {
    fn from(error: io::Error) -> Self {
        Self::Unreadable(error)
    }
}

/// What one file says. One that is gone by now says nothing.
pub fn read(path: &Path) -> Result<Arc<Hashes>, Unusable> {
    static KNOWN: Cache<Hashes> = Cache::new();
    let read = |bytes: &[u8]| {
        let json =
            std::str::from_utf8(bytes).map_err(|_| Unusable::Malformed("it isn't UTF-8".into()))?;
        hashes(json).map_err(|problem| {
            conflict(bytes).map_or(Unusable::Malformed(problem), Unusable::Conflict)
        })
    };
    Ok(KNOWN.get(path, read)?.unwrap_or_default())
}

/// Reads the text of one.
///
/// # Errors
/// What was expected and the line, where the text isn't an object of objects of registrations.
fn hashes(json: &str) -> Result<Hashes, String> {
    // Some editors write a byte order mark.
    let json = json.strip_prefix('\u{feff}').unwrap_or(json);
    let mut reader = Reader {
        rest: json.chars().peekable(),
        line: 1,
    };
    let mut hashes = Hashes::new();
    let mut actions = HashSet::new();
    reader.object(&mut |reader, action| {
        if !actions.insert(action.to_owned()) {
            return Err(reader.problem(format!("{action:?} stands there twice")));
        }
        reader.object(&mut |reader, version| {
            let name = format!("version {version:?} of {action:?}");
            if !version
                .parse::<u32>()
                .is_ok_and(|number| number > 0 && number.to_string() == version)
            {
                return Err(reader.problem(format!(
                    "{name} isn't one: a declared version is a positive integer"
                )));
            }
            let hash = reader.registration(&name)?;
            match hashes.insert((action.to_owned(), version.to_owned()), hash) {
                Some(_) => Err(reader.problem(format!("{name} stands there twice"))),
                None => Ok(()),
            }
        })
    })?;
    reader.space();
    if reader.rest.peek().is_some() {
        Err(reader.expected("the end"))
    } else {
        Ok(hashes)
    }
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

    /// The hash of a registration: `{"server": 3, "sha256": "…"}`, in which other members may stand.
    fn registration(&mut self, name: &str) -> Result<String, String> {
        let mut members = HashMap::new();
        self.object(&mut |reader, key| {
            let is_text = reader.next_begins('"');
            let value = (is_text, reader.scalar()?);
            match members.insert(key.to_owned(), value) {
                Some(_) => Err(reader.problem(format!("{name} has {key:?} twice"))),
                None => Ok(()),
            }
        })?;
        let is_version = |(is_text, value): &(bool, String)| {
            !is_text && value.parse::<u32>().is_ok_and(|number| number > 0)
        };
        if !members.get("server").is_some_and(is_version) {
            return Err(self.problem(format!("`server` of {name} must be a positive integer")));
        }
        match members.remove("sha256") {
            Some((true, hash)) => Ok(hash),
            _ => Err(self.problem(format!("`sha256` of {name} must be a string"))),
        }
    }

    fn scalar(&mut self) -> Result<String, String> {
        if self.next_begins('"') {
            return self.string();
        }
        let mut value = String::new();
        while let Some(letter) = self
            .rest
            .next_if(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '+' | '.'))
        {
            value.push(letter);
        }
        if value.is_empty() {
            Err(self.expected("a value"))
        } else {
            Ok(value)
        }
    }

    fn string(&mut self) -> Result<String, String> {
        self.take('"', "a string")?;
        let mut text = String::new();
        loop {
            match self.rest.next() {
                Some('"') => return Ok(text),
                Some('\\') => text.push(self.escaped()?),
                Some('\n') | None => return Err(self.expected("the end of a string")),
                Some(letter) => text.push(letter),
            }
        }
    }

    /// What stands behind a backslash. Actions, versions and hashes are ASCII: no pairs of surrogates are put together.
    fn escaped(&mut self) -> Result<char, String> {
        match self.rest.next() {
            Some(letter @ ('"' | '\\' | '/')) => Ok(letter),
            Some('n') => Ok('\n'),
            Some('t') => Ok('\t'),
            Some('r') => Ok('\r'),
            Some('b') => Ok('\u{8}'),
            Some('f') => Ok('\u{c}'),
            Some('u') => {
                let digits: String = (0..4)
                    .filter_map(|_| self.rest.next_if(char::is_ascii_hexdigit))
                    .collect();
                let code = u32::from_str_radix(&digits, 16)
                    .ok()
                    .filter(|_| digits.len() == 4);
                code.map(|code| char::from_u32(code).unwrap_or('\u{fffd}'))
                    .ok_or_else(|| self.expected("four hexadecimal digits"))
            }
            _ => Err(self.expected("an escape")),
        }
    }

    fn next_begins(&mut self, wanted: char) -> bool {
        self.space();
        self.rest.peek() == Some(&wanted)
    }

    fn next_is(&mut self, wanted: char) -> bool {
        self.space();
        self.rest.next_if_eq(&wanted).is_some()
    }

    fn take(&mut self, wanted: char, name: &str) -> Result<(), String> {
        if self.next_is(wanted) {
            Ok(())
        } else {
            Err(self.expected(name))
        }
    }

    fn space(&mut self) {
        while let Some(letter) = self.rest.next_if(char::is_ascii_whitespace) {
            self.line += usize::from(letter == '\n');
        }
    }

    fn expected(&self, what: &str) -> String {
        self.problem(format!("expected {what}"))
    }

    fn problem(&self, what: impl std::fmt::Display) -> String {
        format!("{what} in line {}", self.line)
    }
}

#[cfg(test)]
mod tests {
    use super::hashes;

    const JSON: &str = r#"{
  "a.b": {"1": {"server": 3, "sha256": "x"}},
  "c.\u0064": {"2": {"server": 1, "sha256": "", "note": null}, "3": {"sha256": "y", "server": 2}}
}
"#;

    #[test]
    fn finds_the_version_of_its_own_action_only() {
        for json in [JSON.to_owned(), format!("\u{feff}{JSON}")] {
            let hashes = hashes(&json).unwrap();
            let hash = |action: &str, version: &str| {
                hashes
                    .get(&(action.into(), version.into()))
                    .map(String::as_str)
            };
            assert_eq!(hash("a.b", "1"), Some("x"));
            assert_eq!(hash("a.b", "2"), None);
            assert_eq!(hash("c.d", "2"), Some(""));
            assert_eq!(hash("c.d", "3"), Some("y"));
            assert_eq!(hashes.len(), 3);
        }
    }

    #[test]
    fn says_where_it_isn_t_what_it_should_be() {
        for (json, problem) in [
            ("", "expected `{` in line 1"),
            ("[]", "expected `{` in line 1"),
            ("{\n<<<<<<< HEAD\n", "expected a string in line 2"),
            ("{\"a.b\": {}\n\n\"c.d\"", "expected `,` or `}` in line 3"),
            ("{\"a.b\": 1}", "expected `{` in line 1"),
            (
                "{\"a.b\": {\"1\": {\"server\": }}}",
                "expected a value in line 1",
            ),
            ("{\"a.b", "expected the end of a string in line 1"),
            ("{\"a\\q", "expected an escape in line 1"),
            ("{\"a\\u00g", "expected four hexadecimal digits in line 1"),
            ("{} {}", "expected the end in line 1"),
            (
                "{\"a.b\": {},\n\"a.b\": {}}",
                "\"a.b\" stands there twice in line 2",
            ),
        ] {
            assert_eq!(hashes(json), Err(problem.into()), "{json}");
        }
    }

    /// As `cargo audit-schema` reads them, whose errors have the same words.
    #[test]
    fn says_which_registration_isn_t_one() {
        let positive = "isn't one: a declared version is a positive integer in line 1";
        for (version, registration, problem) in [
            (
                "0",
                r#"{"server": 3, "sha256": "x"}"#,
                format!("version \"0\" of \"a.b\" {positive}"),
            ),
            (
                "x",
                r#"{"server": 3, "sha256": "x"}"#,
                format!("version \"x\" of \"a.b\" {positive}"),
            ),
            (
                "01",
                r#"{"server": 3, "sha256": "x"}"#,
                format!("version \"01\" of \"a.b\" {positive}"),
            ),
            (
                "1",
                r#"{"sha256": "x"}"#,
                "`server` of version \"1\" of \"a.b\" must be a positive integer in line 1".into(),
            ),
            (
                "1",
                r#"{"server": "3", "sha256": "x"}"#,
                "`server` of version \"1\" of \"a.b\" must be a positive integer in line 1".into(),
            ),
            (
                "1",
                r#"{"server": 0, "sha256": "x"}"#,
                "`server` of version \"1\" of \"a.b\" must be a positive integer in line 1".into(),
            ),
            (
                "1",
                r#"{"server": 3, "sha256": null}"#,
                "`sha256` of version \"1\" of \"a.b\" must be a string in line 1".into(),
            ),
            (
                "1",
                r#"{"server": 3}"#,
                "`sha256` of version \"1\" of \"a.b\" must be a string in line 1".into(),
            ),
            (
                "1",
                r#"{"server": 3, "server": 3}"#,
                "version \"1\" of \"a.b\" has \"server\" twice in line 1".into(),
            ),
        ] {
            assert_eq!(
                hashes(&format!("{{\"a.b\": {{\"{version}\": {registration}}}}}")),
                Err(problem)
            );
        }
    }
}
