//! Decides which keys a metadata object has: leaves and flattened groups, sorted, counted, duplicates found.

use super::bytes::{compare, equal, str_equal};
use super::canonical;
use super::entity::{EntitySchema, Shape};
use super::value_type::ValueType;

/// One metadata key.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub(crate) key: &'static str,
    /// The beginning of its line in the canonical form: six spaces, the key in quotes, `: `.
    pub(crate) head: &'static str,
    /// The key's first 16 bytes, big endian: most comparisons need no more.
    pub(crate) sort: u128,
    pub(crate) ty: ValueType,
    /// Its record part: where it was declared and what its docs say.
    pub(crate) note: &'static [u8],
}

impl Field {
    /// Called by the derives, which render `head`, `sort` and `note` beforehand.
    #[doc(hidden)]
    pub const fn __new(key: &'static str, head: &'static str, sort: u128, ty: ValueType, note: &'static [u8]) -> Self {
        Self { key, head, sort, ty, note }
    }
}

/// What stands in a metadata struct: a key, or a group whose keys are spliced in.
#[derive(Clone, Copy, Debug)]
pub enum Entry {
    /// A key of its own.
    Leaf(Field),
    /// The keys of a flattened group.
    Flatten(&'static [Entry]),
    /// A derive failed here; its error has been reported.
    #[doc(hidden)]
    Broken,
}

/// A key that counts for one metadata object.
#[derive(Clone, Copy)]
pub(crate) struct Slot {
    pub(crate) field: &'static Field,
    pub(crate) required: bool,
    /// In how many variants of an enum of entities it stands.
    variants: usize,
}

/// More than [`METADATA_KEYS`](crate::limits::METADATA_KEYS), so that one object over the limit still fits.
const CAPACITY: usize = 64;

/// The keys of one metadata object, sorted by bytes.
#[derive(Clone, Copy)]
pub(crate) struct Slots {
    slots: [Slot; CAPACITY],
    pub(crate) len: usize,
    /// Counts on where the slots are full.
    pub(crate) total: usize,
    /// The first key that stands twice, or nothing.
    pub(crate) duplicate: Option<&'static str>,
    /// In an enum of entities: a key that two variants give different types.
    pub(crate) conflict: Option<&'static str>,
    /// The first key with an `Option` in an `Option`.
    pub(crate) nested_option: Option<&'static str>,
    pub(crate) broken: bool,
}

const NOTHING: &Field = &Field { key: "", head: "", sort: 0, ty: ValueType::__broken(), note: &[] };

impl Slots {
    const fn new() -> Self {
        let empty = Slot { field: NOTHING, required: false, variants: 0 };
        Self { slots: [empty; CAPACITY], len: 0, total: 0, duplicate: None, conflict: None, nested_option: None, broken: false }
    }

    pub(crate) const fn of_entries(entries: &'static [Entry]) -> Self {
        let mut slots = Self::new();
        slots.add(entries);
        slots
    }

    /// The keys of a struct, or the union over the variants of an enum.
    pub(crate) const fn of_shape(shape: &Shape) -> Self {
        match shape {
            Shape::Struct(entries) => Self::of_entries(entries),
            Shape::Enum(variants) => Self::union(variants),
        }
    }

    pub(crate) const fn get(&self, index: usize) -> &Slot {
        assert!(index < self.len);
        &self.slots[index]
    }

    pub(crate) const fn has(&self, key: &str) -> bool {
        let mut i = 0;
        while i < self.len {
            if str_equal(self.slots[i].field.key, key) {
                return true;
            }
            i += 1;
        }
        false
    }

    const fn add(&mut self, entries: &'static [Entry]) {
        let mut i = 0;
        while i < entries.len() {
            match &entries[i] {
                Entry::Leaf(field) => self.leaf(field),
                Entry::Flatten(group) => self.add(group),
                Entry::Broken => self.broken = true,
            }
            i += 1;
        }
    }

    const fn leaf(&mut self, field: &'static Field) {
        self.total += 1;
        self.broken |= field.ty.broken;
        if field.ty.nested_option && self.nested_option.is_none() {
            self.nested_option = Some(field.key);
        }
        let (at, found) = self.place(field);
        if found {
            if self.duplicate.is_none() {
                self.duplicate = Some(field.key);
            }
        } else {
            self.insert(at, Slot { field, required: !field.ty.optional, variants: 1 });
        }
    }

    /// Where `field` belongs, and whether its key stands there already. Sorted input needs one comparison a key.
    const fn place(&self, field: &Field) -> (usize, bool) {
        let mut at = self.len;
        while at > 0 {
            let before = self.slots[at - 1].field;
            let order = if before.sort == field.sort {
                compare(before.key.as_bytes(), field.key.as_bytes())
            } else if before.sort < field.sort {
                -1
            } else {
                1
            };
            if order < 0 {
                break;
            }
            if order == 0 {
                return (at - 1, true);
            }
            at -= 1;
        }
        (at, false)
    }

    const fn insert(&mut self, at: usize, slot: Slot) {
        if self.len == CAPACITY {
            return;
        }
        let mut i = self.len;
        while i > at {
            self.slots[i] = self.slots[i - 1];
            i -= 1;
        }
        self.slots[at] = slot;
        self.len += 1;
    }

    const fn union(variants: &'static [&'static EntitySchema]) -> Self {
        let mut all = Self::new();
        let mut v = 0;
        while v < variants.len() {
            let one = Self::of_shape(&variants[v].shape);
            all.broken |= one.broken || variants[v].broken;
            let mut i = 0;
            while i < one.len {
                all.unite(&one.slots[i]);
                i += 1;
            }
            v += 1;
        }
        let mut i = 0;
        while i < all.len {
            all.slots[i].required = all.slots[i].required && all.slots[i].variants == variants.len();
            i += 1;
        }
        all.total = all.len;
        all
    }

    const fn unite(&mut self, slot: &Slot) {
        let (at, found) = self.place(slot.field);
        if !found {
            self.insert(at, Slot { field: slot.field, required: slot.required, variants: 1 });
            return;
        }
        let there = &mut self.slots[at];
        there.variants += 1;
        there.required = there.required && slot.required;
        if !canonical::same_property(&there.field.ty, &slot.field.ty) && self.conflict.is_none() {
            self.conflict = Some(slot.field.key);
        }
    }
}

/// The first key of `entries[index]`, a flattened group, that stands elsewhere in `entries` too: among the leaves or in an earlier
/// group. One mistake is reported once, at the later group.
pub(crate) const fn flatten_duplicate(entries: &'static [Entry], index: usize) -> Option<&'static str> {
    let Entry::Flatten(group) = &entries[index] else { return None };
    let mut others = Slots::new();
    let mut i = 0;
    while i < entries.len() {
        match &entries[i] {
            Entry::Leaf(field) => others.leaf(field),
            Entry::Flatten(earlier) if i < index => others.add(earlier),
            Entry::Flatten(_) | Entry::Broken => {}
        }
        i += 1;
    }
    let own = Slots::of_entries(group);
    if own.duplicate.is_some() {
        return own.duplicate;
    }
    let mut i = 0;
    while i < own.len {
        if others.has(own.slots[i].field.key) {
            return Some(own.slots[i].field.key);
        }
        i += 1;
    }
    None
}

impl ValueType {
    /// Whether two types render the same property.
    pub(crate) const fn renders_like(&self, other: &Self) -> bool {
        self.json as u8 == other.json as u8
            && self.max_len == other.max_len
            && equal(self.enum_json.as_bytes(), other.enum_json.as_bytes())
    }
}
