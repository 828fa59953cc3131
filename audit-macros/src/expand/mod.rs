//! Turns what is legal into code: one generated part a file. Nothing here can fail, and nothing decides a rule.

pub mod entity;
pub mod event;
pub mod fallback;
pub mod metadata;
pub mod type_probes;
pub mod value;

mod block;
mod bounds;
mod builder;
mod checks;
mod drift;
mod encode;
mod entries;
#[cfg(feature = "schemars")]
mod json_schema;
mod keys;
mod note;
mod record;
mod setter;
mod split;
