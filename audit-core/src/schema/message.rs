//! Puts a compile error's text together in const eval, where `format!` isn't to be had.

use super::JsonType;
use super::bytes::{decimal, part};
use super::value_type::ValueType;

const CAPACITY: usize = 1024;

/// The room that [`Message::explained`] needs.
const HINT: usize = " (cargo audit-schema explain A0000)".len();

/// Raises what is wrong, if anything is, where the call stands.
///
/// # Panics
/// Then: in a constant, where it belongs, that is a compile error.
#[track_caller]
pub const fn raise(problem: Option<Message>) {
    if let Some(problem) = problem {
        panic!("{}", problem.explained().as_str());
    }
}

/// An error's text. What doesn't fit is cut at the end.
#[derive(Clone, Copy)]
#[doc(hidden)]
pub struct Message {
    bytes: [u8; CAPACITY],
    len: usize,
}

impl Message {
    pub(crate) const fn new(text: &str) -> Self {
        Self {
            bytes: [0; CAPACITY],
            len: 0,
        }
        .str(text)
    }

    #[must_use]
    pub(crate) const fn str(self, text: &str) -> Self {
        self.push(text, CAPACITY - HINT)
    }

    /// The message with the way to its code's page. It begins with the code: `audit[A0201]`.
    const fn explained(self) -> Self {
        let code = part(&self.bytes, "audit[".len(), "A0201".len());
        // SAFETY: ASCII.
        let code = unsafe { core::str::from_utf8_unchecked(code) };
        self.push(" (cargo audit-schema explain ", CAPACITY)
            .push(code, CAPACITY)
            .push(")", CAPACITY)
    }

    const fn push(mut self, text: &str, capacity: usize) -> Self {
        let bytes = text.as_bytes();
        let mut take = if bytes.len() > capacity - self.len {
            capacity - self.len
        } else {
            bytes.len()
        };
        // Never in the middle of a character.
        while take > 0 && take < bytes.len() && bytes[take] & 0xC0 == 0x80 {
            take -= 1;
        }
        // SAFETY: `take` bytes are readable in `bytes` and writable behind `self.len`; the two can't overlap.
        unsafe {
            core::ptr::copy_nonoverlapping(
                bytes.as_ptr(),
                self.bytes.as_mut_ptr().add(self.len),
                take,
            );
        };
        self.len += take;
        self
    }

    #[must_use]
    pub(crate) const fn number(self, number: usize) -> Self {
        let (text, from) = decimal(number);
        let digits = part(&text, from, text.len() - from);
        // SAFETY: ASCII digits.
        self.str(unsafe { core::str::from_utf8_unchecked(digits) })
    }

    /// What a value is, in words.
    #[must_use]
    pub(crate) const fn value_type(self, ty: &ValueType) -> Self {
        match ty.json() {
            JsonType::Boolean => self.str("a boolean"),
            JsonType::Integer => self.str("an integer"),
            JsonType::Number => self.str("a number"),
            JsonType::String if ty.values.is_some() => self.str("an enum"),
            JsonType::String if ty.max_len() > 0 => self
                .str("text of at most ")
                .number(ty.max_len() as usize)
                .str(" characters"),
            JsonType::String => self.str("text"),
        }
    }

    /// The text, for `panic!("{}", …)`.
    pub const fn as_str(&self) -> &str {
        // SAFETY: whole `str`s, cut at character boundaries.
        unsafe { core::str::from_utf8_unchecked(part(&self.bytes, 0, self.len)) }
    }
}
