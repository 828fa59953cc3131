//! Const-eval primitives: one native memcpy a fragment, comparisons in wide strides.
//!
//! Scanning a byte costs the const interpreter 3.5 µs and a memcpy of any length 5.5 µs, so everything here works on whole
//! fragments (`docs/decisions/0001-const-schema.md`).

/// Writes fragments one after the other into an array whose length was computed before.
///
/// It borrows a slice and not an array of `N` bytes: everything that is generic over a length is looked up again for each event.
pub(crate) struct Writer<'b> {
    bytes: &'b mut [u8],
    at: usize,
}

impl<'b> Writer<'b> {
    pub(crate) const fn new(bytes: &'b mut [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    pub(crate) const fn bytes(&mut self, part: &[u8]) {
        assert!(
            self.at + part.len() <= self.bytes.len(),
            "audit[A0699]: a bug in audit-core: a schema is longer than was computed"
        );
        // SAFETY: `part` is readable for its length, the destination was just checked to lie within `self.bytes`, and the two
        // can't overlap because `self.bytes` is borrowed mutably.
        unsafe { core::ptr::copy_nonoverlapping(part.as_ptr(), self.bytes.as_mut_ptr().add(self.at), part.len()) };
        self.at += part.len();
    }

    pub(crate) const fn str(&mut self, part: &str) {
        self.bytes(part.as_bytes());
    }

    pub(crate) const fn u32(&mut self, number: u32) {
        self.bytes(&number.to_le_bytes());
    }

    pub(crate) const fn decimal(&mut self, number: u32) {
        let (text, from) = decimal(number as usize);
        self.bytes(part(&text, from, text.len() - from));
    }

    /// All of it must have been written: less would be a bug of ours.
    pub(crate) const fn finish(self) {
        assert!(self.at == self.bytes.len(), "audit[A0699]: a bug in audit-core: a schema is shorter than was computed");
    }
}

/// A number's decimal digits, and where in the array they begin.
pub(crate) const fn decimal(number: usize) -> ([u8; 20], usize) {
    let mut text = [0; 20];
    let mut at = text.len();
    let mut rest = number;
    loop {
        at -= 1;
        #[expect(clippy::cast_possible_truncation, reason = "a digit")]
        let digit = (rest % 10) as u8;
        text[at] = b'0' + digit;
        rest /= 10;
        if rest == 0 {
            return (text, at);
        }
    }
}

/// Whether two byte strings are equal, 128 bytes a turn.
pub(crate) const fn equal(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at + 128 <= a.len() {
        // SAFETY: both slices have at least `at + 128` bytes, and any bytes are valid `u128`s.
        let (left, right) = unsafe { (read_wide(a.as_ptr().add(at)), read_wide(b.as_ptr().add(at))) };
        let mut i = 0;
        let mut difference = 0;
        while i < 8 {
            difference |= left[i] ^ right[i];
            i += 1;
        }
        if difference != 0 {
            return false;
        }
        at += 128;
    }
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// # Safety
/// 128 bytes must be readable at `from`.
const unsafe fn read_wide(from: *const u8) -> [u128; 8] {
    let mut wide = [0_u128; 8];
    // SAFETY: the caller vouches for the source; the destination is 128 bytes of plain integers.
    unsafe { core::ptr::copy_nonoverlapping(from, wide.as_mut_ptr().cast::<u8>(), 128) };
    wide
}

pub(crate) const fn str_equal(a: &str, b: &str) -> bool {
    equal(a.as_bytes(), b.as_bytes())
}

/// Byte order: less than 0, 0, or more.
pub(crate) const fn compare(a: &[u8], b: &[u8]) -> i8 {
    let mut i = 0;
    while i < a.len() && i < b.len() {
        if a[i] != b[i] {
            return if a[i] < b[i] { -1 } else { 1 };
        }
        i += 1;
    }
    if a.len() == b.len() {
        0
    } else if a.len() < b.len() {
        -1
    } else {
        1
    }
}

/// `bytes[from..from + len]`, which slicing can't do in a constant.
pub(crate) const fn part(bytes: &[u8], from: usize, len: usize) -> &[u8] {
    bytes.split_at(from).1.split_at(len).0
}

/// How many decimal digits `number` has.
pub(crate) const fn digits(number: u32) -> usize {
    match number.checked_ilog10() {
        Some(log) => log as usize + 1,
        None => 1,
    }
}

/// # Safety
/// `bytes` must be UTF-8. Everything that is passed here was put together from whole `str`s.
pub(crate) const unsafe fn as_str(bytes: &'static [u8]) -> &'static str {
    // SAFETY: passed on to the caller.
    unsafe { core::str::from_utf8_unchecked(bytes) }
}
