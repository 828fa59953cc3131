//! JSON with the line and column of each value. Deep nesting costs no stack, and values are parsed when they are used.

mod problem;

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use problem::syntax;
pub use problem::{Problem, conflict};

/// Line and column, as editors count them: from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: u32,
    pub column: u32,
}

impl Position {
    /// The position of a byte in a text.
    pub fn of(text: &str, at: usize) -> Self {
        Self::START.behind(text.get(..at).unwrap_or(text))
    }

    const START: Self = Self { line: 1, column: 1 };

    /// The position behind `text`, which begins here.
    fn behind(self, text: &str) -> Self {
        let lines = counted(text.bytes().filter(|byte| *byte == b'\n').count());
        let columns = counted(text.rsplit('\n').next().unwrap_or_default().chars().count());
        let column = if lines == 0 { self.column } else { 1 };
        Self {
            line: self.line.saturating_add(lines),
            column: column.saturating_add(columns),
        }
    }
}

/// The type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Null,
    Boolean,
    Number,
    Text,
    List,
    Object,
}

impl Kind {
    /// `an object`
    pub fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::Text => "a string",
            Self::List => "a list",
            Self::Object => "an object",
        }
    }
}

/// A value in its file.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    raw: &'t RawValue,
    pub at: Position,
}

impl<'t> Node<'t> {
    /// Reads a whole file; a byte order mark is skipped.
    pub fn parse(text: &'t str) -> Result<Self, Problem> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let parsed = serde_json::from_str(text).and_then(|raw| {
            // Half a surrogate pair is found only where strings are decoded.
            if text.contains("\\u") {
                serde_json::from_str::<Value>(text)?;
            }
            Ok(raw)
        });
        match parsed {
            Ok(raw) => Ok(Self::parts(text, Position::START)(raw)),
            Err(error) => Err(conflict(text).unwrap_or_else(|| syntax(text, &error))),
        }
    }

    /// Reads a file's bytes.
    pub fn parse_bytes(bytes: &'t [u8]) -> Result<Self, Problem> {
        match str::from_utf8(bytes) {
            Ok(text) => Self::parse(text),
            Err(error) => {
                let whole = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
                Err(Problem::new(
                    Position::START.behind(&whole),
                    "not UTF-8 text".into(),
                ))
            }
        }
    }

    pub fn kind(&self) -> Kind {
        match self.raw.get().as_bytes().first() {
            Some(b'{') => Kind::Object,
            Some(b'[') => Kind::List,
            Some(b'"') => Kind::Text,
            Some(b't' | b'f') => Kind::Boolean,
            Some(b'n') => Kind::Null,
            _ => Kind::Number,
        }
    }

    /// The length in bytes.
    pub fn bytes(&self) -> usize {
        self.raw.get().len()
    }

    /// The nodes of parts of a text, in its order. Each counts its position from the one before.
    fn parts(mut text: &'t str, mut at: Position) -> impl FnMut(&'t RawValue) -> Self {
        move |raw| {
            let offset = (raw.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
            let (before, rest) = text.split_at_checked(offset).unwrap_or(("", text));
            (text, at) = (rest, at.behind(before));
            Self { raw, at }
        }
    }

    pub fn problem(&self, message: impl Into<String>) -> Problem {
        Problem::new(self.at, message.into())
    }

    /// The members of an object in the order of the file, with duplicates.
    pub fn members(&self) -> Option<Vec<(String, Self)>> {
        let mut reader = serde_json::Deserializer::from_str(self.raw.get());
        let members = reader.deserialize_map(Members).ok()?.into_iter();
        let mut part = Self::parts(self.raw.get(), self.at);
        Some(members.map(|(key, raw)| (key, part(raw))).collect())
    }

    /// The value of the first member with this key.
    pub fn member(&self, key: &str) -> Option<Self> {
        let mut members = self.members()?.into_iter();
        members.find(|(own, _)| own == key).map(|(_, node)| node)
    }

    /// The items of a list.
    pub fn items(&self) -> Option<Vec<Self>> {
        let items: Vec<&'t RawValue> = self.read()?;
        let part = Self::parts(self.raw.get(), self.at);
        Some(items.into_iter().map(part).collect())
    }

    /// The value as this type; `None` if it is of another one, or nested deeper than 127 levels.
    pub fn read<T: Deserialize<'t>>(&self) -> Option<T> {
        serde_json::from_str(self.raw.get()).ok()
    }

    /// The text of a string.
    pub fn string(&self) -> Option<String> {
        self.read()
    }

    pub fn value(&self) -> Option<Value> {
        self.read()
    }
}

fn counted(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Keeps the order, and duplicates.
struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Vec<(String, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        std::iter::from_fn(|| map.next_entry().transpose()).collect()
    }
}

/// A number, a whole one as an integer: `1` and `1.0` are the same.
#[expect(
    clippy::cast_possible_truncation,
    reason = "only of whole numbers that an `f64` holds exactly"
)]
pub fn number(number: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() < EXACT {
        (number as i64).into()
    } else {
        number.into()
    }
}

/// The same value with each number in one notation.
pub fn normal(value: &Value) -> Value {
    match value {
        Value::Number(own) => own.as_f64().map_or_else(|| value.clone(), number),
        Value::Array(items) => items.iter().map(normal).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(key, value)| (key.clone(), normal(value)))
            .collect(),
        _ => value.clone(),
    }
}

/// A whole number, as `1` or as `1.0`.
pub fn whole(value: &Value) -> Option<u64> {
    number(value.as_f64()?).as_u64()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32, column: u32) -> Position {
        Position { line, column }
    }

    #[test]
    fn knows_the_place_of_each_value() {
        let node =
            Node::parse("{\n  \"é\": [1,\n   {\"a\": \"x\", \"a\": null}]\n}\n").expect("JSON");
        let members = node.members().expect("an object");
        assert_eq!((node.at, members[0].1.at), (at(1, 1), at(2, 8)));
        let items = members[0].1.items().expect("a list");
        assert_eq!((items[0].at, items[1].at), (at(2, 9), at(3, 4)));
        let twice = items[1].members().expect("an object");
        assert_eq!(
            twice
                .iter()
                .map(|(key, node)| (key.as_str(), node.kind()))
                .collect::<Vec<_>>(),
            [("a", Kind::Text), ("a", Kind::Null)]
        );
        assert_eq!(
            (
                items[0].read(),
                twice[0].1.string().as_deref(),
                twice[0].1.read::<bool>()
            ),
            (Some(1_u64), Some("x"), None)
        );
    }

    #[test]
    fn passes_items_on_with_their_places() {
        let node = Node::parse("{\"a\": 1,\n \"é\": [ {\"b\": 1}, [\n2], {\n\"b\": [2]}\n]}")
            .expect("JSON");
        let mut places = Vec::new();
        for item in node
            .member("é")
            .and_then(|list| list.items())
            .expect("a list")
        {
            let inner = item.member("b").or_else(|| item.items()?.pop());
            places.push((item.at, item.bytes(), inner.map(|inner| inner.at)));
        }
        assert_eq!(
            places,
            [
                (at(2, 9), 8, Some(at(2, 15))),
                (at(2, 19), 4, Some(at(3, 1))),
                (at(3, 5), 11, Some(at(4, 6)))
            ]
        );
        assert!(
            node.member("b").is_none()
                && Node::parse("[1]").is_ok_and(|list| list.member("b").is_none())
        );
        assert!(Node::parse("1").is_ok_and(|number| number.items().is_none()));
    }

    #[test]
    fn says_where_it_is_no_json() {
        let problem = |text: &[u8]| {
            Node::parse_bytes(text)
                .err()
                .map(|problem| problem.to_string())
                .unwrap_or_default()
        };
        assert_eq!(problem(b""), "1:1: not JSON: EOF while parsing a value");
        assert_eq!(
            problem("{\n \"é\": tru }".as_bytes()),
            "2:10: not JSON: expected ident"
        );
        assert_eq!(problem(b"{}\n{}"), "2:1: not JSON: trailing characters");
        assert_eq!(problem(b"{\n\"a\": \"\xff\"}"), "2:7: not UTF-8 text");
        assert_eq!(problem("\u{feff}{}".as_bytes()), "");
        assert_eq!(
            problem(b"{\n\"a\": \"x\\ud800\"}"),
            "2:14: not JSON: unexpected end of hex escape"
        );
        assert_eq!(
            problem(br#""\udc00\ud800""#),
            "1:7: not JSON: lone leading surrogate in hex escape"
        );
        assert_eq!(problem(br#""\ud83d\ude00 \\ud800 \n""#), "");
    }

    #[test]
    fn deep_nesting_costs_no_stack() {
        let deep = "[".repeat(1_000_000) + &"]".repeat(1_000_000);
        let node = Node::parse(&deep).expect("JSON");
        assert_eq!(node.items().map(|items| items.len()), Some(1));
        assert_eq!(node.value(), None);
    }
}
