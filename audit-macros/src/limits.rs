//! The numbers that the derives need, for errors on the wrong token. Their home, with units and sources, is `audit-core/src/limits.rs`;
//! a test holds the two together, because a derive can't depend on the crate that exports it.

/// Keys in one metadata object.
pub const METADATA_KEYS: usize = 50;
/// Characters in a metadata key.
pub const KEY_CHARS: usize = 40;
/// Characters in a metadata string.
pub const VALUE_CHARS: u16 = 500;
