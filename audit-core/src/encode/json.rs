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

const ONES: u64 = u64::MAX / 255;
const HIGH: u64 = ONES << 7;

/// Not 0 for a byte that must be escaped. Not from the table, so that blocks are looked at with vector instructions.
fn mark(byte: u8) -> u8 {
    if byte < 0x20 || byte == b'"' || byte == b'\\' {
        u8::MAX
    } else {
        0
    }
}

/// A bit for each of 8 bytes that must be escaped. The lowest one is always right; above it there may be wrong ones.
fn marks_in(word: u64) -> u64 {
    let control = word.wrapping_sub(ONES * 0x20) & !word;
    let zero = |word: u64| word.wrapping_sub(ONES) & !word;
    let (quote, backslash) = (
        zero(word ^ (ONES * u64::from(b'"'))),
        zero(word ^ (ONES * u64::from(b'\\'))),
    );
    (control | quote | backslash) & HIGH
}

/// Whether nothing must be escaped. The last block and the last word overlap the ones before: what is short costs no loop over bytes.
#[inline]
pub(super) fn is_clean(bytes: &[u8]) -> bool {
    let Some(last) = bytes.len().checked_sub(16) else {
        return is_short_clean(bytes);
    };
    let (mut marks, mut at) = ([0; 16], 0);
    while let Some(block) = bytes[at..].first_chunk::<16>() {
        for (marked, byte) in marks.iter_mut().zip(block) {
            *marked |= mark(*byte);
        }
        if at == last {
            break;
        }
        at = (at + 16).min(last);
    }
    none_marked(&marks)
}

fn none_marked(marks: &[u8; 16]) -> bool {
    marks.iter().fold(0, |any, marked| any | marked) == 0
}

#[inline(never)]
fn is_short_clean(bytes: &[u8]) -> bool {
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        return (marks_in(u64::from_le_bytes(*first)) | marks_in(u64::from_le_bytes(*last))) == 0;
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let [first, last] = [first, last].map(|half| u64::from(u32::from_le_bytes(*half)));
        return marks_in(first << 32 | last) == 0;
    }
    bytes.iter().all(|byte| mark(*byte) == 0)
}

/// Appends `text`, escaped, without quotes.
#[inline]
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
    let mut rest = text;
    while let Some(at) = first_escape(rest.as_bytes()) {
        let (byte, escape) = (
            rest.as_bytes()[at],
            ESCAPES[usize::from(rest.as_bytes()[at])],
        );
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        out.push('\\');
        if escape == 1 {
            out.push_str("u00");
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        } else {
            out.push(char::from(escape));
        }
    }
    out.push_str(rest);
}

fn first_escape(bytes: &[u8]) -> Option<usize> {
    let words = bytes.chunks_exact(8);
    let rest = words.remainder();
    for (index, word) in words.enumerate() {
        let mut eight = [0; 8];
        eight.copy_from_slice(word);
        let marks = marks_in(u64::from_le_bytes(eight));
        if marks != 0 {
            return Some(index * 8 + marks.trailing_zeros() as usize / 8);
        }
    }
    let at = rest.iter().position(|byte| mark(*byte) != 0)?;
    Some(bytes.len() - rest.len() + at)
}

/// What one look at a text's bytes tells.
struct Scanned {
    chars: usize,
    is_clean: bool,
}

/// The bytes that [`scan`] looks at together.
const BLOCK: usize = 16;

/// Counts characters and looks for what must be escaped, in one pass.
fn scan(bytes: &[u8]) -> Scanned {
    // Each character has one byte that doesn't continue another: `0b10xx_xxxx` does.
    let begins = |byte: u8| u8::from(byte & 0xC0 != 0x80);
    let (blocks, rest) = bytes.split_at(bytes.len() - bytes.len() % BLOCK);
    let (mut marks, mut chars) = ([0; BLOCK], 0);
    // As many blocks as a byte can count.
    for blocks in blocks.chunks(usize::from(u8::MAX) * BLOCK) {
        let mut counts = [0; BLOCK];
        for block in blocks.chunks_exact(BLOCK) {
            for ((marked, count), byte) in marks.iter_mut().zip(&mut counts).zip(block) {
                *marked |= mark(*byte);
                *count += begins(*byte);
            }
        }
        chars += counts.into_iter().map(usize::from).sum::<usize>();
    }
    chars += rest
        .iter()
        .map(|byte| usize::from(begins(*byte)))
        .sum::<usize>();
    Scanned {
        chars,
        is_clean: none_marked(&marks) && rest.iter().all(|byte| mark(*byte) == 0),
    }
}

/// Appends a string and its closing quote. `before` was escaped beforehand and ends with the opening one.
pub(crate) fn string(out: &mut String, before: &str, text: &str) {
    if is_clean(text.as_bytes()) {
        return push_all(out, before, text, ["", "\""]);
    }
    out.push_str(before);
    escape(out, text);
    out.push('"');
}

/// Appends both texts, the second one between the other two, with one look at how much room there is.
#[inline]
pub(super) fn push_all(
    out: &mut String,
    before: &str,
    text: &str,
    [open, close]: [&'static str; 2],
) {
    // Two lengths have a sum: neither is above `isize::MAX`. What is beyond that `reserve` rejects.
    out.reserve((before.len() + text.len()).saturating_add(open.len() + close.len()));
    let mut end = out.len();
    // SAFETY: what is appended are whole texts, so that it stays UTF-8. There is room for all of them behind the text that is there, as
    // has just been made sure of, and they don't overlap it: `out` is borrowed mutably. The length is set when all is written.
    unsafe {
        let bytes = out.as_mut_vec();
        for part in [before, open, text, close] {
            std::ptr::copy_nonoverlapping(part.as_ptr(), bytes.as_mut_ptr().add(end), part.len());
            end += part.len();
        }
        bytes.set_len(end);
    }
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
        Self {
            out,
            chars: 0,
            max: usize::from(max),
            cut_at,
        }
    }

    pub(super) fn push(&mut self, text: &str) {
        let Scanned { chars, is_clean } = scan(text.as_bytes());
        if self.chars + chars < self.max {
            if is_clean {
                self.out.push_str(text);
            } else {
                escape(self.out, text);
            }
            self.cut_at = self.out.len();
        } else if self.chars < self.max {
            let room = self.max - 1 - self.chars;
            let split = text
                .char_indices()
                .nth(room)
                .map_or(text.len(), |(at, _)| at);
            escaped(self.out, &text[..split]);
            self.cut_at = self.out.len();
            // One more may still fit; nothing after it does.
            let rest = text[split..]
                .chars()
                .next()
                .map_or("", |last| &text[split..split + last.len_utf8()]);
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

#[cfg(test)]
mod tests;
