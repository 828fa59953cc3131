//! Const-eval primitives: one native memcpy a fragment, comparisons in wide strides.
//!
//! The const interpreter pays for statements and calls, and hardly for a memcpy's length, so everything here works on whole fragments and
//! calls little of the standard library: `split_at` costs 90 µs, a pointer and a length 6 µs, and `len` is two calls where
//! `size_of_val` is one (`docs/decisions/0001-const-schema.md`).

/// Writes fragments one after the other into an array whose length was computed before.
///
/// It borrows a slice and not an array of `N` bytes: everything that is generic over a length is looked up again for each event.
pub(crate) struct Writer<'b> {
    to: &'b mut [u8],
    /// The length of `to`.
    len: usize,
    at: usize,
}

impl<'b> Writer<'b> {
    pub(crate) const fn new(bytes: &'b mut [u8]) -> Self {
        Self {
            len: size_of_val(bytes),
            to: bytes,
            at: 0,
        }
    }

    #[expect(
        clippy::ptr_as_ptr,
        reason = "a call costs the interpreter more than a cast"
    )]
    pub(crate) const fn bytes(&mut self, part: &[u8]) {
        let len = size_of_val(part);
        let end = self.at + len;
        assert!(
            end <= self.len,
            "audit[A0699]: a bug in audit-core: a schema is longer than was computed"
        );
        let to = &raw mut *self.to;
        // SAFETY: `part` is readable for its length, the destination was just checked to lie within what `self.to` borrows mutably,
        // and so the two can't overlap. The pointers are those of the whole slices.
        unsafe {
            core::ptr::copy_nonoverlapping(
                &raw const *part as *const u8,
                &raw mut (*to)[self.at],
                len,
            );
        };
        self.at = end;
    }

    /// `part[from..to]`
    pub(crate) const fn range(&mut self, part: &[u8], from: usize, to: usize) {
        if from == to {
            return;
        }
        assert!(
            from < to && to <= size_of_val(part),
            "audit[A0699]: a bug in audit-core: a range is wrong"
        );
        let end = self.at + (to - from);
        assert!(
            end <= self.len,
            "audit[A0699]: a bug in audit-core: a schema is longer than was computed"
        );
        let part = &raw const *part;
        let out = &raw mut *self.to;
        // SAFETY: the range was just checked to lie within `part`, and its destination as in `bytes`.
        unsafe {
            core::ptr::copy_nonoverlapping(
                &raw const (*part)[from],
                &raw mut (*out)[self.at],
                to - from,
            );
        };
        self.at = end;
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
        assert!(
            self.at == self.len,
            "audit[A0699]: a bug in audit-core: a schema is shorter than was computed"
        );
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
#[expect(
    clippy::ptr_as_ptr,
    reason = "a call costs the interpreter more than a cast"
)]
pub(crate) const fn equal(a: &[u8], b: &[u8]) -> bool {
    let len = size_of_val(a);
    if len != size_of_val(b) {
        return false;
    }
    if len < WIDE {
        return equal_narrow(a, b);
    }
    let (a, b) = (&raw const *a, &raw const *b);
    let mut at = 0;
    loop {
        // SAFETY: both slices have at least `at + WIDE` bytes, and any bytes are valid numbers.
        let Wide([a0, a1, a2, a3, a4, a5, a6, a7]) =
            unsafe { *(&raw const (*a)[at] as *const Wide) };
        // SAFETY: as before.
        let Wide([b0, b1, b2, b3, b4, b5, b6, b7]) =
            unsafe { *(&raw const (*b)[at] as *const Wide) };
        // Written out: a loop costs the interpreter more than the comparisons.
        if a0 != b0
            || a1 != b1
            || a2 != b2
            || a3 != b3
            || a4 != b4
            || a5 != b5
            || a6 != b6
            || a7 != b7
        {
            return false;
        }
        if at + WIDE == len {
            return true;
        }
        at = if at + 2 * WIDE <= len {
            at + WIDE
        } else {
            len - WIDE
        };
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
    let (left, right) = (size_of_val(a), size_of_val(b));
    let shorter = if left < right { left } else { right };
    let mut i = 0;
    while i < shorter {
        if a[i] != b[i] {
            return if a[i] < b[i] { -1 } else { 1 };
        }
        i += 1;
    }
    if left == right {
        0
    } else if left < right {
        -1
    } else {
        1
    }
}

/// `bytes[from..from + len]`, which slicing can't do in a constant.
pub(crate) const fn part(bytes: &[u8], from: usize, len: usize) -> &[u8] {
    let all = size_of_val(bytes);
    assert!(
        from <= all && len <= all - from,
        "audit[A0699]: a bug in audit-core: a part is wrong"
    );
    if len == 0 {
        return &[];
    }
    let bytes = &raw const *bytes;
    // SAFETY: the part was just checked to lie within `bytes`.
    unsafe { core::slice::from_raw_parts(&raw const (*bytes)[from], len) }
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
