//! The schema as a compile-time constant: what the derives describe, how it is written, stored and compared.
//!
//! ```text
//! ValueType ─┐
//! Entry ─────┼─ Slots (sorted, counted) ─ canonical JSON ─ record ─ artifact ─ read
//! EntitySchema ┘                              └──── drift: the committed file
//! ```

pub(crate) mod bytes;
pub(crate) mod canonical;
pub(crate) mod drift;
pub(crate) mod entity;
pub(crate) mod entry;
pub(crate) mod event;
pub(crate) mod message;
pub mod record;
pub(crate) mod value_type;

pub use entity::EntitySchema;
pub use entry::Keys;
pub use value_type::{JsonType, ValueType};
