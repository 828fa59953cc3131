//! Values at and beside the limits.

use std::ops::RangeInclusive;

use proptest::prelude::*;
use proptest::sample::select;

/// 2^53 − 1
pub const MAX_SAFE: i64 = (1 << 53) - 1;

/// One character, of any length in UTF-8, or one that JSON escapes.
fn character() -> impl Strategy<Value = char> {
    prop_oneof![
        prop::char::range(' ', '~'),
        prop::char::range('\u{80}', '\u{7ff}'),
        prop::char::range('\u{800}', '\u{d7ff}'),
        prop::char::range('\u{e000}', '\u{ffff}'),
        prop::char::range('\u{10000}', '\u{10ffff}'),
        prop::char::range('\0', '\u{1f}'),
        select(vec![
            '"', '\\', '/', '\u{7f}', '\u{2028}', '\u{feff}', '\u{301}'
        ]),
    ]
}

/// Text that has about `limit` characters, is short, or has one character among others that needn't be escaped. Boxed, because an event
/// has many of them and the stack holds what generates each.
pub fn text(limit: usize) -> BoxedStrategy<String> {
    let mixed = prop::collection::vec(character(), 0..80).prop_map(String::from_iter);
    prop_oneof![6 => repeated(limit), 2 => mixed, 2 => lone(), 1 => any::<String>()].boxed()
}

/// `character` at any place, so that it falls on each end of what is looked at together.
fn lone() -> impl Strategy<Value = String> {
    let around = select(vec!['a', 'é', '🦀']);
    (character(), around, 0..70_usize, 0..70_usize).prop_map(|(lone, around, before, after)| {
        [
            around.to_string().repeat(before),
            lone.into(),
            around.to_string().repeat(after),
        ]
        .concat()
    })
}

fn repeated(limit: usize) -> impl Strategy<Value = String> {
    let length =
        prop_oneof![3 => 0..12_usize, 1 => Just(limit - 1), 1 => Just(limit), 1 => Just(limit + 1)];
    (prop::collection::vec(character(), 1..6), length)
        .prop_map(|(pattern, length)| pattern.iter().cycle().take(length).collect())
}

/// Any text that fits.
pub fn fitting(limit: usize) -> impl Strategy<Value = String> {
    text(limit).prop_map(move |text| text.chars().take(limit).collect())
}

pub fn signed() -> impl Strategy<Value = i64> {
    let ends = vec![
        i64::MIN,
        i64::MAX,
        -MAX_SAFE - 2,
        -MAX_SAFE - 1,
        -MAX_SAFE,
        MAX_SAFE,
        MAX_SAFE + 1,
        MAX_SAFE + 2,
        0,
        -1,
    ];
    prop_oneof![select(ends), any::<i64>(), -1000..1000_i64]
}

pub fn unsigned() -> impl Strategy<Value = u64> {
    let safe = MAX_SAFE.unsigned_abs();
    prop_oneof![
        select(vec![0, safe, safe + 1, safe + 2, 1 << 63, u64::MAX]),
        any::<u64>(),
        0..1000_u64
    ]
}

pub fn float() -> impl Strategy<Value = f64> {
    let special = [
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        0.0,
        -0.0,
        5e-324,
        f64::MIN_POSITIVE,
        f64::MAX,
        f64::MIN,
        1e15,
        1e16,
        1e21,
        0.1,
    ];
    prop_oneof![
        select(special.to_vec()),
        any::<u64>().prop_map(f64::from_bits),
        -1e6..1e6_f64
    ]
}

pub fn single() -> impl Strategy<Value = f32> {
    let special = [
        f32::NAN,
        f32::INFINITY,
        f32::NEG_INFINITY,
        0.0,
        -0.0,
        1e-45,
        f32::MAX,
        16_777_216.0,
        0.1,
    ];
    prop_oneof![
        select(special.to_vec()),
        any::<u32>().prop_map(f32::from_bits)
    ]
}

/// Paths of what breaks a limit, in the order of the event.
#[derive(Default)]
pub struct Expected(Vec<String>);

impl Expected {
    pub fn text(&mut self, path: impl Into<String>, text: &str, limit: usize) -> &mut Self {
        self.unless(path, text.chars().count() <= limit)
    }

    pub fn integer(&mut self, path: &str, number: impl Into<i128>) -> &mut Self {
        let safe: RangeInclusive<i128> = -i128::from(MAX_SAFE)..=i128::from(MAX_SAFE);
        self.unless(path, safe.contains(&number.into()))
    }

    pub fn unless(&mut self, path: impl Into<String>, legal: bool) -> &mut Self {
        if !legal {
            self.0.push(path.into());
        }
        self
    }

    pub fn paths(&mut self) -> Vec<String> {
        std::mem::take(&mut self.0)
    }
}
