//! Decides what the schema says of one metadata value: its JSON type, its limits, whether it may be left out.

pub(crate) use audit_rules::record::flag;
use audit_rules::record::{JsonType, range};

use super::bytes::equal;
use crate::limits::{MAX_SAFE_INTEGER, MIN_SAFE_INTEGER, VALUE_CHARS};

/// The JSON Schema of one metadata value.
///
/// A hand-written [`AuditValue`](crate::AuditValue) makes one with the constructors below; they check what they are given, so
/// that a wrong limit stops the build.
#[derive(Clone, Copy, Debug)]
pub struct ValueType {
    // Few fields, each a scalar: the compiler validates every one of them for every type of every event.
    /// From the lowest byte: the JSON type, the flags, the limit in characters (2 bytes; 0 where the type sets none of its own), the kind of
    /// an integer's range, its bits. Records hold the same bytes, and the derives compare the whole with what a type's tokens promise.
    pub(crate) code: u64,
    /// The bounds of [`range::CUSTOM`].
    min: i64,
    max: i64,
    pub(crate) values: Option<&'static Values>,
}

/// A closed enum's values.
#[derive(Clone, Copy, Debug)]
#[doc(hidden)]
pub struct Values {
    /// What closes the property's line: `"enum": ["a", "b"], "type": "string"}`
    pub json: &'static str,
    /// The values and their docs, as record parts.
    pub notes: &'static [u8],
}

// Where the parts of a code begin, in bits.
const FLAGS_AT: u32 = 8;
const MAX_LEN_AT: u32 = 16;
const RANGE_AT: u32 = 32;
const BITS_AT: u32 = 40;

#[expect(
    clippy::cast_possible_truncation,
    reason = "the parts of a code are cut out of it"
)]
impl ValueType {
    const fn of(json: JsonType, flags: u8) -> Self {
        Self {
            code: json as u64 | (flags as u64) << FLAGS_AT,
            min: 0,
            max: 0,
            values: None,
        }
    }

    const fn integer_of(range: u8, bits: u8) -> Self {
        Self {
            code: JsonType::Integer as u64 | (range as u64) << RANGE_AT | (bits as u64) << BITS_AT,
            ..Self::of(JsonType::Integer, 0)
        }
    }

    const fn with_flags(self, flags: u8) -> Self {
        Self {
            code: self.code | (flags as u64) << FLAGS_AT,
            ..self
        }
    }

    const fn with_max_len(self, max_len: u16) -> Self {
        Self {
            code: self.code & !(0xFFFF << MAX_LEN_AT) | (max_len as u64) << MAX_LEN_AT,
            ..self
        }
    }

    /// Free text: at most 500 characters, which is checked when the event is built.
    pub const fn string() -> Self {
        Self::of(JsonType::String, flag::TEXT)
    }

    /// Text of at most `max_len` characters (Unicode code points).
    ///
    /// # Panics
    /// When `max_len` is 0 or over 500: in a constant, where this belongs, that is a compile error.
    pub const fn text(max_len: u16) -> Self {
        assert!(
            max_len >= 1 && max_len <= VALUE_CHARS,
            "audit[A0205]: a text's limit is 1 to 500 characters (cargo audit-schema explain A0205)"
        );
        Self::string().with_max_len(max_len)
    }

    /// An integer from `min` to `max`, both narrowed to ±(2^53 − 1). The registered schema has `integer` alone: the bounds are
    /// in the schema of the whole event and in rendered docs, and aren't checked when an event is built.
    pub const fn integer(min: i64, max: i64) -> Self {
        let min = if min < MIN_SAFE_INTEGER {
            MIN_SAFE_INTEGER
        } else {
            min
        };
        let max = if max > MAX_SAFE_INTEGER {
            MAX_SAFE_INTEGER
        } else {
            max
        };
        Self {
            min,
            max,
            ..Self::integer_of(range::CUSTOM, 0)
        }
    }

    /// `Text<N>`, of which `N` may be anything.
    pub(crate) const fn text_of(max_len: usize) -> Self {
        if max_len >= 1 && max_len <= VALUE_CHARS as usize {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "compared in the line before"
            )]
            Self::text(max_len as u16)
        } else {
            Self::of(JsonType::String, flag::TEXT | flag::BAD_LIMIT)
        }
    }

    pub(crate) const fn unsigned(bits: u8, from: u8) -> Self {
        Self::integer_of(
            if from == 0 {
                range::UNSIGNED
            } else {
                range::POSITIVE
            },
            bits,
        )
    }

    pub(crate) const fn signed(bits: u8) -> Self {
        if bits > 32 {
            Self::integer_of(range::SAFE, 0)
        } else {
            Self::integer_of(range::SIGNED, bits)
        }
    }

    /// A finite number.
    pub const fn number() -> Self {
        Self::of(JsonType::Number, 0)
    }

    /// `true` or `false`.
    pub const fn boolean() -> Self {
        Self::of(JsonType::Boolean, 0)
    }

    /// The same value, or none: the key is left out of `required`.
    #[must_use]
    pub const fn optional(self) -> Self {
        let nested = if self.is(flag::OPTIONAL) {
            flag::NESTED_OPTION
        } else {
            0
        };
        self.with_flags(flag::OPTIONAL | nested)
    }

    /// A closed enum from its rendered parts; only `derive(AuditValue)` calls it.
    #[doc(hidden)]
    pub const fn __enumeration(values: &'static Values) -> Self {
        Self {
            values: Some(values),
            ..Self::of(JsonType::String, flag::ENUM)
        }
    }

    /// An open enum: a string with values that may grow, so it has no limit to promise.
    #[doc(hidden)]
    pub const fn __open_enumeration() -> Self {
        Self::of(JsonType::String, 0)
    }

    /// What a failed derive leaves behind.
    #[doc(hidden)]
    pub const fn __broken() -> Self {
        Self::of(JsonType::String, flag::BROKEN)
    }

    /// `max_len = N` or `truncate = N`: the smaller limit wins.
    #[doc(hidden)]
    #[must_use]
    pub const fn __limited(self, max_len: u16) -> Self {
        if self.max_len() == 0 {
            self.with_max_len(max_len).with_flags(flag::LIMITED)
        } else if max_len < self.max_len() {
            self.with_max_len(max_len).with_flags(flag::NARROWED)
        } else {
            self
        }
    }

    /// A limit on what isn't text.
    #[must_use]
    pub(crate) const fn wrongly_limited(self) -> Self {
        self.with_flags(flag::BAD_LIMIT)
    }

    /// `strings = "truncate"`: text without a limit of its own gets the service's.
    #[must_use]
    pub(crate) const fn cut_if_free(self) -> Self {
        if self.is(flag::TEXT) && self.max_len() == 0 {
            self.with_max_len(VALUE_CHARS)
        } else {
            self
        }
    }

    pub(crate) const fn json(&self) -> JsonType {
        match self.code as u8 {
            0 => JsonType::String,
            1 => JsonType::Integer,
            2 => JsonType::Number,
            _ => JsonType::Boolean,
        }
    }

    /// Characters; 0 where the type sets no limit of its own.
    pub(crate) const fn max_len(&self) -> u16 {
        (self.code >> MAX_LEN_AT) as u16
    }

    /// One of [`range`].
    const fn range(&self) -> u8 {
        (self.code >> RANGE_AT) as u8
    }

    /// The bounds of an integer that has its own.
    pub(crate) const fn custom_bounds(&self) -> Option<(i64, i64)> {
        if self.range() == range::CUSTOM {
            Some((self.min, self.max))
        } else {
            None
        }
    }

    pub(crate) const fn is(&self, flag: u8) -> bool {
        (self.code >> FLAGS_AT) as u8 & flag != 0
    }

    /// Whether `max_len` and `truncate` make sense on it. Broken types pass: their error has been reported.
    pub(crate) const fn is_text(&self) -> bool {
        self.is(flag::TEXT | flag::BROKEN)
    }

    /// Whether no value of the type can be rejected when an event is built.
    pub(crate) const fn never_rejected(&self) -> bool {
        match self.json() {
            JsonType::Boolean => true,
            JsonType::Number => false,
            JsonType::Integer => match self.range() {
                range::SAFE => false,
                range::CUSTOM => self.min > MIN_SAFE_INTEGER && self.max < MAX_SAFE_INTEGER,
                _ => (self.code >> BITS_AT) as u8 <= 32,
            },
            JsonType::String => {
                !self.is(flag::TEXT)
                    || (self.max_len() != 0 && !self.is(flag::LIMITED | flag::NARROWED))
            }
        }
    }

    /// Whether two types render the same property.
    pub(crate) const fn renders_like(&self, other: &Self) -> bool {
        let same_values = match (self.values, other.values) {
            (None, None) => true,
            (Some(one), Some(other)) => equal(one.json.as_bytes(), other.json.as_bytes()),
            _ => false,
        };
        self.json() as u8 == other.json() as u8 && self.max_len() == other.max_len() && same_values
    }
}
