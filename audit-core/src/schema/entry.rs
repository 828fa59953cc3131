//! Decides which keys a metadata object has: leaves and flattened groups, sorted, counted, duplicates found.

use super::bytes::{compare, equal, part, str_equal};
use super::entity::EntitySchema;
use super::value_type::{ValueType, flag};
use crate::limits::METADATA_KEYS;

/// One metadata key, its fragments rendered by the derive.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The beginning of its line in the canonical form: a comma, a line break, six spaces, the key in quotes, `: {`.
    pub(crate) line: &'static str,
    /// What it adds to `required`: `, ` and the key in quotes.
    pub(crate) required: &'static str,
    pub(crate) ty: ValueType,
    /// Its record part: where it was declared and what its docs say.
    pub(crate) note: &'static [u8],
}

impl Field {
    /// Only the derives call it.
    #[doc(hidden)]
    pub const fn __new(line: &'static str, required: &'static str, ty: ValueType, note: &'static [u8]) -> Self {
        Self { line, required, ty, note }
    }

    /// The key itself, out of `, "key"`.
    pub(crate) const fn key(&self) -> &'static str {
        let key = part(self.required.as_bytes(), 3, self.required.len() - 4);
        // SAFETY: what lies between two quotes of a `str` is one.
        unsafe { core::str::from_utf8_unchecked(key) }
    }

    const fn is_required(&self) -> bool {
        !self.ty.is(flag::OPTIONAL)
    }
}

/// The keys of a metadata struct: its own, sorted by bytes, and the groups that are flattened into it.
#[derive(Clone, Copy, Debug)]
pub struct Keys {
    pub(crate) leaves: &'static [Field],
    pub(crate) groups: &'static [&'static Keys],
    /// A derive failed here; its error has been reported.
    pub(crate) broken: bool,
}

impl Keys {
    /// Only the derives call it: `leaves` are sorted, and none stands twice.
    #[doc(hidden)]
    pub const fn __new(leaves: &'static [Field], groups: &'static [&'static Keys]) -> Self {
        Self { leaves, groups, broken: false }
    }

    /// What a failed derive leaves behind.
    #[doc(hidden)]
    pub const fn __broken() -> Self {
        Self { leaves: &[], groups: &[], broken: true }
    }

    /// The first key of the group at `index` that stands elsewhere too: among the leaves or in an earlier group, or twice in itself.
    /// One mistake is reported once, at the later group.
    pub(crate) const fn duplicate_in_group(&self, index: usize) -> Option<&'static str> {
        let own = Slots::of_keys(self.groups[index]);
        if own.duplicate.is_some() {
            return own.duplicate;
        }
        let earlier = Keys { leaves: self.leaves, groups: self.groups.split_at(index).0, broken: false };
        let earlier = Slots::of_keys(&earlier);
        let mut i = 0;
        while i < own.len {
            if earlier.has(own.filled[i].field.key()) {
                return Some(own.filled[i].field.key());
            }
            i += 1;
        }
        None
    }
}

/// A key that counts for one metadata object.
#[derive(Clone, Copy)]
pub(crate) struct Slot {
    pub(crate) field: &'static Field,
    pub(crate) required: bool,
    /// In how many variants of an enum of entities it stands.
    variants: usize,
}

/// More than [`METADATA_KEYS`], so that an object over the limit is counted on.
const CAPACITY: usize = 64;

/// The keys of one metadata object that is put together: a flattened one, or a union over variants.
#[derive(Clone, Copy)]
pub(crate) struct Slots {
    filled: [Slot; CAPACITY],
    len: usize,
    /// Counts on where the slots are full.
    pub(crate) total: usize,
    /// The first key that stands twice.
    pub(crate) duplicate: Option<&'static str>,
    /// In an enum of entities: a key that two variants give different types.
    pub(crate) conflict: Option<&'static str>,
    pub(crate) broken: bool,
}

const NOTHING: &Field = &Field { line: "", required: ", \"\"", ty: ValueType::__broken(), note: &[] };

impl Slots {
    const fn new() -> Self {
        let empty = Slot { field: NOTHING, required: false, variants: 0 };
        Self { filled: [empty; CAPACITY], len: 0, total: 0, duplicate: None, conflict: None, broken: false }
    }

    pub(crate) const fn of_keys(keys: &Keys) -> Self {
        let mut slots = Self::new();
        slots.add(keys);
        slots
    }

    /// Whether the keys can't be one object's.
    pub(crate) const fn is_wrong(&self) -> bool {
        self.total > METADATA_KEYS || self.duplicate.is_some() || self.conflict.is_some()
    }

    /// The first key of which the type has a flag.
    pub(crate) const fn first_with(&self, flag: u8) -> Option<&'static str> {
        let mut i = 0;
        while i < self.len {
            if self.filled[i].field.ty.is(flag) {
                return Some(self.filled[i].field.key());
            }
            i += 1;
        }
        None
    }

    const fn has(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    pub(crate) const fn find(&self, key: &str) -> Option<&'static Field> {
        let mut i = 0;
        while i < self.len {
            if str_equal(self.filled[i].field.key(), key) {
                return Some(self.filled[i].field);
            }
            i += 1;
        }
        None
    }

    const fn add(&mut self, keys: &Keys) {
        self.broken |= keys.broken;
        let mut i = 0;
        while i < keys.leaves.len() {
            self.leaf(&keys.leaves[i]);
            i += 1;
        }
        let mut i = 0;
        while i < keys.groups.len() {
            self.add(keys.groups[i]);
            i += 1;
        }
    }

    const fn leaf(&mut self, field: &'static Field) {
        self.total += 1;
        let (at, found) = self.place(field);
        if !found {
            self.insert(at, Slot { field, required: field.is_required(), variants: 1 });
        } else if self.duplicate.is_none() {
            self.duplicate = Some(field.key());
        }
    }

    /// Where `field` belongs, and whether its key stands there already. Sorted input needs one comparison a key.
    const fn place(&self, field: &Field) -> (usize, bool) {
        let mut at = self.len;
        while at > 0 {
            let order = compare(self.filled[at - 1].field.key().as_bytes(), field.key().as_bytes());
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
            self.filled[i] = self.filled[i - 1];
            i -= 1;
        }
        self.filled[at] = slot;
        self.len += 1;
    }

    pub(crate) const fn union(variants: &'static [&'static EntitySchema]) -> Self {
        let mut all = Self::new();
        let mut v = 0;
        while v < variants.len() {
            let one = variants[v].shape.slots();
            all.broken |= one.broken || variants[v].broken;
            let mut i = 0;
            while i < one.len {
                all.unite(&one.filled[i]);
                i += 1;
            }
            v += 1;
        }
        let mut i = 0;
        while i < all.len {
            all.filled[i].required = all.filled[i].required && all.filled[i].variants == variants.len();
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
        let there = &mut self.filled[at];
        there.variants += 1;
        there.required = there.required && slot.required;
        if !there.field.ty.renders_like(&slot.field.ty) && self.conflict.is_none() {
            self.conflict = Some(slot.field.key());
        }
    }
}

/// The sorted keys of one metadata object: as they stand, where nothing has to be put together.
#[derive(Clone, Copy)]
pub(crate) enum View<'s> {
    Leaves(&'static [Field]),
    Slots(&'s Slots),
}

impl View<'_> {
    pub(crate) const fn len(&self) -> usize {
        match self {
            Self::Leaves(leaves) => leaves.len(),
            Self::Slots(slots) => slots.len,
        }
    }

    pub(crate) const fn get(&self, index: usize) -> (&'static Field, bool) {
        match self {
            Self::Leaves(leaves) => (&leaves[index], leaves[index].is_required()),
            Self::Slots(slots) => (slots.filled[index].field, slots.filled[index].required),
        }
    }
}

impl ValueType {
    /// Whether two types render the same property.
    pub(crate) const fn renders_like(&self, other: &Self) -> bool {
        let same_values = match (self.values, other.values) {
            (None, None) => true,
            (Some(one), Some(other)) => equal(one.json.as_bytes(), other.json.as_bytes()),
            _ => false,
        };
        self.json as u8 == other.json as u8 && self.max_len == other.max_len && same_values
    }
}
