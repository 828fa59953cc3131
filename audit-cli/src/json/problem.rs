//! Problems of a text that should be JSON, and their positions.

use std::fmt;

use audit_core::schema;

use super::Position;

/// A problem of a file, and its position.
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

/// The merge conflict in a text.
pub fn conflict(text: &str) -> Option<Problem> {
    let (line, message) = schema::conflict(text.as_bytes())?;
    Some(Problem {
        is_conflict: true,
        ..Problem::new(Position { line, column: 1 }, message)
    })
}

/// serde's message without its position, which precedes ours.
pub fn syntax(text: &str, error: &serde_json::Error) -> Problem {
    let message = error.to_string();
    let message = message
        .rsplit_once(" at line ")
        .map_or(message.as_str(), |(message, _)| message);
    // serde counts columns in bytes, and the end of a line as its column 0.
    let line = error.line().max(1);
    let start: usize = text
        .split_inclusive('\n')
        .take(line - 1)
        .map(str::len)
        .sum();
    let at = text.floor_char_boundary(start + error.column().saturating_sub(1));
    Problem::new(Position::of(text, at), format!("not JSON: {message}"))
}
