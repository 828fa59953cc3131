//! An event's schema in other forms.

pub mod markdown;
pub mod node;
pub mod rust;
