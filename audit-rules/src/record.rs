//! The numbers of the record that an event type leaves in the artifact: `audit-core/src/schema/record/mod.rs` has the grammar.

/// What a record begins with.
pub const MAGIC: [u8; 16] = *b"\x7fAUDIT\0EVENT\0\x01\x02\x03";

/// The format of records.
pub const FORMAT: u32 = 1;

/// The name of the ELF note that frames a record, in whatever section it is.
pub const NOTE_NAME: [u8; 8] = *b"AUDIT\0\0\0";

/// The sections that hold records: ELF and COFF, Mach-O, and ELF where the compiler is older than Rust 1.90.
pub const SECTIONS: [&str; 3] = [".auditev", "__audit_ev", ".note.audit"];

/// The tags of parts.
#[allow(missing_docs, reason = "the grammar says it")]
pub mod tag {
    pub const EVENT: u8 = 1;
    pub const BODY: u8 = 2;
    pub const ACTOR: u8 = 3;
    pub const TARGET: u8 = 4;
    pub const ROOT: u8 = 5;
    pub const ENTITY: u8 = 6;
    pub const FIELD: u8 = 7;
    pub const TYPE: u8 = 8;
    pub const VARIANT: u8 = 9;
    pub const END: u8 = 10;
}

/// The tags of a part's attributes.
#[allow(missing_docs, reason = "the names say it")]
pub mod attribute {
    /// An action, a key, an entity's type, an enum's value.
    pub const NAME: u8 = 1;
    /// The declared version, 4 bytes.
    pub const VERSION: u8 = 2;
    /// The Rust name of the type or field.
    pub const RUST_NAME: u8 = 3;
    pub const DOCS: u8 = 4;
    /// As the compiler names it: relative to the workspace for its members.
    pub const FILE: u8 = 5;
    /// 4 bytes, counted from 1.
    pub const LINE: u8 = 6;
    pub const PACKAGE: u8 = 7;
    pub const PACKAGE_VERSION: u8 = 8;
    /// The key that links the events of a split.
    pub const SPLIT: u8 = 9;
    /// The fixed id of a unit variant.
    pub const ID: u8 = 10;
    /// The Rust name of the group that declares a key.
    pub const GROUP: u8 = 11;
    /// A target field that is a list; no content.
    pub const LIST: u8 = 12;
    /// What stands before a group's key where the group was flattened with a prefix.
    pub const PREFIX: u8 = 13;
}

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

impl JsonType {
    /// The type whose code this is.
    pub fn of_code(code: u8) -> Option<Self> {
        let all = [Self::String, Self::Integer, Self::Number, Self::Boolean];
        all.into_iter().find(|json| *json as u8 == code)
    }
}

/// The flags of a value's type. The first three are written into records.
pub mod flag {
    /// It may be left out.
    pub const OPTIONAL: u8 = 1;
    /// Text that `max_len` and `truncate` may limit (an enum isn't).
    pub const TEXT: u8 = 2;
    /// A closed enum.
    pub const ENUM: u8 = 4;
    /// A derive failed somewhere below: the error has been reported, what depends on it stays quiet.
    pub const BROKEN: u8 = 8;
    /// An `Option` inside an `Option`: which of the two is missing couldn't be told.
    pub const NESTED_OPTION: u8 = 16;
    /// An attribute's limit is smaller than the type's own.
    pub const NARROWED: u8 = 32;
    /// Free text with an attribute's limit.
    pub const LIMITED: u8 = 64;
    /// A limit outside 1 to 500, as only `Text<N>` behind an alias can have; or one on what isn't text.
    pub const BAD_LIMIT: u8 = 128;
    /// What keeps a schema from being rendered.
    pub const WRONG: u8 = BROKEN | NESTED_OPTION | BAD_LIMIT;
}

/// The kinds of range that an integer's type can have.
pub mod range {
    /// ±(2^53 − 1), or not an integer.
    pub const SAFE: u8 = 0;
    /// From 0 to 2^8 − 1, 2^16 − 1, 2^32 − 1, 2^53 − 1.
    pub const UNSIGNED: u8 = 1;
    /// The same from 1.
    pub const POSITIVE: u8 = 2;
    /// The bounds of `i8`, `i16`, `i32`.
    pub const SIGNED: u8 = 3;
    /// Bounds of its own.
    pub const CUSTOM: u8 = 4;
}
