//! Writes records in const eval. The derives render what they know (names, docs, places); types are added here.

use super::{FORMAT, MAGIC, NOTE_NAME, tag};
use crate::schema::bytes::Writer;
use crate::schema::entity::{EntityParts, EntitySchema, Shape};
use crate::schema::entry::Entry;
use crate::schema::value_type::ValueType;

/// Tag and length.
const HEAD: usize = 5;
const TYPE_LEN: usize = HEAD + 20;
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
    pub const fn new(description: [u8; N]) -> Self {
        assert!(N.is_multiple_of(4), "audit[A0699]: a bug in audit-core: a record isn't padded");
        #[expect(clippy::cast_possible_truncation, reason = "a record of 4 GiB doesn't compile")]
        Self { name_size: 6, description_size: N as u32, kind: 1, name: NOTE_NAME, description }
    }
}

/// The length of a record whose parts have `parts` bytes.
pub(crate) const fn record_len(parts: usize) -> usize {
    (RECORD_HEAD + parts).next_multiple_of(4)
}

pub(crate) const fn write_head<const N: usize>(out: &mut Writer<N>, parts: usize) {
    out.bytes(&MAGIC);
    out.u32(FORMAT);
    #[expect(clippy::cast_possible_truncation, reason = "a record of 4 GiB doesn't compile")]
    out.u32(parts as u32);
}

pub(crate) const fn write_padding<const N: usize>(out: &mut Writer<N>, parts: usize) {
    let rest = record_len(parts) - RECORD_HEAD - parts;
    out.bytes(crate::schema::bytes::part(&[0; 4], 0, rest));
}

pub(crate) const fn part_len(content: usize) -> usize {
    HEAD + content
}

pub(crate) const fn open<const N: usize>(out: &mut Writer<N>, tag: u8, len: usize) {
    #[expect(clippy::cast_possible_truncation, reason = "a part of 4 GiB doesn't compile")]
    let len = (len as u32).to_le_bytes();
    out.bytes(&[tag, len[0], len[1], len[2], len[3]]);
}

pub(crate) const fn end<const N: usize>(out: &mut Writer<N>) {
    open(out, tag::END, 0);
}

pub(crate) const END_LEN: usize = HEAD;

pub(crate) const fn entries_len(entries: &[Entry]) -> usize {
    let (mut i, mut len) = (0, 0);
    while i < entries.len() {
        len += match &entries[i] {
            Entry::Leaf(field) => field.note.len() + TYPE_LEN + field.ty.variants.len(),
            Entry::Flatten(group) => entries_len(group),
            Entry::Broken => 0,
        };
        i += 1;
    }
    len
}

pub(crate) const fn write_entries<const N: usize>(out: &mut Writer<N>, entries: &[Entry]) {
    let mut i = 0;
    while i < entries.len() {
        match &entries[i] {
            Entry::Leaf(field) => {
                out.bytes(field.note);
                write_type(out, &field.ty);
                if !field.ty.variants.is_empty() {
                    out.bytes(field.ty.variants);
                }
            }
            Entry::Flatten(group) => write_entries(out, group),
            Entry::Broken => {}
        }
        i += 1;
    }
}

/// What `TYPE` holds, without a gap, so that it is one copy.
#[repr(C)]
struct TypePart {
    tag: u8,
    len: [u8; 4],
    json: u8,
    /// 1: may be left out; 2: text; 4: a closed enum.
    flags: u8,
    max_len: [u8; 2],
    min: [u8; 8],
    max: [u8; 8],
}

const _: () = assert!(size_of::<TypePart>() == TYPE_LEN);

const fn write_type<const N: usize>(out: &mut Writer<N>, ty: &ValueType) {
    let flags = ty.optional as u8 | (ty.text as u8) << 1 | (!ty.enum_json.is_empty() as u8) << 2;
    let part = TypePart {
        tag: tag::TYPE,
        len: [20, 0, 0, 0],
        json: ty.json as u8,
        flags,
        max_len: ty.max_len.to_le_bytes(),
        min: ty.min.to_le_bytes(),
        max: ty.max.to_le_bytes(),
    };
    // SAFETY: `TypePart` is all bytes, without padding, of `TYPE_LEN`, which the assertion above holds.
    out.bytes(unsafe { core::slice::from_raw_parts((&raw const part).cast::<u8>(), TYPE_LEN) });
}

pub(crate) const fn entity_len(parts: &EntityParts) -> usize {
    parts.note.len() + shape_len(&parts.shape) + END_LEN
}

const fn shape_len(shape: &Shape) -> usize {
    match shape {
        Shape::Struct(entries) => entries_len(entries),
        Shape::Enum(variants) => {
            let (mut i, mut len) = (0, 0);
            while i < variants.len() {
                len += variants[i].notes.len();
                i += 1;
            }
            len
        }
    }
}

pub(crate) const fn write_entity<const N: usize>(out: &mut Writer<N>, parts: &EntityParts) {
    out.bytes(parts.note);
    match parts.shape {
        Shape::Struct(entries) => write_entries(out, entries),
        Shape::Enum(variants) => {
            let mut i = 0;
            while i < variants.len() {
                out.bytes(variants[i].notes);
                i += 1;
            }
        }
    }
    end(out);
}

/// `ACTOR` or `TARGET` around an entity.
pub(crate) const fn role_len(note: &[u8], entity: &EntitySchema) -> usize {
    note.len() + entity.notes.len() + END_LEN
}

pub(crate) const fn write_role<const N: usize>(out: &mut Writer<N>, note: &[u8], entity: &EntitySchema) {
    out.bytes(note);
    if !entity.notes.is_empty() {
        out.bytes(entity.notes);
    }
    end(out);
}
