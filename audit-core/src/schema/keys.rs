//! The keys of a metadata struct as its derive rendered them, and where each one's pieces lie.

use audit_rules::leaf::{self, Leaf};

use super::bytes::{part, str_part};
use super::canonical;
use super::fitted::Fitted;
use super::merged::Merged;
use super::value_type::{ValueType, flag};

/// One metadata key, as the derive rendered it.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The beginning of its line in the canonical form: a line break, six spaces, the key in quotes, `: {`.
    pub(crate) line: &'static str,
    pub(crate) ty: ValueType,
    /// Its record part: where it was declared and what its docs say. The key in it is the one that its own group knows.
    pub(crate) note: &'static [u8],
    /// How much longer the key is than in its own group: the prefixes that it was flattened with.
    pub(crate) prefix_len: usize,
}

/// What stands around a key in [`Field::line`].
pub(crate) const BEFORE_KEY: usize = leaf::BEFORE_KEY.len();
const AFTER_KEY: usize = leaf::AFTER_KEY.len();

impl Field {
    /// The key itself.
    pub(crate) const fn key(&self) -> &'static str {
        str_part(
            self.line,
            BEFORE_KEY,
            self.line.len() - BEFORE_KEY - AFTER_KEY,
        )
    }

    /// The key in its quotes.
    pub(crate) const fn quoted_key(&self) -> &'static str {
        str_part(
            self.line,
            BEFORE_KEY - 1,
            self.line.len() - BEFORE_KEY - AFTER_KEY + 2,
        )
    }

    pub(crate) const fn is_required(&self) -> bool {
        !self.ty.is(flag::OPTIONAL)
    }
}

/// The keys of a metadata struct: its own, sorted by bytes, and the groups that are flattened into it.
///
/// The derive renders all of its own keys at once, as though their types were what their tokens say: const evaluation pays for each
/// piece that it joins, and not for a piece's length. Where tokens say nothing (an enum, a newtype, an alias) the rendered text has a
/// slot. Where they said the wrong thing (a `String` of one's own) or groups are flattened, the keys are put together one by one.
#[derive(Clone, Copy, Debug)]
pub struct Keys {
    /// The object's schema in canonical form, its lines as `\n      "key": {"type": "string"}`. A line with a slot ends behind its brace.
    pub(crate) json: &'static str,
    /// The record parts, each with its type; a slot's type is left out.
    pub(crate) notes: &'static [u8],
    /// Where each key's pieces lie: [`Leaf`]s.
    leaves: &'static [u8],
    /// Which of the leaves have a slot.
    slots: &'static [u16],
    /// The types, each once, and the code that their tokens promise.
    types: &'static [(ValueType, u64)],
    pub(crate) groups: &'static [&'static Keys],
    /// The keys of a group as they are where it was flattened with a prefix, or may be missing. There are no others then.
    pub(crate) fitted: Option<&'static Fitted>,
    /// Whether every type is what its tokens promised, and nothing is flattened: the rendered text stands.
    pub(crate) plain: bool,
    /// A derive failed here; its error has been reported.
    pub(crate) broken: bool,
}

/// A slot: where it lies in the object's schema and among the notes, and what belongs into it.
pub(crate) struct Slot {
    pub(crate) in_json: usize,
    pub(crate) in_notes: usize,
    pub(crate) ty: ValueType,
}

impl Keys {
    /// The code of a type that tokens don't tell.
    #[doc(hidden)]
    pub const __UNKNOWN_CODE: u64 = u64::MAX;

    /// Only the derives call it: the leaves are sorted, and none stands twice.
    #[doc(hidden)]
    pub const fn __new(
        json: &'static str,
        notes: &'static [u8],
        leaves: &'static [u8],
        slots: &'static [u16],
        types: &'static [(ValueType, u64)],
        groups: &'static [&'static Keys],
    ) -> Self {
        let (mut plain, mut i, len) = (groups.is_empty(), 0, types.len());
        while i < len {
            let (ty, told) = &types[i];
            let (code, told) = (ty.code, *told);
            if code != told && (told != Self::__UNKNOWN_CODE || ty.is(flag::WRONG | flag::OPTIONAL))
            {
                plain = false;
            }
            i += 1;
        }
        Self {
            json,
            notes,
            leaves,
            slots,
            types,
            groups,
            fitted: None,
            plain,
            broken: false,
        }
    }

    /// What a group's keys are where it was fitted into another object.
    #[doc(hidden)]
    pub const fn __fitted(fitted: &'static Fitted) -> Self {
        Self {
            plain: false,
            fitted: Some(fitted),
            ..Self::none()
        }
    }

    /// No keys.
    pub(crate) const fn none() -> Self {
        Self::__new(canonical::NO_KEYS, &[], &[], &[], &[], &[])
    }

    /// What a failed derive leaves behind.
    #[doc(hidden)]
    pub const fn __broken() -> Self {
        Self {
            plain: false,
            broken: true,
            ..Self::none()
        }
    }

    /// How many keys it has of its own.
    pub(crate) const fn own(&self) -> usize {
        self.leaves.len() / Leaf::BYTES
    }

    pub(crate) const fn slots(&self) -> usize {
        self.slots.len()
    }

    pub(crate) const fn slot(&self, index: usize) -> Slot {
        let leaf = Leaf::read(self.leaves, self.slots[index] as usize);
        Slot {
            in_json: leaf.line_at as usize + leaf.line_len(),
            in_notes: leaf.note_at as usize + leaf.note_len as usize,
            ty: self.type_of(&leaf),
        }
    }

    const fn type_of(&self, leaf: &Leaf) -> ValueType {
        let (index, max_len) = (leaf.ty, leaf.max_len);
        let ty = if index != Leaf::TEXT {
            self.types[index as usize].0
        } else if max_len == 0 {
            ValueType::string()
        } else {
            ValueType::text(max_len)
        };
        if leaf.attributes == 0 {
            return ty;
        }
        let ty = if leaf.attributes & Leaf::OPTIONAL == 0 {
            ty
        } else {
            ty.optional()
        };
        let ty = if leaf.attributes & Leaf::LIMITED == 0 {
            ty
        } else {
            ty.__limited(max_len)
        };
        let ty = if leaf.attributes & Leaf::TOLD_TEXT == 0 || ty.is_text() {
            ty
        } else {
            ty.wrongly_limited()
        };
        if leaf.attributes & Leaf::CUT_IF_FREE == 0 {
            ty
        } else {
            ty.cut_if_free()
        }
    }

    /// The type of one of its own keys.
    pub(crate) const fn type_at(&self, index: usize) -> ValueType {
        self.type_of(&Leaf::read(self.leaves, index))
    }

    /// One of its own keys.
    pub(crate) const fn field(&self, index: usize) -> Field {
        let leaf = Leaf::read(self.leaves, index);
        Field {
            line: str_part(self.json, leaf.line_at as usize, leaf.line_len()),
            ty: self.type_of(&leaf),
            note: part(self.notes, leaf.note_at as usize, leaf.note_len as usize),
            prefix_len: 0,
        }
    }

    /// The first key that the prefix of the group at `index` makes longer than the service takes.
    pub(crate) const fn too_long_in_group(&self, index: usize) -> Option<&'static str> {
        Merged::of_keys(self.groups[index]).too_long
    }

    /// The first key of the group at `index` that stands elsewhere too: among its own or in an earlier group, or twice in itself.
    /// One mistake is reported once, at the later group.
    pub(crate) const fn duplicate_in_group(&self, index: usize) -> Option<&'static str> {
        let own = Merged::of_keys(self.groups[index]);
        if own.duplicate.is_some() {
            return own.duplicate;
        }
        let earlier = Keys {
            groups: self.groups.split_at(index).0,
            broken: false,
            ..*self
        };
        own.first_in(&Merged::of_keys(&earlier))
    }
}
