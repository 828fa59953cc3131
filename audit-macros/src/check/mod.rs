//! Judges what was written: one family of rules a file. All errors are collected; only what has none becomes the model.

pub mod entity;
pub mod event;
pub mod field;
pub mod item;
pub mod metadata;
pub mod value;
