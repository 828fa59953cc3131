//! The schema as a compile-time constant: what the derives describe, how it is written, stored and compared.
//!
//! ```text
//! ValueType ─ Keys ─┬───────────────────────────┬─ canonical JSON ─ record ─ artifact ─ read
//! EntitySchema ─────┴─ Merged (sorted, counted) ┘   └──── drift: the committed file
//! ```

pub(crate) mod bytes;
pub(crate) mod canonical;
pub(crate) mod declared;
pub(crate) mod drift;
pub(crate) mod entity;
pub(crate) mod event;
pub(crate) mod fitted;
pub(crate) mod keys;
mod lines;
pub(crate) mod merged;
pub(crate) mod message;
pub mod record;
pub(crate) mod value_type;

pub use audit_rules::conflict;
pub use audit_rules::folder::{action_of, folder_of};
pub use audit_rules::record::JsonType;
pub use entity::EntitySchema;
pub use keys::Keys;
pub use value_type::ValueType;
