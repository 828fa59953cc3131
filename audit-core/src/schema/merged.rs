//! Puts the keys of one metadata object together, where the derive couldn't: flattened groups, a union over variants, types that aren't
//! what their tokens say. They are sorted, counted, and duplicates found.

use super::bytes::{compare, str_equal};
use super::entity::EntitySchema;
use super::fitted::Fitted;
use super::keys::{Field, Keys};
use super::value_type::{ValueType, flag};
use crate::limits::METADATA_KEYS;

/// The sorted keys of one metadata object: as the derive rendered them, where nothing has to be put together.
#[derive(Clone, Copy)]
pub(crate) enum View<'m> {
    Plain(&'m Keys),
    Merged(&'m Merged),
}

/// A key that counts for one metadata object.
#[derive(Clone, Copy, Debug)]
struct MergedKey {
    field: Field,
    required: bool,
    /// In how many variants of an enum of entities it stands.
    variants: usize,
}

/// More than [`METADATA_KEYS`], so that an object over the limit is counted on.
pub(crate) const CAPACITY: usize = 64;
const _: () = assert!(CAPACITY > METADATA_KEYS);

/// The keys of one metadata object that is put together: a flattened one, or a union over variants.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Merged {
    filled: [MergedKey; CAPACITY],
    len: usize,
    /// Counts on where it is full.
    pub(crate) total: usize,
    /// The first key that stands twice.
    pub(crate) duplicate: Option<&'static str>,
    /// The first key that a prefix made longer than the service takes.
    pub(crate) too_long: Option<&'static str>,
    /// In an enum of entities: a key that two variants give different types.
    pub(crate) conflict: Option<&'static str>,
    pub(crate) broken: bool,
}

const NOTHING: Field = Field {
    line: "\n      \"\": {",
    ty: ValueType::__broken(),
    note: &[],
    prefix_len: 0,
};

impl Merged {
    const fn new() -> Self {
        let empty = MergedKey {
            field: NOTHING,
            required: false,
            variants: 0,
        };
        Self {
            filled: [empty; CAPACITY],
            len: 0,
            total: 0,
            duplicate: None,
            too_long: None,
            conflict: None,
            broken: false,
        }
    }

    pub(crate) const fn of_keys(keys: &Keys) -> Self {
        let mut merged = Self::new();
        merged.add(keys);
        merged
    }

    pub(crate) const fn len(&self) -> usize {
        self.len
    }

    pub(crate) const fn get(&self, index: usize) -> (&Field, bool) {
        (&self.filled[index].field, self.filled[index].required)
    }

    /// Whether the keys can't be one object's.
    pub(crate) const fn is_wrong(&self) -> bool {
        self.total > METADATA_KEYS
            || self.duplicate.is_some()
            || self.too_long.is_some()
            || self.conflict.is_some()
            || self.first_with(flag::WRONG).is_some()
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

    /// The first key that stands in `other`, too.
    pub(crate) const fn first_in(&self, other: &Self) -> Option<&'static str> {
        let mut i = 0;
        while i < self.len {
            let key = self.filled[i].field.key();
            if other.find(key).is_some() {
                return Some(key);
            }
            i += 1;
        }
        None
    }

    pub(crate) const fn find(&self, key: &str) -> Option<Field> {
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
        while i < keys.own() {
            self.leaf(keys.field(i));
            i += 1;
        }
        let mut i = 0;
        while i < keys.groups.len() {
            self.add(keys.groups[i]);
            i += 1;
        }
        if let Some(fitted) = keys.fitted {
            self.add_fitted(fitted);
        }
    }

    const fn add_fitted(&mut self, fitted: &'static Fitted) {
        let group = fitted.merged();
        self.broken |= group.broken;
        let mut i = 0;
        while i < group.len {
            self.leaf(fitted.field(i));
            i += 1;
        }
        self.total += group.total - group.len;
        if let (Some(key), None) = (group.duplicate, self.duplicate) {
            self.duplicate = Some(fitted.whole(key));
        }
        if self.too_long.is_none() {
            self.too_long = fitted.too_long();
        }
    }

    const fn leaf(&mut self, field: Field) {
        self.total += 1;
        let (at, found) = self.place(&field);
        if !found {
            self.insert(
                at,
                MergedKey {
                    field,
                    required: field.is_required(),
                    variants: 1,
                },
            );
        } else if self.duplicate.is_none() {
            self.duplicate = Some(field.key());
        }
    }

    /// Where `field` belongs, and whether its key stands there already. Sorted input needs one comparison a key.
    const fn place(&self, field: &Field) -> (usize, bool) {
        let mut at = self.len;
        while at > 0 {
            let order = compare(
                self.filled[at - 1].field.key().as_bytes(),
                field.key().as_bytes(),
            );
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

    const fn insert(&mut self, at: usize, key: MergedKey) {
        if self.len == CAPACITY {
            return;
        }
        let mut i = self.len;
        while i > at {
            self.filled[i] = self.filled[i - 1];
            i -= 1;
        }
        self.filled[at] = key;
        self.len += 1;
    }

    pub(crate) const fn union(variants: &'static [&'static EntitySchema]) -> Self {
        let mut all = Self::new();
        let mut v = 0;
        while v < variants.len() {
            let one = variants[v].shape.merged();
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
            all.filled[i].required =
                all.filled[i].required && all.filled[i].variants == variants.len();
            i += 1;
        }
        all.total = all.len;
        all
    }

    const fn unite(&mut self, key: &MergedKey) {
        let (at, found) = self.place(&key.field);
        if !found {
            self.insert(
                at,
                MergedKey {
                    field: key.field,
                    required: key.required,
                    variants: 1,
                },
            );
            return;
        }
        let there = &mut self.filled[at];
        there.variants += 1;
        there.required = there.required && key.required;
        if !there.field.ty.renders_like(&key.field.ty) && self.conflict.is_none() {
            self.conflict = Some(key.field.key());
        }
    }
}
