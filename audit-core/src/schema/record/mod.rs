//! The record that an event type leaves in the artifact: what it says and how it is framed. Writer and reader side by side.
//!
//! A record is a magic, a format number, a length, and parts. A part is a tag (1 byte), a length (4 bytes, little endian) and as
//! many bytes. The parts of one event, in this order:
//!
//! ```text
//! EVENT{attributes}  BODY{canonical JSON}
//! ACTOR  entity…  END
//! TARGET{attributes}  entity…  END          one a target field
//! ROOT  field…  END
//!
//! entity   = ENTITY{attributes}  (field… | entity…)  END
//! field    = FIELD{attributes}  TYPE{JSON type, flags, max_len (2 bytes), bounds (2 bytes)}  VARIANT{attributes}…
//! ```
//!
//! Attributes are parts themselves. A reader skips attributes and parts whose tags it doesn't know; whatever would make that wrong
//! raises [`FORMAT`].

#[cfg(feature = "tooling")]
mod model;
#[cfg(feature = "tooling")]
pub mod read;
pub(crate) mod write;

/// What a record begins with.
pub const MAGIC: [u8; 16] = *b"\x7fAUDIT\0EVENT\0\x01\x02\x03";

/// The format that this version of the crate writes.
pub const FORMAT: u32 = 1;

/// The name of the ELF note that frames a record, in whatever section it is.
pub const NOTE_NAME: [u8; 8] = *b"AUDIT\0\0\0";

/// The sections that hold records: ELF and COFF, Mach-O, and ELF where the compiler is older than Rust 1.90.
pub const SECTIONS: [&str; 3] = [".auditev", "__audit_ev", ".note.audit"];

/// What a part is.
#[allow(missing_docs, reason = "the grammar above says it")]
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

/// What an attribute of a part is. The derives write these; `audit-macros/src/expand/note.rs` has the same numbers.
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
