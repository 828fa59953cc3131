//! Writes records in const eval. The derives render what they know (names, docs, places); types are added here.

use super::{FORMAT, MAGIC, NOTE_NAME, attribute, tag};
use crate::schema::bytes::Writer;
use crate::schema::entity::{EntityParts, EntitySchema, Shape};
use crate::schema::keys::Field;
use crate::schema::merged::View;
use crate::schema::value_type::{ValueType, flag};

/// Tag and length.
const HEAD: usize = 5;
/// A type's fixed part; custom bounds add two numbers of 8 bytes.
const TYPE_LEN: usize = HEAD + 6;
/// Magic, format, length.
pub(crate) const RECORD_HEAD: usize = MAGIC.len() + 8;

/// The bytes as they lie in the artifact: an ELF note, whose frame does no harm elsewhere.
#[repr(C, align(4))]
#[doc(hidden)]
pub struct Note<const N: usize> {
    name_size: u32,
    description_size: u32,
    kind: u32,
    name: [u8; 8],
    description: [u8; N],
}

impl<const N: usize> Note<N> {
    /// Frames a record. Numbers in the frame have the target's byte order, as ELF wants it.
    pub(crate) const fn new(description: [u8; N]) -> Self {
        assert!(
            N % 4 == 0,
            "audit[A0699]: a bug in audit-core: a record isn't padded"
        );
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a record of 4 GiB doesn't compile"
        )]
        Self {
            name_size: 6,
            description_size: N as u32,
            kind: 1,
            name: NOTE_NAME,
            description,
        }
    }

    /// What it frames.
    pub const fn description(&self) -> &[u8] {
        &self.description
    }
}

/// The length of a record whose parts have `parts` bytes.
pub(crate) const fn record_len(parts: usize) -> usize {
    (RECORD_HEAD + parts).next_multiple_of(4)
}

pub(crate) const fn write_head(out: &mut Writer<'_>, parts: usize) {
    out.bytes(&MAGIC);
    out.u32(FORMAT);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a record of 4 GiB doesn't compile"
    )]
    out.u32(parts as u32);
}

/// The last `END`, and what fills the record up to a multiple of four.
pub(crate) const fn write_end(out: &mut Writer<'_>, parts: usize) {
    out.range(
        &[tag::END, 0, 0, 0, 0, 0, 0, 0],
        0,
        END_LEN + record_len(parts) - RECORD_HEAD - parts,
    );
}

pub(crate) const fn part_len(content: usize) -> usize {
    HEAD + content
}

pub(crate) const fn open(out: &mut Writer<'_>, tag: u8, len: usize) {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a part of 4 GiB doesn't compile"
    )]
    let len = (len as u32).to_le_bytes();
    out.bytes(&[tag, len[0], len[1], len[2], len[3]]);
}

pub(crate) const END_LEN: usize = HEAD;

/// The fields of one metadata object.
pub(crate) const fn fields_len(view: View<'_>) -> usize {
    let (mut i, mut len) = (0, 0);
    match view {
        View::Plain(keys) => {
            let slots = keys.slots();
            while i < slots {
                len += type_len(&keys.slot(i).ty);
                i += 1;
            }
            size_of_val(keys.notes) + len
        }
        View::Merged(merged) => {
            while i < merged.len() {
                let (field, _) = merged.get(i);
                len += field.note.len() + prefixed_len(field) + type_len(&field.ty);
                i += 1;
            }
            len
        }
    }
}

pub(crate) const fn write_fields(out: &mut Writer<'_>, view: View<'_>) {
    let mut i = 0;
    match view {
        View::Plain(keys) => {
            let (mut from, slots) = (0, keys.slots());
            while i < slots {
                let slot = keys.slot(i);
                out.range(keys.notes, from, slot.in_notes);
                write_type(out, &slot.ty);
                from = slot.in_notes;
                i += 1;
            }
            out.range(keys.notes, from, size_of_val(keys.notes));
        }
        View::Merged(merged) => {
            while i < merged.len() {
                let (field, _) = merged.get(i);
                write_note(out, field);
                write_type(out, &field.ty);
                i += 1;
            }
        }
    }
}

/// How much longer a field's part is than the derive wrote it: its key, and what the prefixes are.
const fn prefixed_len(field: &Field) -> usize {
    if field.prefix_len == 0 {
        0
    } else {
        2 * field.prefix_len + HEAD
    }
}

/// A field's part, of which the key is the first attribute. Behind prefixes the key is longer than the derive wrote it.
const fn write_note(out: &mut Writer<'_>, field: &Field) {
    if field.prefix_len == 0 {
        return out.bytes(field.note);
    }
    let (key, prefix_len) = (field.key(), field.prefix_len);
    open(
        out,
        tag::FIELD,
        field.note.len() - HEAD + prefixed_len(field),
    );
    open(out, attribute::NAME, key.len());
    out.str(key);
    open(out, attribute::PREFIX, prefix_len);
    out.range(key.as_bytes(), 0, prefix_len);
    out.range(
        field.note,
        HEAD + HEAD + key.len() - prefix_len,
        field.note.len(),
    );
}

const fn type_len(ty: &ValueType) -> usize {
    let bounds = if ty.custom_bounds().is_some() { 16 } else { 0 };
    match ty.values {
        Some(values) => TYPE_LEN + bounds + size_of_val(values.notes),
        None => TYPE_LEN + bounds,
    }
}

const fn write_type(out: &mut Writer<'_>, ty: &ValueType) {
    let [json, flags, max_low, max_high, range, bits, ..] = ty.code.to_le_bytes();
    let flags = flags & (flag::OPTIONAL | flag::TEXT | flag::ENUM);
    let bounds = ty.custom_bounds();
    let len = if bounds.is_some() { 22 } else { 6 };
    out.bytes(&[
        tag::TYPE,
        len,
        0,
        0,
        0,
        json,
        flags,
        max_low,
        max_high,
        range,
        bits,
    ]);
    if let Some((min, max)) = bounds {
        out.bytes(&min.to_le_bytes());
        out.bytes(&max.to_le_bytes());
    }
    if let Some(values) = ty.values {
        out.bytes(values.notes);
    }
}

/// An entity: its note, its fields or its variants, and an `END` of its own and one of the role that it will stand in, so that an event
/// has one piece to copy.
pub(crate) const fn entity_len(parts: &EntityParts, view: View<'_>) -> usize {
    parts.note.len()
        + ENDS.len()
        + match parts.shape {
            Shape::Struct(_) => fields_len(view),
            Shape::Enum(variants) => {
                let (mut i, mut len) = (0, 0);
                while i < variants.len() {
                    len += variants[i].notes.len() - END_LEN;
                    i += 1;
                }
                len
            }
        }
}

pub(crate) const fn write_entity(out: &mut Writer<'_>, parts: &EntityParts, view: View<'_>) {
    out.bytes(parts.note);
    match parts.shape {
        Shape::Struct(_) => write_fields(out, view),
        Shape::Enum(variants) => {
            let mut i = 0;
            while i < variants.len() {
                out.range(variants[i].notes, 0, variants[i].notes.len() - END_LEN);
                i += 1;
            }
        }
    }
    out.bytes(&ENDS);
}

/// The end of an entity and of its role.
const ENDS: [u8; 2 * END_LEN] = [tag::END, 0, 0, 0, 0, tag::END, 0, 0, 0, 0];

/// `ACTOR` or `TARGET` around an entity.
pub(crate) const fn role_len(note: &[u8], entity: &EntitySchema) -> usize {
    size_of_val(note) + size_of_val(entity.notes)
}

pub(crate) const fn write_role(out: &mut Writer<'_>, note: &[u8], entity: &EntitySchema) {
    out.bytes(note);
    out.bytes(entity.notes);
}
