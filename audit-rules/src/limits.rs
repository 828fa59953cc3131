//! The limits of the service, each with its unit, and its source where the service publishes one.

/// Keys in one metadata object (`maxProperties` of the service's metadata schema).
pub const METADATA_KEYS: usize = 50;

/// Characters in a metadata key (`^[a-zA-Z0-9_-]{0,40}$` in the service's metadata schema; the empty key is rejected here).
pub const KEY_CHARS: usize = 40;

/// Characters, as Unicode code points, in a metadata string (`maxLength` of the service's metadata schema).
pub const VALUE_CHARS: u16 = 500;

/// Targets that an event needs (`minItems` of the service's event schema).
pub const MIN_TARGETS: usize = 1;

/// Targets that an event may have (`maxItems`, undocumented, seen in production).
pub const MAX_TARGETS: usize = 20;

/// The largest integer that a JavaScript server reads exactly: 2^53 − 1 (`Number.MAX_SAFE_INTEGER`).
pub const MAX_SAFE_INTEGER: i64 = (1 << 53) - 1;

/// The smallest such integer.
pub const MIN_SAFE_INTEGER: i64 = -MAX_SAFE_INTEGER;

/// Whether `key` may name a metadata value: 1 to [`KEY_CHARS`] of `A-Z a-z 0-9 _ -`.
pub fn is_key(key: &str) -> bool {
    (1..=KEY_CHARS).contains(&key.len()) && key.chars().all(is_key_char)
}

/// Whether a metadata key may contain `letter`.
#[doc(hidden)]
pub fn is_key_char(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-')
}

pub use crate::action::{ACTION_CHARS, is_action, is_registered_action};
