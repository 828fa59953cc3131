//! Reads `registrations/<environment>.json`, for builds, for the command and at run time alike.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write};

use crate::conflict::conflict;
use crate::folder::declared_version;
use crate::json::{Node, Value, parse};

/// An environment's registered versions, by action and declared version.
pub type Registrations = BTreeMap<String, BTreeMap<u32, Registration>>;

/// The registration of a declared version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// The version that the service gave to it.
    pub server: u32,
    /// Of the body, in hexadecimal.
    pub sha256: String,
}

/// A problem of a file, with its position: lines and columns count from 1, columns in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Problem {
    pub line: u32,
    pub column: u32,
    pub message: String,
    /// Whether it is a merge conflict.
    pub is_conflict: bool,
}

impl Problem {
    /// A problem at a byte of a text.
    pub(crate) fn at(text: &str, at: usize, message: String) -> Self {
        let before = text.get(..at).unwrap_or(text);
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let line = before.rsplit('\n').next().unwrap_or_default();
        Self {
            line: number(before.split('\n').count()),
            column: number(line.chars().count() + 1),
            message,
            is_conflict: false,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

/// A hash as [`Registration::sha256`] has it.
pub fn hexadecimal(hash: &[u8]) -> String {
    hash.iter().fold(String::new(), |mut hex, byte| {
        // Writing into a `String` can't fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Reads a file's bytes; a byte order mark, which some editors write, is skipped.
///
/// # Errors
/// All that is wrong with the registrations, or the first reason why there are none.
pub fn read(bytes: &[u8]) -> Result<Registrations, Vec<Problem>> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let valid = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
        vec![Problem::at(&valid, valid.len(), "not UTF-8 text".into())]
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let root = parse(text).map_err(|problem| {
        let conflict = conflict(text.as_bytes()).map(|(line, message)| Problem {
            line,
            column: 1,
            message,
            is_conflict: true,
        });
        vec![conflict.unwrap_or(problem)]
    })?;
    let mut reader = Reader {
        text,
        problems: Vec::new(),
    };
    let registrations = reader.registrations(root);
    if reader.problems.is_empty() {
        Ok(registrations)
    } else {
        Err(reader.problems)
    }
}

struct Reader<'t> {
    text: &'t str,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn registrations(&mut self, root: Node) -> Registrations {
        let mut registrations = Registrations::new();
        for (action, versions) in self.object(root, "registrations") {
            let of_action = registrations.entry(action.clone()).or_default();
            for (version, node) in self.object(versions, &format!("the versions of {action:?}")) {
                let name = format!("version {version:?} of {action:?}");
                let number = declared_version(&version);
                if number.is_none() {
                    let message =
                        format!("{name} isn't one: a declared version is a positive integer");
                    self.report(node.at, message);
                }
                let registration = self.registration(node, &name);
                of_action.extend(number.zip(registration));
            }
        }
        registrations
    }

    fn registration(&mut self, node: Node, name: &str) -> Option<Registration> {
        let at = node.at;
        let members = self.object(node, name);
        let member = |name: &str| {
            let member = members.iter().find(|(key, _)| key == name);
            member.map(|(_, node)| node)
        };
        let server = match member("server").map(|node| &node.value) {
            Some(Value::Number(number)) => declared_version(number),
            _ => None,
        };
        let sha256 = match member("sha256").map(|node| &node.value) {
            Some(Value::String(hash)) => Some(hash.clone()),
            _ => None,
        };
        let at = |key| member(key).map_or(at, |node| node.at);
        if server.is_none() {
            let message = format!("`server` of {name} must be a positive integer");
            self.report(at("server"), message);
        }
        if sha256.is_none() {
            self.report(at("sha256"), format!("`sha256` of {name} must be a string"));
        }
        Some(Registration {
            server: server?,
            sha256: sha256?,
        })
    }

    /// The members. One that stands twice would replace the other: a merge may do that without a conflict.
    fn object(&mut self, node: Node, what: &str) -> Vec<(String, Node)> {
        let members = match node.value {
            Value::Object(members) => members,
            other => {
                let message = format!("{what} must be an object, not {}", other.kind());
                self.report(node.at, message);
                return Vec::new();
            }
        };
        let mut seen = BTreeSet::new();
        for (key, value) in &members {
            if !seen.insert(key) {
                let message = format!("{what} has {key:?} twice: put both into one");
                self.report(value.at, message);
            }
        }
        members
    }

    fn report(&mut self, at: usize, message: String) {
        self.problems.push(Problem::at(self.text, at, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JSON: &str = r#"{
  "a.b": {"1": {"server": 3, "sha256": "x"}},
  "c.\u0064": {"2": {"server": 1, "sha256": "", "note": null}, "3": {"sha256": "y", "server": 2, "more": [{}, {"a": [1.5e3, true]}]}}
}
"#;

    #[test]
    fn finds_the_version_of_its_own_action_only() {
        for json in [JSON.to_owned(), format!("\u{feff}{JSON}")] {
            let registrations = read(json.as_bytes()).unwrap();
            let found: Vec<_> = registrations
                .iter()
                .flat_map(|(action, versions)| {
                    versions
                        .iter()
                        .map(move |(version, to)| (&**action, *version, to.server, &*to.sha256))
                })
                .collect();
            assert_eq!(
                found,
                [("a.b", 1, 3, "x"), ("c.d", 2, 1, ""), ("c.d", 3, 2, "y")]
            );
        }
    }

    fn problems(json: impl AsRef<[u8]>) -> Vec<String> {
        let problems = read(json.as_ref()).unwrap_err();
        problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn says_where_it_isn_t_what_it_should_be() {
        let (nested, list) = (
            "[".repeat(99),
            "registrations must be an object, not a list",
        );
        for (json, problem) in [
            ("", "1:1: expected a value"),
            ("[]", &format!("1:1: {list}")),
            (
                "{\n<<<<<<< HEAD\n",
                "2:1: a merge conflict isn't resolved: `<<<<<<< HEAD`",
            ),
            ("{\n", "2:1: expected a string"),
            ("{\"a.b\": {}\n\n\"c.d\"", "3:1: expected `,` or `}`"),
            (
                "{\"a.b\": 1}",
                "1:9: the versions of \"a.b\" must be an object, not a number",
            ),
            (
                "{\"a.b\": {\"1\": {\"server\": }}}",
                "1:26: expected a value",
            ),
            ("{\"a.b", "1:6: expected the end of a string"),
            ("{\"a\nb", "2:1: expected the end of a string"),
            ("{\"a\\q", "1:6: expected an escape"),
            ("{\"a\\u00g", "1:6: expected four hexadecimal digits"),
            ("{\"a\\u00é", "1:6: expected four hexadecimal digits"),
            ("{} {}", "1:4: expected the end"),
            ("{\"a\": [1 2]}", "1:10: expected `,` or `]`"),
            ("{\"a\": .5}", "1:7: expected a value"),
            ("{\"a\": True}", "1:7: expected a value"),
            ("{\"é\" 1}", "1:6: expected `:`"),
            (&nested, "1:65: expected less nesting"),
            (
                "{\"a.b\": {},\n\"a.b\": {}}",
                "2:8: registrations has \"a.b\" twice: put both into one",
            ),
        ] {
            assert_eq!(problems(json), [problem], "{json}");
        }
        assert_eq!(problems(b"{\n\"\xFF"), ["2:2: not UTF-8 text"]);
    }

    #[test]
    fn says_which_registration_isn_t_one() {
        let whole = r#"{"server": 3, "sha256": "x"}"#;
        for version in ["0", "x", "01", "+1", "4294967296"] {
            let expected = format!(
                "1:{}: version {version:?} of \"a.b\" isn't one: a declared version is a positive integer",
                14 + version.len()
            );
            let json = format!("{{\"a.b\": {{\"{version}\": {whole}}}}}");
            assert_eq!(problems(json), [expected]);
        }
        let server = "`server` of version \"1\" of \"a.b\" must be a positive integer";
        let sha256 = "`sha256` of version \"1\" of \"a.b\" must be a string";
        let twice = "version \"1\" of \"a.b\" has \"server\" twice: put both into one";
        for (registration, column, problem) in [
            (r#"{"sha256": "x"}"#, 15, server),
            (r#"{"server": "3", "sha256": "x"}"#, 26, server),
            (r#"{"server": 0, "sha256": "x"}"#, 26, server),
            (r#"{"server": 3.0, "sha256": "x"}"#, 26, server),
            (r#"{"server": 03, "sha256": "x"}"#, 26, server),
            (r#"{"server": 3, "sha256": null}"#, 39, sha256),
            (r#"{"server": 3}"#, 15, sha256),
            (r#"{"server": 3, "server": 3, "sha256": "x"}"#, 39, twice),
        ] {
            let json = format!("{{\"a.b\": {{\"1\": {registration}}}}}");
            assert_eq!(problems(json), [format!("1:{column}: {problem}")]);
        }
    }

    #[test]
    fn says_all_that_is_wrong() {
        assert_eq!(
            problems("{\"a.b\": {\n\"01\": {\"server\": \"3\",\n\"sha256\": 1}}}"),
            [
                "2:7: version \"01\" of \"a.b\" isn't one: a declared version is a positive integer",
                "2:18: `server` of version \"01\" of \"a.b\" must be a positive integer",
                "3:11: `sha256` of version \"01\" of \"a.b\" must be a string",
            ]
        );
    }
}
