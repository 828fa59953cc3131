//! Warnings of everything that the source doesn't express: on stderr, and as comments at the head of the source.

use std::fmt;

use crate::json::Position;
use crate::location::Location;

/// A warning of something that the source doesn't express.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    pub location: Location,
    /// Action and version.
    pub event: Option<(String, u32)>,
    pub message: String,
}

impl fmt::Display for Warning {
    /// `schemas/user.login.json:3:5: user.login@2: has …`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.location.file.is_some() {
            write!(f, "{}: ", self.location)?;
        }
        if let Some((action, version)) = &self.event {
            write!(f, "{action}@{version}: ")?;
        }
        f.write_str(&self.message)
    }
}

/// A version of an action, and the location of its declaration.
#[derive(Clone, Debug)]
pub struct Origin {
    pub action: String,
    pub version: u32,
    pub file: Option<String>,
    pub at: Option<Position>,
}

impl Origin {
    pub fn warning(&self, at: Option<Position>, message: impl Into<String>) -> Warning {
        Warning {
            location: location(self.file.as_deref(), at.or(self.at)),
            event: Some((self.action.clone(), self.version)),
            message: message.into(),
        }
    }
}

/// A location in a file; the body of an event in code has none.
pub fn location(file: Option<&str>, position: Option<Position>) -> Location {
    let position = position.filter(|_| file.is_some());
    Location {
        file: file.map(ToOwned::to_owned),
        line: position.map(|position| position.line),
        column: position.map(|position| position.column),
    }
}

/// By file and position.
pub fn sort(warnings: &mut [Warning]) {
    warnings.sort_by_cached_key(|Warning { location, .. }| {
        (location.file.clone(), location.line, location.column)
    });
}

/// The remarks as comments, each on a line of its own.
pub fn comment(remarks: &[String]) -> String {
    if remarks.is_empty() {
        return String::new();
    }
    let lines = remarks
        .iter()
        .map(|remark| format!("// - {}\n", visible(remark)));
    let lines: String = lines.collect();
    format!("// Not expressed by these types:\n{lines}\n")
}

/// The text on one line; control and bidirectional characters are escaped, as rustc rejects them in comments.
pub fn visible(text: &str) -> String {
    let shown = |c: char| match c {
        '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            c.escape_unicode().to_string()
        }
        c if c.is_control() => c.escape_unicode().to_string(),
        c => c.into(),
    };
    text.chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn warning(file: Option<&str>, line: u32, event: Option<(&str, u32)>) -> Warning {
        let event = event.map(|(action, version)| (action.to_owned(), version));
        Warning {
            location: location(file, Some(Position { line, column: 7 })),
            event,
            message: "has `pattern`".into(),
        }
    }

    #[test]
    fn a_line_has_location_event_and_message() {
        assert_eq!(
            warning(Some("a b.json"), 3, Some(("user.login", 2))).to_string(),
            "a b.json:3:7: user.login@2: has `pattern`"
        );
        assert_eq!(
            warning(Some("a.json"), 3, None).to_string(),
            "a.json:3:7: has `pattern`"
        );
        assert_eq!(
            warning(None, 3, Some(("user.login", 2))).to_string(),
            "user.login@2: has `pattern`"
        );
    }

    #[test]
    fn sorts_by_position() {
        let mut warnings = [
            warning(Some("b"), 1, None),
            warning(Some("a"), 10, None),
            warning(Some("a"), 9, None),
        ];
        sort(&mut warnings);
        assert_eq!(
            warnings.map(|warning| warning.location.line),
            [Some(9), Some(10), Some(1)]
        );
    }

    #[test]
    fn comments_are_one_line_each_and_hold_nothing_that_rustc_rejects() {
        assert_eq!(comment(&[]), "");
        let text = comment(&["a\r\nb \u{202e}".into(), "c".into()]);
        assert_eq!(text.lines().count(), 4, "{text}");
        assert!(
            text.contains("// - a\\u{d}\\u{a}b \\u{202e}\n// - c\n\n"),
            "{text}"
        );
    }
}
