//! What is wrong with a text that should be JSON, and where.

use std::fmt;

use audit_core::schema;

use super::{Position, counted};

/// What is wrong with a file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub at: Position,
    pub message: String,
    /// Whether it is a merge conflict.
    pub is_conflict: bool,
}

impl Problem {
    pub fn new(at: Position, message: String) -> Self {
        Self {
            at,
            message,
            is_conflict: false,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.at.line, self.at.column, self.message)
    }
}

/// Half a pair of UTF-16 in a string is no character. `text` is JSON, so backslashes stand in strings only.
pub fn lone_surrogate(text: &str) -> Option<Problem> {
    let unit =
        |at: usize| u16::from_str_radix(text.get(at..)?.strip_prefix("\\u")?.get(..4)?, 16).ok();
    let mut at = 0;
    while let Some(found) = text.get(at..)?.find('\\') {
        at += found;
        match unit(at) {
            Some(0xD800..=0xDBFF) if matches!(unit(at + 6), Some(0xDC00..=0xDFFF)) => at += 12,
            Some(0xD800..=0xDFFF) => {
                let message = format!(
                    "`{}` is half a surrogate pair, which is no character",
                    text.get(at..at + 6)?
                );
                return Some(Problem::new(
                    Position::START.behind(text.get(..at)?),
                    message,
                ));
            }
            // An escaped backslash escapes nothing.
            _ => at += 2,
        }
    }
    None
}

/// What no parser can say.
pub fn conflict(text: &str) -> Option<Problem> {
    let (line, message) = schema::conflict(text.as_bytes())?;
    Some(Problem {
        is_conflict: true,
        ..Problem::new(Position { line, column: 1 }, message)
    })
}

/// serde's words without their place, which stands in front of ours.
pub fn syntax(text: &str, error: &serde_json::Error) -> Problem {
    let message = error.to_string();
    let message = message
        .rsplit_once(" at line ")
        .map_or(message.as_str(), |(message, _)| message);
    // serde counts columns in bytes, and the end of a line as its column 0.
    let line = error.line().max(1);
    let bytes = text.split('\n').nth(line - 1).unwrap_or_default();
    let before = bytes
        .as_bytes()
        .get(..error.column().saturating_sub(1))
        .unwrap_or(bytes.as_bytes());
    let column = String::from_utf8_lossy(before).chars().count() + 1;
    Problem::new(
        Position {
            line: counted(line),
            column: counted(column),
        },
        format!("not JSON: {message}"),
    )
}
