//! Writes one metadata value, or notes why it can't be: the only place where a value meets its limits.

use std::cell::Cell;
use std::fmt::{Display, Write};
use std::ops::Range;

use super::json::{Counting, escaped, is_clean, push_all, string};
use super::{Encoder, Mode, TextLimit, joined};
use crate::error::{Limit, Violation};
use crate::form::TextList;
use crate::limits::{MAX_SAFE_INTEGER, MIN_SAFE_INTEGER};

/// The encoder that [`AuditValue::encode`](crate::AuditValue::encode) is given. Each of its methods encodes the whole value, so only one
/// can be called; calling none leaves the key out, which only a value whose [`TYPE`](crate::AuditValue::TYPE) is optional may do.
#[derive(Debug)]
pub struct ValueEncoder<'a> {
    encoder: &'a mut Encoder,
    /// `"key":`
    key: &'static str,
    text: TextLimit,
}

impl<'a> ValueEncoder<'a> {
    #[inline]
    pub(super) fn new(encoder: &'a mut Encoder, key: &'static str, text: TextLimit) -> Self {
        Self { encoder, key, text }
    }

    /// The same, for text of at most `max` characters.
    #[must_use]
    pub fn max_len(mut self, max: u16) -> Self {
        self.text.max = self.text.max.min(max);
        self
    }

    /// Text. Longer than the field's limit, it is cut or becomes a violation, as the field says.
    #[inline]
    pub fn str(self, text: &str) {
        self.encoder.text(self.key, self.text, text);
    }

    /// Text, as `value` displays itself.
    pub fn display(self, value: &dyn Display) {
        // A `Display` that fails has no more text: what it wrote until then stands.
        self.counted(|out| {
            let _ = write!(out, "{value}");
        });
    }

    fn counted(self, write: impl FnOnce(&mut Counting<'_>)) {
        let cut = |out: &mut String, Range { end, .. }| {
            out.truncate(end);
            out.push('…');
        };
        self.limited(write, cut, |chars| format!("{chars} characters"));
    }

    /// A list of items as one text.
    pub(super) fn join<'v, M>(self, separator: &str, list: &'v (impl TextList<'v, M> + ?Sized)) {
        // What is cut is never rejected.
        if let Some(number) = list.non_finite().filter(|_| !self.encoder.cuts(self.text)) {
            return self.encoder.reject(self.key, Limit::Finite, &number);
        }
        let (items, max) = (Cell::new(0_usize), usize::from(self.text.max));
        let write = |out: &mut Counting<'_>| {
            list.each(&mut |item| {
                if items.replace(items.get() + 1) > 0 {
                    out.push(separator);
                }
                // A `Display` that fails has no more text: what it wrote until then stands.
                let _ = write!(out, "{item}");
            });
        };
        let cut = |out: &mut String, Range { start, .. }| {
            out.truncate(start);
            escaped(out, &joined::cut(separator, list, max));
        };
        self.limited(write, cut, |chars| match items.get() {
            1 => format!("1 item with {chars} characters"),
            items => format!("{items} items with {chars} characters"),
        });
    }

    /// Text of any length. `cut` shortens what is too long; its range is the text and what of it fits before `…`.
    fn limited(
        self,
        write: impl FnOnce(&mut Counting<'_>),
        cut: impl FnOnce(&mut String, Range<usize>),
        actual: impl FnOnce(usize) -> String,
    ) {
        let Self { encoder, key, text } = self;
        let from = encoder.out.len();
        encoder.out.push_str(key);
        encoder.out.push('"');
        let start = encoder.out.len();
        let mut counting = Counting::new(&mut encoder.out, text.max);
        write(&mut counting);
        let (chars, end) = (counting.chars, counting.cut_at);
        if chars <= usize::from(text.max) {
            encoder.out.push_str("\",");
        } else if encoder.cuts(text) {
            cut(&mut encoder.out, start..end);
            encoder.out.push_str("\",");
            encoder.note_cut(key);
        } else {
            encoder.out.truncate(from);
            encoder.reject(key, Limit::Characters(text.max), &actual(chars));
        }
    }

    /// An integer. Outside ±(2^53 − 1) it is a violation: a JavaScript server would change it silently.
    #[inline]
    pub fn integer(self, number: i64) {
        self.encoder.integer(self.key, number);
    }

    /// An unsigned integer, of at most 2^53 − 1.
    #[inline]
    pub fn unsigned(self, number: u64) {
        self.encoder.unsigned(self.key, number);
    }

    /// A number. NaN and the infinities are violations: JSON has none.
    #[inline]
    pub fn number(self, number: f64) {
        self.encoder.float(self.key, number, number.is_finite());
    }

    /// A number with the digits that an `f32` needs.
    #[inline]
    pub fn number_f32(self, number: f32) {
        self.encoder.float(self.key, number, number.is_finite());
    }

    /// `true` or `false`.
    #[inline]
    pub fn boolean(self, value: bool) {
        self.encoder
            .raw(self.key, if value { "true" } else { "false" });
    }
}

/// One value each, after its key.
impl Encoder {
    fn text(&mut self, key: &'static str, limit: TextLimit, text: &str) {
        // A character has at least one byte, so most text needs no counting.
        if text.len() > usize::from(limit.max) {
            return self.long_text(key, limit, text);
        }
        if is_clean(text.as_bytes()) {
            return push_all(&mut self.out, key, text, ["\"", "\","]);
        }
        self.out.push_str(key);
        string(&mut self.out, "\"", text);
        self.out.push(',');
    }

    #[cold]
    fn long_text(&mut self, key: &'static str, limit: TextLimit, text: &str) {
        self.at(key, limit).counted(|out| out.push(text));
    }

    fn integer(&mut self, key: &'static str, number: i64) {
        if (MIN_SAFE_INTEGER..=MAX_SAFE_INTEGER).contains(&number) {
            self.raw(key, itoa::Buffer::new().format(number));
        } else {
            self.reject(key, Limit::SafeInteger, &number);
        }
    }

    fn unsigned(&mut self, key: &'static str, number: u64) {
        match i64::try_from(number) {
            Ok(number) => self.integer(key, number),
            Err(_) => self.reject(key, Limit::SafeInteger, &number),
        }
    }

    fn float<F: zmij::Float + Display>(&mut self, key: &'static str, number: F, is_finite: bool) {
        if is_finite {
            self.raw(key, zmij::Buffer::new().format_finite(number));
        } else {
            self.reject(key, Limit::Finite, &number);
        }
    }

    fn raw(&mut self, key: &'static str, json: &str) {
        push_all(&mut self.out, key, json, ["", ","]);
    }

    /// Whether text that is too long is cut.
    fn cuts(&self, text: TextLimit) -> bool {
        text.cut || self.mode == Mode::Cut
    }

    #[cold]
    fn note_cut(&mut self, key: &str) {
        let path = self.path(key);
        self.truncated.push(path);
    }

    #[cold]
    fn reject(&mut self, key: &'static str, limit: Limit, actual: &dyn Display) {
        let path = self.path(key);
        self.violations
            .push(Violation::new(path, limit, actual.to_string()));
    }
}
