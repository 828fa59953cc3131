//! What couldn't be expressed, and where it stands: on stderr, and as comments at the head of the source.

use std::fmt;

use crate::finding::Location;
use crate::json::Position;

/// Something that the source doesn't say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub location: Location,
    /// Action and version.
    pub event: Option<(String, u32)>,
    pub message: String,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            location,
            event,
            message,
        } = self;
        write!(f, "{}", place(location))?;
        if let Some((action, version)) = event {
            write!(f, "{action}@{version}: ")?;
        }
        f.write_str(message)
    }
}

/// `schemas/user.login.json:3:5: `
fn place(Location { file, line, column }: &Location) -> String {
    let parts = [
        file.clone(),
        line.map(|line| line.to_string()),
        column.map(|column| column.to_string()),
    ];
    parts
        .into_iter()
        .flatten()
        .map(|part| part + ":")
        .collect::<String>()
        + if file.is_some() { " " } else { "" }
}

/// A place in a file; the body of an event in code has none.
pub fn at(file: Option<&str>, position: Option<Position>) -> Location {
    let position = position.filter(|_| file.is_some());
    Location {
        file: file.map(ToOwned::to_owned),
        line: position.map(|position| position.line),
        column: position.map(|position| position.column),
    }
}

/// By file and place.
pub fn sort(notes: &mut [Note]) {
    notes.sort_by(|a, b| key(a).cmp(&key(b)));
}

type Key<'n> = (&'n Option<String>, Option<u32>, Option<u32>);

fn key(Note { location, .. }: &Note) -> Key<'_> {
    (&location.file, location.line, location.column)
}

/// The remarks as comments, each on a line of its own; nothing where there is nothing to remark.
pub fn comment(remarks: &[String]) -> String {
    if remarks.is_empty() {
        return String::new();
    }
    let lines: Vec<_> = remarks
        .iter()
        .map(|remark| format!("// - {}\n", visible(remark)))
        .collect();
    let lines = lines.concat();
    format!("// What these types don't say of the schemas that they were made of:\n{lines}\n")
}

/// The text on one line, without what would steer a terminal or make text run the other way, which rustc refuses in comments.
pub fn visible(text: &str) -> String {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars()
        .flat_map(|c| {
            if hidden(c) {
                c.escape_unicode().collect::<Vec<_>>()
            } else {
                vec![c]
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(file: Option<&str>, line: u32, event: Option<(&str, u32)>) -> Note {
        let event = event.map(|(action, version)| (action.to_owned(), version));
        Note {
            location: at(file, Some(Position { line, column: 7 })),
            event,
            message: "has `pattern`".into(),
        }
    }

    #[test]
    fn a_line_says_where_and_what() {
        assert_eq!(
            note(Some("a b.json"), 3, Some(("user.login", 2))).to_string(),
            "a b.json:3:7: user.login@2: has `pattern`"
        );
        assert_eq!(
            note(Some("a.json"), 3, None).to_string(),
            "a.json:3:7: has `pattern`"
        );
        assert_eq!(
            note(None, 3, Some(("user.login", 2))).to_string(),
            "user.login@2: has `pattern`"
        );
    }

    #[test]
    fn sorts_by_place() {
        let mut notes = [
            note(Some("b"), 1, None),
            note(Some("a"), 10, None),
            note(Some("a"), 9, None),
        ];
        sort(&mut notes);
        assert_eq!(
            notes.map(|note| note.location.line),
            [Some(9), Some(10), Some(1)]
        );
    }

    #[test]
    fn comments_are_one_line_each_and_hold_nothing_that_rustc_refuses() {
        assert_eq!(comment(&[]), "");
        let text = comment(&["a\r\nb \u{202e}".into(), "c".into()]);
        assert_eq!(text.lines().count(), 4, "{text}");
        assert!(
            text.contains("// - a\\u{d}\\u{a}b \\u{202e}\n// - c\n\n"),
            "{text}"
        );
    }
}
