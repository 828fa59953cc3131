//! Const-eval primitives: one native memcpy a fragment, comparisons in wide strides.
//!
//! The const interpreter pays for statements and calls, and hardly for a memcpy's length, so everything here works on whole fragments and
//! calls little of the standard library: `split_at` costs 90 µs, a pointer and a length 6 µs (`docs/decisions/0001-const-schema.md`).

use core::marker::PhantomData;

/// Writes fragments one after the other into an array whose length was computed before.
///
/// It borrows a slice and not an array of `N` bytes: everything that is generic over a length is looked up again for each event.
pub(crate) struct Writer<'b> {
    to: *mut u8,
    at: usize,
    len: usize,
    bytes: PhantomData<&'b mut [u8]>,
}

impl<'b> Writer<'b> {
    pub(crate) const fn new(bytes: &'b mut [u8]) -> Self {
        Self { to: bytes.as_mut_ptr(), at: 0, len: bytes.len(), bytes: PhantomData }
    }

    pub(crate) const fn bytes(&mut self, part: &[u8]) {
        let len = part.len();
        assert!(len <= self.len - self.at, "audit[A0699]: a bug in audit-core: a schema is longer than was computed");
        // SAFETY: `part` is readable for its length, the destination was just checked to lie within what `self.bytes` borrows mutably,
        // and so the two can't overlap.
        unsafe { core::ptr::copy_nonoverlapping(part.as_ptr(), self.to.wrapping_add(self.at), len) };
        self.at += len;
    }

    /// `part[from..to]`
    pub(crate) const fn range(&mut self, part: &[u8], from: usize, to: usize) {
        assert!(
            from <= to && to <= part.len() && to - from <= self.len - self.at,
            "audit[A0699]: a bug in audit-core: a range is wrong"
        );
        // SAFETY: the range was just checked to lie within `part`, and its destination as in `bytes`.
        unsafe {
            core::ptr::copy_nonoverlapping(part.as_ptr().wrapping_add(from), self.to.wrapping_add(self.at), to - from);
        };
        self.at += to - from;
    }

    pub(crate) const fn str(&mut self, part: &str) {
        self.bytes(part.as_bytes());
    }

    pub(crate) const fn u32(&mut self, number: u32) {
        self.bytes(&number.to_le_bytes());
    }

    pub(crate) const fn decimal(&mut self, number: u32) {
        let (text, from) = decimal(number as usize);
        self.range(&text, from, text.len());
    }

    /// All of it must have been written: less would be a bug of ours.
    pub(crate) const fn finish(self) {
        assert!(self.at == self.len, "audit[A0699]: a bug in audit-core: a schema is shorter than was computed");
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

/// Whether two byte strings are equal, 128 bytes a turn. The last turn goes over some bytes again, because bytes one by one are what costs.
pub(crate) const fn equal(a: &[u8], b: &[u8]) -> bool {
    let len = a.len();
    if len != b.len() {
        return false;
    }
    if len < WIDE {
        return equal_narrow(a, b);
    }
    let mut at = 0;
    loop {
        // SAFETY: both slices have at least `at + WIDE` bytes, and any bytes are valid numbers.
        let (left, right) = unsafe { (*a.as_ptr().wrapping_add(at).cast::<Wide>(), *b.as_ptr().wrapping_add(at).cast::<Wide>()) };
        // Written out: a loop costs the interpreter more than the comparisons.
        if left.0[0] != right.0[0]
            || left.0[1] != right.0[1]
            || left.0[2] != right.0[2]
            || left.0[3] != right.0[3]
            || left.0[4] != right.0[4]
            || left.0[5] != right.0[5]
            || left.0[6] != right.0[6]
            || left.0[7] != right.0[7]
        {
            return false;
        }
        if at + WIDE == len {
            return true;
        }
        at = if at + 2 * WIDE <= len { at + WIDE } else { len - WIDE };
    }
}

/// What is compared in one turn, wherever it lies.
#[derive(Clone, Copy)]
#[repr(C, packed)]
struct Wide([u128; 8]);

const WIDE: usize = size_of::<Wide>();

/// The same, byte by byte, for what is shorter.
const fn equal_narrow(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
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
    assert!(from <= bytes.len() && len <= bytes.len() - from, "audit[A0699]: a bug in audit-core: a part is wrong");
    // SAFETY: the part was just checked to lie within `bytes`.
    unsafe { core::slice::from_raw_parts(bytes.as_ptr().wrapping_add(from), len) }
}

/// The same of a text that is ASCII where it is cut.
pub(crate) const fn str_part(text: &'static str, from: usize, len: usize) -> &'static str {
    let bytes = part(text.as_bytes(), from, len);
    assert!(
        bytes.is_empty() || (bytes[0].is_ascii() && bytes[len - 1].is_ascii()),
        "audit[A0699]: a bug in audit-core: a text is cut inside a character"
    );
    // SAFETY: between two ASCII characters of a `str` whole characters lie.
    unsafe { core::str::from_utf8_unchecked(bytes) }
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
