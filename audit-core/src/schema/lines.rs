//! The lines of a body in the canonical form, which has a property a line.

use super::bytes::{compare, equal, part};

const INDENT: &[u8] = b"      \"";

/// Whether the lines have the form in which an export writes them; only then does comparing them say something true of the file.
pub(crate) const fn are_canonical(file: &[u8]) -> bool {
    let mut lines = Lines::new(file);
    let mut before: &[u8] = b"";
    let mut is_complete = false;
    while let Some(line) = lines.next_line() {
        let in_order = if starts_with(line, INDENT) {
            let key = key_of(line);
            let in_order = compare(before, key) <= 0 && is_property(line, key);
            before = key;
            in_order
        } else {
            before = b"";
            is_frame(line) && is_sorted(line)
        };
        if is_complete || !in_order {
            return false;
        }
        is_complete = equal(line, b"}");
    }
    is_complete && core::str::from_utf8(file).is_ok()
}

/// One property and its schema. In a string the quotes of `"}, "` would be escaped.
const fn is_property(line: &[u8], key: &[u8]) -> bool {
    let behind = INDENT.len() + key.len();
    starts_with(part(line, behind, line.len() - behind), b"\": {")
        && !contains(key, b"\\")
        && !contains(line, b"\"}, \"")
}

/// What stands around the properties.
const fn is_frame(line: &[u8]) -> bool {
    let begins = starts_with(line, b"  \"actor\": {\"metadata\": {")
        || starts_with(line, b"  \"metadata\": {")
        || starts_with(line, b"    {\"metadata\": {");
    let is_whole = equal(line, b"{")
        || equal(line, b"  \"targets\": [")
        || equal(line, b"  ]")
        || equal(line, b"}");
    let is_object =
        begins && contains(line, b"\"properties\": {") && !contains(line, b"\"properties\": {\"");
    (is_whole || is_object || starts_with(line, b"    }")) && !contains(line, b"\\u")
}

/// Whether the required keys of an object's last line are sorted, as the search for one takes them to be.
const fn is_sorted(closing: &[u8]) -> bool {
    let (mut at, mut before): (usize, &[u8]) = (0, b"");
    while let Some((key, end)) = required_after(closing, at) {
        if compare(before, key) > 0 {
            return false;
        }
        (at, before) = (end, key);
    }
    true
}

/// The next required key, and its end. Of all strings of a closing line only those in the list are followed by a comma or a bracket.
const fn required_after(closing: &[u8], mut at: usize) -> Option<(&[u8], usize)> {
    while at < closing.len() {
        if closing[at] != b'"' {
            at += 1;
            continue;
        }
        let from = at + 1;
        at = from;
        while at < closing.len() && closing[at] != b'"' {
            at += 1;
        }
        let word = part(closing, from, at - from);
        at += 1;
        if at < closing.len() && matches!(closing[at], b',' | b']') {
            return Some((word, at));
        }
    }
    None
}

/// The key of a property's line.
const fn key_of(line: &[u8]) -> &[u8] {
    let mut to = INDENT.len();
    while to < line.len() && line[to] != b'"' {
        to += 1;
    }
    part(line, INDENT.len(), to - INDENT.len())
}

/// A property line: in which metadata object it stands, its key, and its schema.
#[derive(Clone, Copy)]
pub(crate) struct Property<'a> {
    pub(crate) object: Object<'a>,
    pub(crate) key: &'a [u8],
    pub(crate) schema: &'a [u8],
    pub(crate) required: bool,
}

/// A metadata object: in the order of the canonical form, the actor's, the root's, the targets'.
#[derive(Clone, Copy)]
pub(crate) struct Object<'a> {
    pub(crate) rank: u8,
    /// A target's type.
    pub(crate) target: &'a [u8],
    /// The line that closes it, with the required keys.
    closing: &'a [u8],
}

/// Walks the property lines of a canonical body, once: const evaluation is slow, and warns of what takes long.
pub(crate) struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    /// The object of the line before.
    object: Option<Object<'a>>,
    /// How far its closing line has been read for required keys, which are sorted as the properties are.
    required_at: usize,
}

impl<'a> Lines<'a> {
    pub(crate) const fn new(text: &'a [u8]) -> Self {
        Self {
            text,
            at: 0,
            object: None,
            required_at: 0,
        }
    }

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
        let end = if to > from && self.text[to - 1] == b'\r' {
            to - 1
        } else {
            to
        };
        Some(part(self.text, from, end - from))
    }

    /// The type of the next target, and whether it is one without metadata.
    pub(crate) const fn next_target(&mut self) -> Option<(&'a [u8], bool)> {
        while let Some(line) = self.next_line() {
            if contains(line, b"\"type\": \"object\"}, \"type\": ") {
                return Some((
                    after_last_type(line),
                    contains(line, b"\"properties\": {}, "),
                ));
            }
        }
        None
    }

    pub(crate) const fn next(&mut self) -> Option<Property<'a>> {
        while let Some(line) = self.next_line() {
            if !starts_with(line, INDENT) {
                self.object = None;
                continue;
            }
            let key = key_of(line);
            let from = INDENT.len() + key.len() + "\": ".len();
            let end = if line[line.len() - 1] == b',' {
                line.len() - 1
            } else {
                line.len()
            };
            let schema = part(line, from, end - from);
            let object = match self.object {
                Some(object) => object,
                None => self.begin_object(),
            };
            return Some(Property {
                object,
                key,
                schema,
                required: self.is_required(object.closing, key),
            });
        }
        None
    }

    /// The object that the current line is the first of: what follows the brace that closes its properties.
    const fn begin_object(&mut self) -> Object<'a> {
        let mut ahead = Lines::new(self.text);
        ahead.at = self.at;
        let mut object = Object {
            rank: 1,
            target: b"",
            closing: b"",
        };
        while let Some(line) = ahead.next_line() {
            if starts_with(line, INDENT) {
                continue;
            }
            object.closing = line;
            if contains(line, b"\"type\": \"object\"}, \"type\": ") {
                object.rank = 2;
                object.target = after_last_type(line);
            } else if let Some(next) = ahead.next_line() {
                object.rank = if starts_with(next, b"  \"metadata\"") {
                    0
                } else {
                    1
                };
            }
            break;
        }
        self.object = Some(object);
        self.required_at = 0;
        object
    }

    /// Whether the closing line names the key among the required ones. They are sorted as the properties are, so the search goes on
    /// where it last found one.
    const fn is_required(&mut self, closing: &[u8], key: &[u8]) -> bool {
        while let Some((required, end)) = required_after(closing, self.required_at) {
            let order = compare(required, key);
            if order > 0 {
                return false;
            }
            self.required_at = end;
            if order == 0 {
                return true;
            }
        }
        false
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
