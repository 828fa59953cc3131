//! Compares the schema that the code renders with the committed file, and says what differs.
//!
//! Equal files cost one comparison in wide strides. Only where they differ are the texts taken apart, line by line: the canonical
//! form has a property a line.

use super::bytes::{compare, equal, part, str_equal};
use super::message::Message;

/// What the macro knows of the committed file.
#[derive(Clone, Copy)]
#[doc(hidden)]
pub struct Committed {
    pub action: &'static str,
    pub version: &'static str,
    /// As the user names it: `schemas/user.signed_in/v1.json`.
    pub path: &'static str,
    pub file: &'static [u8],
    /// The environments in which the version is registered, or nothing.
    pub registered_in: &'static str,
}

impl Committed {
    /// The error, where the file isn't what the code renders.
    pub const fn drift(&self, body: &str) -> Option<Message> {
        if equal(body.as_bytes(), self.file) || equal_but_for_returns(body.as_bytes(), self.file) {
            return None;
        }
        let registered = !self.registered_in.is_empty();
        let message = Message::new(if registered { "audit[A0503]: " } else { "audit[A0502]: " })
            .str(self.action)
            .str(" version ")
            .str(self.version)
            .str(" isn't what ")
            .str(self.path)
            .str(if registered { " holds, and it is registered in " } else { " holds" })
            .str(self.registered_in)
            .str(": ");
        let message = differences(message, self.file, body.as_bytes());
        Some(if registered {
            message
                .str("\n  help: a registered version never changes: raise `version` (`cargo audit-schema bump ")
                .str(self.action)
                .str("`) and export it")
        } else {
            message
                .str("\n  help: `cargo audit-schema export --update` rewrites the file while the version isn't registered anywhere\n  help: or raise `version`, and export the new one")
        })
    }
}

/// A checkout with CRLF line ends is the same file.
const fn equal_but_for_returns(body: &[u8], file: &[u8]) -> bool {
    let (mut i, mut j) = (0, 0);
    while j < file.len() {
        if file[j] == b'\r' && j + 1 < file.len() && file[j + 1] == b'\n' {
            j += 1;
            continue;
        }
        if i >= body.len() || body[i] != file[j] {
            return false;
        }
        i += 1;
        j += 1;
    }
    i == body.len()
}

/// A property line: in which metadata object it stands, its key, and its schema.
#[derive(Clone, Copy)]
struct Property<'a> {
    place: &'a [u8],
    key: &'a [u8],
    schema: &'a [u8],
    required: bool,
}

/// Where a metadata object's closing line is, and what it says.
#[derive(Clone, Copy)]
struct Object<'a> {
    place: &'a [u8],
    required: &'a [u8],
}

const INDENT: &[u8] = b"      \"";

/// Walks the property lines of a canonical body.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> Lines<'a> {
    const fn next_line(&mut self) -> Option<&'a [u8]> {
        if self.at >= self.text.len() {
            return None;
        }
        let from = self.at;
        let mut to = from;
        while to < self.text.len() && self.text[to] != b'\n' {
            to += 1;
        }
        self.at = to + 1;
        let end = if to > from && self.text[to - 1] == b'\r' { to - 1 } else { to };
        Some(part(self.text, from, end - from))
    }

    const fn next(&mut self) -> Option<Property<'a>> {
        while let Some(line) = self.next_line() {
            if !starts_with(line, INDENT) {
                continue;
            }
            let from = INDENT.len();
            let mut to = from;
            while to < line.len() && line[to] != b'"' {
                to += 1;
            }
            let key = part(line, from, to - from);
            let from = if to + 3 < line.len() { to + 3 } else { line.len() };
            let end = if line[line.len() - 1] == b',' { line.len() - 1 } else { line.len() };
            let schema = part(line, from, end.saturating_sub(from));
            let object = self.object();
            return Some(Property { place: object.place, key, schema, required: contains_quoted(object.required, key) });
        }
        None
    }

    /// The object that the current line stands in: what follows the brace that closes its properties.
    const fn object(&self) -> Object<'a> {
        let mut ahead = Lines { text: self.text, at: self.at };
        let mut section = false;
        let mut required: &[u8] = &[];
        while let Some(line) = ahead.next_line() {
            if !section {
                if starts_with(line, INDENT) {
                    continue;
                }
                section = true;
                required = line;
                if contains(line, b"\"type\": \"object\"}, \"type\": ") {
                    return Object { place: after_last_type(line), required };
                }
                continue;
            }
            if starts_with(line, b"  \"metadata\"") {
                return Object { place: b"actor.metadata", required };
            }
            if starts_with(line, b"  \"targets\"") {
                return Object { place: b"metadata", required };
            }
            break;
        }
        Object { place: b"metadata", required }
    }
}

/// The type of the target that the line closes.
const fn after_last_type(line: &[u8]) -> &[u8] {
    let mut to = line.len();
    while to > 0 && line[to - 1] != b'"' {
        to -= 1;
    }
    let end = to.saturating_sub(1);
    let mut from = end;
    while from > 0 && line[from - 1] != b'"' {
        from -= 1;
    }
    part(line, from, end - from)
}

const fn starts_with(text: &[u8], with: &[u8]) -> bool {
    text.len() >= with.len() && equal(part(text, 0, with.len()), with)
}

const fn contains(text: &[u8], what: &[u8]) -> bool {
    let mut i = 0;
    while i + what.len() <= text.len() {
        if equal(part(text, i, what.len()), what) {
            return true;
        }
        i += 1;
    }
    false
}

/// Whether `"key"` stands in a closing line.
const fn contains_quoted(line: &[u8], key: &[u8]) -> bool {
    let mut i = 1;
    while i + key.len() < line.len() {
        if line[i - 1] == b'"' && line[i + key.len()] == b'"' && equal(part(line, i, key.len()), key) {
            return true;
        }
        i += 1;
    }
    false
}

/// How many differences are named; the rest is counted.
const NAMED: usize = 3;

const fn differences(mut message: Message, old: &[u8], new: &[u8]) -> Message {
    let mut found = 0;
    let mut lines = Lines { text: new, at: 0 };
    while let Some(property) = lines.next() {
        let change = match find(old, &property) {
            None => " was added",
            Some(before) if !equal(before.schema, property.schema) => " changed",
            Some(before) if before.required && !property.required => " became optional",
            Some(before) if !before.required && property.required => " became required",
            Some(_) => continue,
        };
        message = name(message, found, &property, change);
        found += 1;
    }
    let mut lines = Lines { text: old, at: 0 };
    while let Some(property) = lines.next() {
        if find(new, &property).is_none() {
            message = name(message, found, &property, " was removed");
            found += 1;
        }
    }
    if found == 0 {
        message.str("the targets differ, or the file isn't in canonical form")
    } else if found > NAMED {
        message.str(" and ").number(found - NAMED).str(" more")
    } else {
        message
    }
}

const fn find<'a>(text: &'a [u8], property: &Property<'_>) -> Option<Property<'a>> {
    let mut lines = Lines { text, at: 0 };
    while let Some(other) = lines.next() {
        if compare(other.key, property.key) == 0 && compare(other.place, property.place) == 0 {
            return Some(other);
        }
    }
    None
}

#[expect(clippy::large_types_passed_by_value, reason = "const eval has no cheaper way to append")]
const fn name(message: Message, found: usize, property: &Property<'_>, change: &str) -> Message {
    if found >= NAMED {
        return message;
    }
    let message = if found > 0 { message.str(", ") } else { message };
    let (Ok(key), Ok(place)) = (core::str::from_utf8(property.key), core::str::from_utf8(property.place)) else {
        return message.str("a key that isn't UTF-8").str(change);
    };
    let message = message.str("`").str(key).str("`");
    let message = if str_equal(place, "metadata") {
        message
    } else if str_equal(place, "actor.metadata") {
        message.str(" of the actor")
    } else {
        message.str(" of target \"").str(place).str("\"")
    };
    message.str(change)
}
