//! Escapes text as `serde_json` does.

use std::fmt::{self, Display, Write};

/// What a byte becomes inside a JSON string: itself (0), `\u00XX` (1), or a backslash and the letter here.
const ESCAPES: [u8; 256] = {
    let mut table = [0; 256];
    let mut control = 0;
    while control < 0x20 {
        table[control] = 1;
        control += 1;
    }
    table[0x08] = b'b';
    table[b'\t' as usize] = b't';
    table[b'\n' as usize] = b'n';
    table[0x0C] = b'f';
    table[b'\r' as usize] = b'r';
    table[b'"' as usize] = b'"';
    table[b'\\' as usize] = b'\\';
    table
};

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// Whether any of 8 bytes must be escaped. A wrong "yes" is possible only beside a right one.
fn any_escape(word: u64) -> bool {
    let quote = word ^ (ONES * u64::from(b'"'));
    let backslash = word ^ (ONES * u64::from(b'\\'));
    let control = word.wrapping_sub(ONES * 0x20) & !word;
    let quote = quote.wrapping_sub(ONES) & !quote;
    let backslash = backslash.wrapping_sub(ONES) & !backslash;
    (control | quote | backslash) & HIGH != 0
}

fn is_clean(bytes: &[u8]) -> bool {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut dirty = false;
    for word in words {
        dirty |= any_escape(u64::from_le_bytes(*word));
    }
    for byte in rest {
        dirty |= ESCAPES[usize::from(*byte)] != 0;
    }
    !dirty
}

/// Appends `text`, escaped, without quotes.
pub(super) fn escaped(out: &mut String, text: &str) {
    if is_clean(text.as_bytes()) {
        out.push_str(text);
    } else {
        escape(out, text);
    }
}

#[cold]
fn escape(out: &mut String, text: &str) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escape = ESCAPES[usize::from(byte)];
        if escape == 0 {
            continue;
        }
        out.push_str(&text[from..at]);
        from = at + 1;
        out.push('\\');
        if escape == 1 {
            out.push_str("u00");
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        } else {
            out.push(char::from(escape));
        }
    }
    out.push_str(&text[from..]);
}

/// Appends what `value` displays, escaped, without quotes.
pub(super) fn display(out: &mut String, value: &dyn Display) {
    struct Escaping<'a>(&'a mut String);
    impl Write for Escaping<'_> {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            escaped(self.0, text);
            Ok(())
        }
    }
    // A `Display` that fails has no text to lose: what it wrote until then stands.
    let _ = write!(Escaping(out), "{value}");
}

/// Counts characters while it appends, and remembers where to cut.
pub(super) struct Counting<'a> {
    out: &'a mut String,
    pub(super) chars: usize,
    max: usize,
    /// Where `max` − 1 characters end: room for `…`.
    pub(super) cut_at: usize,
}

impl<'a> Counting<'a> {
    pub(super) fn new(out: &'a mut String, max: u16) -> Self {
        let cut_at = out.len();
        Self { out, chars: 0, max: usize::from(max), cut_at }
    }

    pub(super) fn push(&mut self, text: &str) {
        let chars = text.chars().count();
        if self.chars + chars < self.max {
            escaped(self.out, text);
            self.cut_at = self.out.len();
        } else if self.chars < self.max {
            let room = self.max - 1 - self.chars;
            let split = text.char_indices().nth(room).map_or(text.len(), |(at, _)| at);
            escaped(self.out, &text[..split]);
            self.cut_at = self.out.len();
            // One more may still fit; nothing after it does.
            let rest = text[split..].chars().next().map_or("", |last| &text[split..split + last.len_utf8()]);
            escaped(self.out, rest);
        }
        self.chars += chars;
    }
}

impl Write for Counting<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push(text);
        Ok(())
    }
}

/// Appends a string value whose `"key":"` was escaped beforehand.
pub(crate) fn string_field(out: &mut String, key: &str, text: &str) {
    out.push_str(key);
    escaped(out, text);
    out.push('"');
}
