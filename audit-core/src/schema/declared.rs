//! Finds in a rendered record where a group declares a metadata key. Only a build that fails asks.

use super::bytes::{equal, part};
use super::record::write::RECORD_HEAD;
use super::record::{attribute, tag};

/// A field of a group: the group's name, the file as the compiler names it, and the line.
#[derive(Clone, Copy)]
pub(crate) struct Place<'r> {
    pub(crate) group: &'r str,
    pub(crate) file: &'r str,
    pub(crate) line: usize,
}

impl Place<'_> {
    pub(crate) const fn is(&self, other: &Place<'_>) -> bool {
        self.line == other.line
            && equal(self.group.as_bytes(), other.group.as_bytes())
            && equal(self.file.as_bytes(), other.file.as_bytes())
    }
}

/// The metadata object that a key is in: the actor's, the root's, or that of a target of this type.
#[derive(Clone, Copy)]
pub(crate) enum Within<'t> {
    Actor,
    Root,
    Target(&'t [u8]),
}

/// Where the group of a metadata key declares it; `None` for fields of the event and its entities.
pub(crate) const fn in_group<'r>(
    record: &'r [u8],
    within: Within<'_>,
    key: &[u8],
) -> Option<Place<'r>> {
    let mut parts = Parts {
        bytes: record,
        at: RECORD_HEAD,
    };
    let (mut role, mut target): (u8, &[u8]) = (tag::EVENT, b"");
    while let Some((tag, content)) = parts.next() {
        match tag {
            tag::ACTOR | tag::ROOT => role = tag,
            tag::TARGET => (role, target) = (tag, Field::read(content).key),
            // A target field without a type of its own has its entity's.
            tag::ENTITY if target.is_empty() => target = Field::read(content).key,
            tag::FIELD => {
                let is_here = match within {
                    Within::Actor => role == tag::ACTOR,
                    Within::Root => role == tag::ROOT,
                    Within::Target(kind) => role == tag::TARGET && equal(kind, target),
                };
                let field = Field::read(content);
                if is_here && equal(field.key, key) {
                    return field.place();
                }
            }
            _ => {}
        }
    }
    None
}

/// The attributes of a field, target or entity that matter here; empty where they are missing.
struct Field<'r> {
    key: &'r [u8],
    group: &'r [u8],
    file: &'r [u8],
    line: &'r [u8],
}

impl<'r> Field<'r> {
    const fn read(content: &'r [u8]) -> Self {
        let mut field = Self {
            key: b"",
            group: b"",
            file: b"",
            line: b"",
        };
        let mut attributes = Parts {
            bytes: content,
            at: 0,
        };
        while let Some((tag, value)) = attributes.next() {
            match tag {
                attribute::NAME => field.key = value,
                attribute::GROUP => field.group = value,
                attribute::FILE => field.file = value,
                attribute::LINE => field.line = value,
                _ => {}
            }
        }
        field
    }

    const fn place(&self) -> Option<Place<'r>> {
        match (
            core::str::from_utf8(self.group),
            core::str::from_utf8(self.file),
            self.line,
        ) {
            (Ok(group), Ok(file), [a, b, c, d]) if !group.is_empty() => Some(Place {
                group,
                file,
                line: u32::from_le_bytes([*a, *b, *c, *d]) as usize,
            }),
            _ => None,
        }
    }
}

/// Reads parts, one after the other.
struct Parts<'r> {
    bytes: &'r [u8],
    at: usize,
}

impl<'r> Parts<'r> {
    const HEAD: usize = 5;

    const fn next(&mut self) -> Option<(u8, &'r [u8])> {
        let (bytes, from) = (self.bytes, self.at + Self::HEAD);
        if from > bytes.len() {
            return None;
        }
        let len = u32::from_le_bytes([
            bytes[self.at + 1],
            bytes[self.at + 2],
            bytes[self.at + 3],
            bytes[self.at + 4],
        ]) as usize;
        if len > bytes.len() - from {
            return None;
        }
        let tag = bytes[self.at];
        self.at = from + len;
        Some((tag, part(bytes, from, len)))
    }
}
