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
///
/// Few fields, each a scalar: the compiler validates every one of them for every key of every event.
#[derive(Clone, Copy, Debug)]
pub struct ValueType {
    pub(crate) json: JsonType,
    pub(crate) flags: u8,
    /// Characters; 0 where the type sets no limit of its own.
    pub(crate) max_len: u16,
    pub(crate) range: Range,
    pub(crate) values: Option<&'static Values>,
}

/// What else there is to say of a type. The first three are written into records.
pub(crate) mod flag {
    /// It may be left out.
    pub(crate) const OPTIONAL: u8 = 1;
    /// Text that `max_len` and `truncate` may limit (an enum isn't).
    pub(crate) const TEXT: u8 = 2;
    /// A closed enum.
    pub(crate) const ENUM: u8 = 4;
    /// A derive failed somewhere below: the error has been reported, what depends on it stays quiet.
    pub(crate) const BROKEN: u8 = 8;
    /// An `Option` inside an `Option`: which of the two is missing couldn't be told.
    pub(crate) const NESTED_OPTION: u8 = 16;
    /// An attribute's limit is smaller than the type's own.
    pub(crate) const NARROWED: u8 = 32;
    /// Free text with an attribute's limit.
    pub(crate) const LIMITED: u8 = 64;
    /// A limit outside 1 to 500, as only `Text<N>` behind an alias can have.
    pub(crate) const BAD_LIMIT: u8 = 128;
    /// What keeps a schema from being rendered.
    pub(crate) const WRONG: u8 = BROKEN | NESTED_OPTION | BAD_LIMIT;
}

/// An integer's bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Range {
    /// ±(2^53 − 1), or not an integer.
    Safe,
    /// From 0 or 1 to 2^8 − 1, 2^16 − 1, 2^32 − 1, 2^53 − 1.
    Unsigned {
        bits: u8,
        from: u8,
    },
    /// The bounds of `i8`, `i16`, `i32`.
    Signed {
        bits: u8,
    },
    Custom {
        min: i64,
        max: i64,
    },
}

/// A closed enum's values.
#[derive(Clone, Copy, Debug)]
#[doc(hidden)]
pub struct Values {
    /// `"enum": ["a", "b"], `
    pub json: &'static str,
    /// The values and their docs, as record parts.
    pub notes: &'static [u8],
}

impl ValueType {
    const fn of(json: JsonType, flags: u8) -> Self {
        Self { json, flags, max_len: 0, range: Range::Safe, values: None }
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
        assert!(max_len >= 1 && max_len <= VALUE_CHARS, "audit[A0205]: a text's limit is 1 to 500 characters");
        Self { max_len, ..Self::string() }
    }

    /// An integer from `min` to `max`, both narrowed to ±(2^53 − 1).
    pub const fn integer(min: i64, max: i64) -> Self {
        let min = if min < MIN_SAFE_INTEGER { MIN_SAFE_INTEGER } else { min };
        let max = if max > MAX_SAFE_INTEGER { MAX_SAFE_INTEGER } else { max };
        Self { range: Range::Custom { min, max }, ..Self::of(JsonType::Integer, 0) }
    }

    /// `Text<N>`, of which `N` may be anything.
    pub(crate) const fn text_of(max_len: usize) -> Self {
        if max_len >= 1 && max_len <= VALUE_CHARS as usize {
            #[expect(clippy::cast_possible_truncation, reason = "compared in the line before")]
            Self::text(max_len as u16)
        } else {
            Self::of(JsonType::String, flag::TEXT | flag::BAD_LIMIT)
        }
    }

    pub(crate) const fn unsigned(bits: u8, from: u8) -> Self {
        Self { range: Range::Unsigned { bits, from }, ..Self::of(JsonType::Integer, 0) }
    }

    pub(crate) const fn signed(bits: u8) -> Self {
        let range = if bits > 32 { Range::Safe } else { Range::Signed { bits } };
        Self { range, ..Self::of(JsonType::Integer, 0) }
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
        let nested = if self.is(flag::OPTIONAL) { flag::NESTED_OPTION } else { 0 };
        Self { flags: self.flags | flag::OPTIONAL | nested, ..self }
    }

    /// A closed enum from its rendered parts; only `derive(AuditValue)` calls it.
    #[doc(hidden)]
    pub const fn __enumeration(values: &'static Values) -> Self {
        Self { values: Some(values), ..Self::of(JsonType::String, flag::ENUM) }
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
        if self.max_len == 0 {
            Self { max_len, flags: self.flags | flag::LIMITED, ..self }
        } else if max_len < self.max_len {
            Self { max_len, flags: self.flags | flag::NARROWED, ..self }
        } else {
            self
        }
    }

    /// `strings = "truncate"`: text without a limit of its own gets the service's.
    #[doc(hidden)]
    #[must_use]
    pub const fn __cut_if_free(self) -> Self {
        if self.is(flag::TEXT) && self.max_len == 0 { Self { max_len: VALUE_CHARS, ..self } } else { self }
    }

    pub(crate) const fn is(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// Whether `max_len` and `truncate` make sense on it. Broken types pass: their error has been reported.
    pub(crate) const fn is_text(&self) -> bool {
        self.is(flag::TEXT | flag::BROKEN)
    }

    /// Whether no value of the type can be refused when an event is built.
    pub(crate) const fn never_refused(&self) -> bool {
        match self.json {
            JsonType::Boolean => true,
            JsonType::Number => false,
            JsonType::Integer => match self.range {
                Range::Safe => false,
                Range::Unsigned { bits, .. } | Range::Signed { bits } => bits <= 32,
                Range::Custom { min, max } => min > MIN_SAFE_INTEGER && max < MAX_SAFE_INTEGER,
            },
            JsonType::String => !self.is(flag::TEXT) || (self.max_len != 0 && !self.is(flag::LIMITED | flag::NARROWED)),
        }
    }
}
