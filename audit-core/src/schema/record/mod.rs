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

pub use audit_rules::record::{FORMAT, MAGIC, NOTE_NAME, SECTIONS, attribute, tag};
