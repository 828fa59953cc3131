//! Decides what the schema says of one metadata value: its JSON type, its limits, whether it may be left out.

use crate::limits::{MAX_SAFE_INTEGER, MIN_SAFE_INTEGER, VALUE_CHARS};

/// The JSON types a metadata value can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum JsonType {
    /// `"string"`
    String = 0,
    /// `"integer"`
    Integer = 1,
    /// `"number"`
    Number = 2,
    /// `"boolean"`
    Boolean = 3,
}

/// What the schema says of one metadata value.
///
/// A hand-written [`AuditValue`](crate::AuditValue) makes one with the constructors below; they check what they are given, so
/// that a wrong limit stops the build.
#[derive(Clone, Copy, Debug)]
pub struct ValueType {
    pub(crate) json: JsonType,
    /// Text that `max_len` and `truncate` may limit (an enum isn't).
    pub(crate) text: bool,
    /// Characters; 0 where the type sets no limit of its own.
    pub(crate) max_len: u16,
    pub(crate) optional: bool,
    /// A derive failed somewhere below: the error has been reported, what depends on it stays quiet.
    pub(crate) broken: bool,
    /// An `Option` inside an `Option`: which of the two is missing couldn't be told.
    pub(crate) nested_option: bool,
    /// Bounds of an integer.
    pub(crate) min: i64,
    pub(crate) max: i64,
    /// `"enum": ["a", "b"], `, or nothing.
    pub(crate) enum_json: &'static str,
    /// The enum's values and their docs, as record parts.
    pub(crate) variants: &'static [u8],
}

impl ValueType {
    const fn of(json: JsonType) -> Self {
        Self {
            json,
            text: false,
            max_len: 0,
            optional: false,
            broken: false,
            nested_option: false,
            min: MIN_SAFE_INTEGER,
            max: MAX_SAFE_INTEGER,
            enum_json: "",
            variants: &[],
        }
    }

    /// Free text: at most 500 characters, which is checked when the event is built.
    pub const fn string() -> Self {
        Self { text: true, ..Self::of(JsonType::String) }
    }

    /// Text of at most `max_len` characters (Unicode code points).
    ///
    /// # Panics
    /// When `max_len` is 0 or over 500: in a constant, where this belongs, that is a compile error.
    pub const fn text(max_len: u16) -> Self {
        assert!(max_len >= 1 && max_len <= VALUE_CHARS, "audit[A0205]: a text's limit is 1 to 500 characters");
        Self { text: true, max_len, ..Self::of(JsonType::String) }
    }

    /// An integer from `min` to `max`, both narrowed to ±(2^53 − 1).
    pub const fn integer(min: i64, max: i64) -> Self {
        let min = if min < MIN_SAFE_INTEGER { MIN_SAFE_INTEGER } else { min };
        let max = if max > MAX_SAFE_INTEGER { MAX_SAFE_INTEGER } else { max };
        Self { min, max, ..Self::of(JsonType::Integer) }
    }

    /// A finite number.
    pub const fn number() -> Self {
        Self::of(JsonType::Number)
    }

    /// `true` or `false`.
    pub const fn boolean() -> Self {
        Self::of(JsonType::Boolean)
    }

    /// The same value, or none: the key is left out of `required`.
    #[must_use]
    pub const fn optional(self) -> Self {
        Self { optional: true, nested_option: self.nested_option || self.optional, ..self }
    }

    /// A closed enum from its rendered parts; only `derive(AuditValue)` calls it.
    #[doc(hidden)]
    pub const fn __enumeration(enum_json: &'static str, variants: &'static [u8]) -> Self {
        Self { enum_json, variants, ..Self::of(JsonType::String) }
    }

    /// An open enum: a string with values that may grow, so it has no limit to promise.
    #[doc(hidden)]
    pub const fn __open_enumeration() -> Self {
        Self::of(JsonType::String)
    }

    /// What a failed derive leaves behind.
    #[doc(hidden)]
    pub const fn __broken() -> Self {
        Self { broken: true, ..Self::of(JsonType::String) }
    }

    /// `max_len = N` or `truncate = N`: the smaller limit wins.
    #[doc(hidden)]
    #[must_use]
    pub const fn __limited(self, max_len: u16) -> Self {
        let max_len = if self.max_len != 0 && self.max_len < max_len { self.max_len } else { max_len };
        Self { max_len, ..self }
    }

    /// `strings = "truncate"`: text without a limit of its own gets the service's.
    #[doc(hidden)]
    #[must_use]
    pub const fn __cut_if_free(self) -> Self {
        if self.text && self.max_len == 0 { Self { max_len: VALUE_CHARS, ..self } } else { self }
    }

    /// Whether `max_len` and `truncate` make sense on it. Broken types pass: their error has been reported.
    pub(crate) const fn is_text(&self) -> bool {
        self.text || self.broken
    }
}
