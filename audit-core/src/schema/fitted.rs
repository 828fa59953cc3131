//! A group's keys as they are in the object that it is flattened into: behind a prefix, or all optional.

use super::bytes::{Writer, as_str, part, str_equal};
use super::keys::{BEFORE_KEY, Field, Keys};
use super::merged::{CAPACITY, Merged};
use crate::limits::KEY_CHARS;

/// Room for a line of [`Field::line`]: a legal key behind a legal prefix.
const LINE: usize = 96;

/// A flattened group with its prefix, one for each place where a group is flattened so.
#[derive(Clone, Copy, Debug)]
#[doc(hidden)]
pub struct Fitted {
    merged: Merged,
    /// The lines of the keys, with their prefix.
    lines: [[u8; LINE]; CAPACITY],
    prefix_len: usize,
    is_optional: bool,
}

impl Fitted {
    /// The derives check that `prefix` has 40 characters or fewer, of those that keys may have.
    pub const fn new(group: &Keys, prefix: &str, is_optional: bool) -> Self {
        let merged = Merged::of_keys(group);
        let mut lines = [[0; LINE]; CAPACITY];
        let mut i = 0;
        while i < merged.len() {
            write_line(
                &mut lines[i],
                merged.get(i).0.line.as_bytes(),
                prefix.as_bytes(),
            );
            i += 1;
        }
        Self {
            merged,
            lines,
            prefix_len: prefix.len(),
            is_optional,
        }
    }

    /// The group's keys without their prefix, and what is wrong with them.
    pub(crate) const fn merged(&self) -> &Merged {
        &self.merged
    }

    /// One of the keys, with its prefix.
    pub(crate) const fn field(&'static self, index: usize) -> Field {
        let field = *self.merged.get(index).0;
        let len = field.line.len() + self.prefix_len;
        // Longer ones are an error, which names the key without this prefix.
        let (line, prefix_len) = if len <= LINE {
            // SAFETY: `write_line` put it together from whole `str`s.
            let line = unsafe { as_str(part(&self.lines[index], 0, len)) };
            (line, field.prefix_len + self.prefix_len)
        } else {
            (field.line, field.prefix_len)
        };
        let ty = if self.is_optional && field.is_required() {
            field.ty.optional()
        } else {
            field.ty
        };
        Field {
            line,
            ty,
            prefix_len,
            ..field
        }
    }

    /// The key of that text without its prefix, with it.
    pub(crate) const fn whole(&'static self, key: &str) -> &'static str {
        let mut i = 0;
        while i < self.merged.len() {
            if str_equal(self.merged.get(i).0.key(), key) {
                return self.field(i).key();
            }
            i += 1;
        }
        ""
    }

    /// The first key that is longer than the service takes.
    pub(crate) const fn too_long(&'static self) -> Option<&'static str> {
        if self.merged.too_long.is_some() {
            return self.merged.too_long;
        }
        let mut i = 0;
        while i < self.merged.len() {
            let key = self.field(i).key();
            if key.len() > KEY_CHARS {
                return Some(key);
            }
            i += 1;
        }
        None
    }
}

const fn write_line(to: &mut [u8; LINE], line: &[u8], prefix: &[u8]) {
    if line.len() + prefix.len() > LINE {
        return;
    }
    let mut out = Writer::new(to);
    out.range(line, 0, BEFORE_KEY);
    out.bytes(prefix);
    out.range(line, BEFORE_KEY, line.len());
}
