//! Writes one metadata value, or notes why it can't be: the only place where a value meets its limits.

use std::fmt::{Display, Write};

use super::json::{Counting, escaped, is_clean, push_all, string};
use super::{Encoder, Mode, TextLimit};
use crate::error::{Limit, Violation};
use crate::limits::{MAX_SAFE_INTEGER, MIN_SAFE_INTEGER};
use crate::worded::TextList;

/// Where a metadata value writes itself. Each of its methods writes the whole value, so only one can be called; calling none leaves
/// the key out, which only a value whose [`TYPE`](crate::AuditValue::TYPE) is optional may do.
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
        let Self { encoder, key, text } = self;
        let from = encoder.out.len();
        encoder.out.push_str(key);
        encoder.out.push('"');
        let mut counting = Counting::new(&mut encoder.out, text.max);
        write(&mut counting);
        let (chars, cut_at) = (counting.chars, counting.cut_at);
        if chars <= usize::from(text.max) {
            encoder.out.push_str("\",");
        } else if text.cut || encoder.mode == Mode::Cut {
            encoder.out.truncate(cut_at);
            encoder.out.push_str("…\",");
            let path = encoder.path(key);
            encoder.truncated.push(path);
        } else {
            encoder.out.truncate(from);
            let path = encoder.path(key);
            encoder.violations.push(Violation::new(path, Limit::Characters(text.max), format!("{chars} characters")));
        }
    }

    /// A list of items as one text, cut between items.
    pub(super) fn join<'v>(self, separator: &str, items: &'v (impl TextList<'v> + ?Sized)) {
        let Self { encoder, key, text } = self;
        let max = usize::from(text.max);
        encoder.out.push_str(key);
        encoder.out.push('"');
        let mut joined = Joined { text: String::new(), chars: 0, items: 0 };
        let mut fitting = Vec::new();
        let mut item_text = String::new();
        let mut left = 0_usize;
        items.each(&mut |item| {
            item_text.clear();
            let _ = write!(item_text, "{item}");
            if left > 0 || !joined.push(separator, &item_text, max) {
                left += 1;
            } else {
                fitting.push((joined.text.len(), joined.chars));
            }
        });
        if left > 0 {
            let path = encoder.path(key);
            encoder.truncated.push(path);
            joined.cut(&mut fitting, left, max);
        }
        escaped(&mut encoder.out, &joined.text);
        encoder.out.push_str("\",");
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
        self.encoder.raw(self.key, if value { "true" } else { "false" });
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
            self.refuse(key, Limit::SafeInteger, &number);
        }
    }

    fn unsigned(&mut self, key: &'static str, number: u64) {
        match i64::try_from(number) {
            Ok(number) => self.integer(key, number),
            Err(_) => self.refuse(key, Limit::SafeInteger, &number),
        }
    }

    fn float<F: zmij::Float + Display>(&mut self, key: &'static str, number: F, is_finite: bool) {
        if is_finite {
            self.raw(key, zmij::Buffer::new().format_finite(number));
        } else {
            self.refuse(key, Limit::Finite, &number);
        }
    }

    fn raw(&mut self, key: &'static str, json: &str) {
        push_all(&mut self.out, key, json, ["", ","]);
    }

    #[cold]
    fn refuse(&mut self, key: &'static str, limit: Limit, found: &dyn Display) {
        let path = self.path(key);
        self.violations.push(Violation::new(path, limit, found.to_string()));
    }
}

/// Items joined so far.
struct Joined {
    text: String,
    chars: usize,
    items: usize,
}

impl Joined {
    /// Adds an item if it fits.
    fn push(&mut self, separator: &str, item: &str, max: usize) -> bool {
        let separator = if self.items == 0 { "" } else { separator };
        let chars = self.chars + separator.chars().count() + item.chars().count();
        if chars > max {
            return false;
        }
        self.text.push_str(separator);
        self.text.push_str(item);
        (self.chars, self.items) = (chars, self.items + 1);
        true
    }

    /// Ends in `…+N`, taking items away until that fits.
    fn cut(&mut self, fitting: &mut Vec<(usize, usize)>, mut left: usize, max: usize) {
        loop {
            let rest = format!("…+{left}");
            let (bytes, chars) = fitting.last().copied().unwrap_or((0, 0));
            if chars + rest.chars().count() <= max || fitting.is_empty() {
                self.text.truncate(bytes);
                // A limit too small even for `…+37` keeps what fits of it.
                self.text.extend(rest.chars().take(max - chars.min(max)));
                return;
            }
            fitting.pop();
            left += 1;
        }
    }
}
