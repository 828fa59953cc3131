//! Reads records back out of an artifact's bytes. Hostile input ends in an error that says where, never in a panic.

use std::error::Error;
use std::fmt;

use audit_rules::record::{JsonType, flag, range};

pub use super::model::{Entity, Event, Field, Source, Target, Value};
use super::{FORMAT, MAGIC, attribute, tag};
use crate::limits::{MAX_SAFE_INTEGER, MIN_SAFE_INTEGER};

/// Why bytes aren't a record.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadError {
    /// They don't begin like one.
    NoRecord,
    /// Another version of this project wrote it.
    Format(u32),
    /// They end before the record does.
    Truncated,
    /// The parts make no sense.
    Damaged {
        /// Counted from the record's first byte.
        offset: usize,
        /// What was expected.
        expected: &'static str,
    },
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRecord => f.write_str("no audit record begins here"),
            Self::Format(found) => {
                write!(
                    f,
                    "the record has format {found}, this version of cargo-audit-schema reads format {FORMAT}: update it, or rebuild the artifact"
                )
            }
            Self::Truncated => f.write_str("the file ends inside an audit record"),
            Self::Damaged { offset, expected } => write!(
                f,
                "the audit record is damaged at byte {offset}: expected {expected}"
            ),
        }
    }
}

impl Error for ReadError {}

/// Reads the record that `bytes` begin with. Returns it with its length.
///
/// # Errors
/// [`ReadError`], where `bytes` don't begin with a whole record of this format.
pub fn read(bytes: &[u8]) -> Result<(Event, usize), ReadError> {
    let after_magic = bytes.strip_prefix(&MAGIC).ok_or(ReadError::NoRecord)?;
    let (format, rest) = number(after_magic).ok_or(ReadError::Truncated)?;
    if format != FORMAT {
        return Err(ReadError::Format(format));
    }
    let (len, rest) = number(rest).ok_or(ReadError::Truncated)?;
    let len = usize::try_from(len).map_err(|_| ReadError::Truncated)?;
    let parts = rest.get(..len).ok_or(ReadError::Truncated)?;
    let head = bytes.len() - rest.len();
    let mut reader = Reader { parts, at: 0, head };
    let event = reader.event()?;
    Ok((event, head + len))
}

fn number(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (number, rest) = bytes.split_first_chunk::<4>()?;
    Some((u32::from_le_bytes(*number), rest))
}

/// How deep enums of entities may hold enums of entities. The derives have no limit, the compiler's recursion does.
const DEPTH: usize = 32;

struct Reader<'a> {
    parts: &'a [u8],
    at: usize,
    head: usize,
}

#[derive(Clone, Copy)]
struct Part<'a> {
    tag: u8,
    content: &'a [u8],
    /// Where `content` begins.
    from: usize,
}

impl<'a> Reader<'a> {
    fn damaged(&self, at: usize, expected: &'static str) -> ReadError {
        ReadError::Damaged {
            offset: self.head + at,
            expected,
        }
    }

    fn peek(&self) -> Option<u8> {
        self.parts.get(self.at).copied()
    }

    fn next(&mut self) -> Result<Part<'a>, ReadError> {
        let start = self.at;
        let part = part(&self.parts[start..])
            .ok_or_else(|| self.damaged(start, "a part that fits into the record"))?;
        let from = start + 5;
        self.at = from + part.1.len();
        Ok(Part {
            tag: part.0,
            content: part.1,
            from,
        })
    }

    fn expect(&mut self, tag: u8, expected: &'static str) -> Result<Part<'a>, ReadError> {
        let at = self.at;
        let part = self.next()?;
        if part.tag == tag {
            Ok(part)
        } else {
            Err(self.damaged(at, expected))
        }
    }

    fn attributes(&self, part: Part<'a>) -> Result<Attributes<'a>, ReadError> {
        let mut attributes = Attributes::default();
        let mut at = 0;
        while at < part.content.len() {
            let (tag, content) = self::part(&part.content[at..]).ok_or_else(|| {
                self.damaged(part.from + at, "an attribute that fits into its part")
            })?;
            attributes.add(tag, content).ok_or_else(|| {
                self.damaged(part.from + at, "UTF-8 text, or a number of 4 bytes")
            })?;
            at += 5 + content.len();
        }
        Ok(attributes)
    }

    fn event(&mut self) -> Result<Event, ReadError> {
        let part = self.expect(tag::EVENT, "an event")?;
        let head = self.attributes(part)?;
        let body = self.expect(tag::BODY, "a registration body")?;
        let body =
            std::str::from_utf8(body.content).map_err(|_| self.damaged(body.from, "UTF-8 text"))?;
        let source = head.source();
        self.expect(tag::ACTOR, "an actor")?;
        let actor = self.entities(&source, DEPTH)?.pop().unwrap_or_default();
        let mut targets = Vec::new();
        while self.peek() == Some(tag::TARGET) {
            targets.push(self.target(&source)?);
        }
        self.expect(tag::ROOT, "root metadata")?;
        let metadata = self.fields(&source)?;
        self.expect(tag::END, "the end of root metadata")?;
        Ok(Event {
            action: head
                .name
                .ok_or_else(|| self.damaged(part.from, "an action"))?
                .into(),
            version: head
                .version
                .ok_or_else(|| self.damaged(part.from, "a version"))?,
            rust_name: head.rust_name.into(),
            docs: head.docs.into(),
            source,
            package: head.package.into(),
            package_version: head.package_version.into(),
            split: head.split.map(Into::into),
            body: body.into(),
            actor,
            targets,
            metadata,
        })
    }

    fn target(&mut self, event: &Source) -> Result<Target, ReadError> {
        let part = self.expect(tag::TARGET, "a target")?;
        let head = self.attributes(part)?;
        let entity = self.entities(event, DEPTH)?.pop().unwrap_or_default();
        let type_name = head
            .name
            .or(entity.type_name.as_deref())
            .unwrap_or_default()
            .into();
        Ok(Target {
            type_name,
            rust_name: head.rust_name.into(),
            docs: head.docs.into(),
            source: head.source_in(event),
            is_list: head.is_list,
            entity,
        })
    }

    /// Entities up to `END`.
    fn entities(&mut self, around: &Source, depth: usize) -> Result<Vec<Entity>, ReadError> {
        let mut entities = Vec::new();
        while self.peek() == Some(tag::ENTITY) {
            entities.push(self.entity(around, depth)?);
        }
        self.expect(tag::END, "the end of an entity")?;
        Ok(entities)
    }

    fn entity(&mut self, around: &Source, depth: usize) -> Result<Entity, ReadError> {
        let part = self.expect(tag::ENTITY, "an entity")?;
        let depth = depth
            .checked_sub(1)
            .ok_or_else(|| self.damaged(part.from, "fewer entities inside each other"))?;
        let head = self.attributes(part)?;
        let source = head.source_in(around);
        let metadata = self.fields(&source)?;
        let variants = self.entities(&source, depth)?;
        Ok(Entity {
            type_name: head.name.map(Into::into),
            rust_name: head.rust_name.into(),
            docs: head.docs.into(),
            source,
            id: head.id.map(Into::into),
            metadata,
            variants,
        })
    }

    fn fields(&mut self, around: &Source) -> Result<Vec<Field>, ReadError> {
        let mut fields = Vec::new();
        while self.peek() == Some(tag::FIELD) {
            fields.push(self.field(around)?);
        }
        Ok(fields)
    }

    fn field(&mut self, around: &Source) -> Result<Field, ReadError> {
        let part = self.expect(tag::FIELD, "a field")?;
        let head = self.attributes(part)?;
        let ty = self.expect(tag::TYPE, "a field's type")?;
        let bytes: &[u8; 6] = ty
            .content
            .first_chunk()
            .ok_or_else(|| self.damaged(ty.from, "a field's type of 6 bytes or more"))?;
        let &[json, flags, low, high, kind, bits] = bytes;
        let json = JsonType::of_code(json).ok_or_else(|| self.damaged(ty.from, "a JSON type"))?;
        let max_len = u16::from_le_bytes([low, high]);
        let range = bounds(kind, bits, &ty.content[6..])
            .ok_or_else(|| self.damaged(ty.from + 4, "an integer's bounds"))?;
        let mut values = Vec::new();
        while self.peek() == Some(tag::VARIANT) {
            let part = self.next()?;
            let value = self.attributes(part)?;
            values.push(Value {
                name: value.name.unwrap_or_default().into(),
                docs: value.docs.into(),
            });
        }
        Ok(Field {
            key: head
                .name
                .ok_or_else(|| self.damaged(part.from, "a key"))?
                .into(),
            rust_name: head.rust_name.into(),
            docs: head.docs.into(),
            source: head.source_in(around),
            group: head.group.map(Into::into),
            prefix: head.prefix.into(),
            json,
            optional: flags & flag::OPTIONAL != 0,
            max_len: (max_len != 0).then_some(max_len),
            range: matches!(json, JsonType::Integer).then_some(range),
            values: (flags & flag::ENUM != 0).then_some(values),
        })
    }
}

/// An integer's bounds, as `write_type` packs them.
fn bounds(kind: u8, bits: u8, custom: &[u8]) -> Option<(i64, i64)> {
    let largest = |bits: u8| {
        1_i64
            .checked_shl(bits.into())
            .filter(|_| bits < 63)
            .map(|limit| (limit - 1).min(MAX_SAFE_INTEGER))
    };
    Some(match kind {
        range::SAFE => (MIN_SAFE_INTEGER, MAX_SAFE_INTEGER),
        range::UNSIGNED | range::POSITIVE => (
            i64::from(kind - range::UNSIGNED),
            if bits == 64 {
                MAX_SAFE_INTEGER
            } else {
                largest(bits)?
            },
        ),
        range::SIGNED => {
            let max = largest(bits.checked_sub(1)?)?;
            (-max - 1, max)
        }
        range::CUSTOM => {
            let (min, max) = custom.split_first_chunk::<8>()?;
            (
                i64::from_le_bytes(*min),
                i64::from_le_bytes(*max.first_chunk::<8>()?),
            )
        }
        _ => return None,
    })
}

/// The tag and the content of the part that `bytes` begin with.
fn part(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let (&tag, rest) = bytes.split_first()?;
    let (len, rest) = number(rest)?;
    Some((tag, rest.get(..usize::try_from(len).ok()?)?))
}

#[derive(Default)]
struct Attributes<'a> {
    name: Option<&'a str>,
    version: Option<u32>,
    rust_name: &'a str,
    docs: &'a str,
    file: Option<&'a str>,
    line: u32,
    package: &'a str,
    package_version: &'a str,
    split: Option<&'a str>,
    id: Option<&'a str>,
    group: Option<&'a str>,
    prefix: &'a str,
    is_list: bool,
}

impl<'a> Attributes<'a> {
    /// `None` where the content isn't what the tag says. Unknown tags are skipped.
    fn add(&mut self, tag: u8, content: &'a [u8]) -> Option<()> {
        match tag {
            attribute::VERSION => self.version = Some(number(content)?.0),
            attribute::LINE => self.line = number(content)?.0,
            attribute::NAME => self.name = Some(std::str::from_utf8(content).ok()?),
            attribute::RUST_NAME => self.rust_name = std::str::from_utf8(content).ok()?,
            attribute::DOCS => self.docs = std::str::from_utf8(content).ok()?,
            attribute::FILE => self.file = Some(std::str::from_utf8(content).ok()?),
            attribute::PACKAGE => self.package = std::str::from_utf8(content).ok()?,
            attribute::PACKAGE_VERSION => {
                self.package_version = std::str::from_utf8(content).ok()?;
            }
            attribute::SPLIT => self.split = Some(std::str::from_utf8(content).ok()?),
            attribute::GROUP => self.group = Some(std::str::from_utf8(content).ok()?),
            attribute::PREFIX => self.prefix = std::str::from_utf8(content).ok()?,
            attribute::LIST => self.is_list = true,
            attribute::ID => self.id = Some(std::str::from_utf8(content).ok()?),
            _ => {}
        }
        Some(())
    }

    fn source(&self) -> Source {
        Source {
            file: self.file.unwrap_or_default().into(),
            line: self.line,
        }
    }

    /// A part without a file of its own stands in the file of what it belongs to.
    fn source_in(&self, around: &Source) -> Source {
        Source {
            file: self.file.unwrap_or(&around.file).into(),
            line: self.line,
        }
    }
}
