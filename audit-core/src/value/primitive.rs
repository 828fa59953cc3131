//! Booleans, numbers and characters as metadata values.

use std::borrow::Cow;
use std::num;

use super::{Bounded, BoundedWhenCut, DisplayBound, setter};
use crate::AuditValue;
use crate::encode::ValueEncoder;
use crate::form::{JoinForm, ValueText};
use crate::schema::ValueType;

/// A value that its setter takes as it is.
macro_rules! value {
    ($type:ty, $schema:expr, |$value:ident, $out:ident| $encode:expr) => {
        impl AuditValue for $type {
            const TYPE: ValueType = $schema;
            type Setter = setter::ByValue;
            #[inline]
            fn encode(&self, $out: ValueEncoder<'_>) {
                let $value = *self;
                $encode
            }
        }
    };
}

/// Nothing about it can be rejected, whether cut or not.
macro_rules! bounded {
    ($($type:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<F, E> Bounded<F, E> for $type {}
        #[diagnostic::do_not_recommend]
        impl<F, E> BoundedWhenCut<F, E> for $type {}
    )*};
}

macro_rules! display_bound {
    ($($type:ty: $max:literal),*) => {$(
        impl DisplayBound for $type {
            const MAX: u16 = $max;
        }
    )*};
}

/// Types with their bits, and the characters that `Display` writes at most.
macro_rules! integers {
    ($method:ident($wide:ty), $range:path: $($type:ident $non_zero:ident $bits:literal $chars:literal,)*) => {$(
        value!($type, $range($bits, 0), |value, out| out.$method(value as $wide));
        value!(num::$non_zero, $range($bits, 1), |value, out| out.$method(value.get() as $wide));
        display_bound!($type: $chars, num::$non_zero: $chars);
    )*};
}

integers! {
    unsigned(u64), ValueType::unsigned:
    u8 NonZeroU8 8 3,
    u16 NonZeroU16 16 5,
    u32 NonZeroU32 32 10,
    u64 NonZeroU64 64 20,
    usize NonZeroUsize 64 20,
}

integers! {
    integer(i64), signed:
    i8 NonZeroI8 8 4,
    i16 NonZeroI16 16 6,
    i32 NonZeroI32 32 11,
    i64 NonZeroI64 64 20,
    isize NonZeroIsize 64 20,
}

/// The range has no gap at 0.
const fn signed(bits: u8, _: u8) -> ValueType {
    ValueType::signed(bits)
}

value!(bool, ValueType::boolean(), |value, out| out.boolean(value));
value!(f64, ValueType::number(), |value, out| out.number(value));
value!(f32, ValueType::number(), |value, out| out.number_f32(value));

/// JSON's digits, `1e+21`, where `Display` writes 22 of them.
macro_rules! number_form {
    ($($type:ty),*) => {$(
        impl JoinForm for $type {
            fn join_text(&self) -> Cow<'_, str> {
                Cow::Owned(zmij::Buffer::new().format(*self).to_owned())
            }
            fn non_finite(&self) -> Option<f64> {
                (!self.is_finite()).then(|| f64::from(*self))
            }
        }
    )*};
}
number_form!(f32, f64);

impl AuditValue for char {
    const TYPE: ValueType = ValueType::text(1);
    type Setter = setter::ByInto;
    #[inline]
    fn encode(&self, out: ValueEncoder<'_>) {
        out.str(self.encode_utf8(&mut [0; 4]));
    }
}

impl ValueText for char {
    fn value_text(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }
}

bounded!(bool, u8, u16, u32, i8, i16, i32, char);
bounded!(
    num::NonZeroU8,
    num::NonZeroU16,
    num::NonZeroU32,
    num::NonZeroI8,
    num::NonZeroI16,
    num::NonZeroI32
);

display_bound!(
    bool: 5, char: 1,
    // `Display` writes no exponents: `-0.`, 307 zeros and 17 digits, or a sign and 39 + 9 for `f32`.
    f64: 327, f32: 57,
    // No value, as the service's numbers end at 2^53, but text of up to this number of digits.
    u128: 39, i128: 40
);

#[cfg(test)]
mod tests {
    use super::*;

    /// The longest texts there are, found by trying the ends of the range and of the precision.
    #[test]
    fn display_bounds_hold() {
        for value in [
            f64::MIN,
            f64::MAX,
            f64::MIN_POSITIVE,
            -f64::MIN_POSITIVE,
            -5e-324,
            -2.225_073_858_507_201e-308,
            -1.234_567_890_123_456_7e-308,
        ] {
            assert!(
                value.to_string().len() <= usize::from(<f64 as DisplayBound>::MAX),
                "{value}"
            );
        }
        for value in [
            f32::MIN,
            f32::MAX,
            -f32::MIN_POSITIVE,
            -1e-45,
            -1.234_567_9e-38,
            -1.175_494_2e-38,
        ] {
            assert!(
                value.to_string().len() <= usize::from(<f32 as DisplayBound>::MAX),
                "{value}"
            );
        }
        assert_eq!(
            i128::MIN.to_string().len(),
            usize::from(<i128 as DisplayBound>::MAX)
        );
        assert_eq!(
            u128::MAX.to_string().len(),
            usize::from(<u128 as DisplayBound>::MAX)
        );
        assert_eq!(
            i64::MIN.to_string().len(),
            usize::from(<i64 as DisplayBound>::MAX)
        );
        assert_eq!(
            u64::MAX.to_string().len(),
            usize::from(<u64 as DisplayBound>::MAX)
        );
    }
}
