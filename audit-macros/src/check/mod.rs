//! Judges what was written: one family of rules a file. All errors are collected; only what has none becomes the model.

mod action;
pub mod entity;
pub mod event;
pub mod field;
pub mod item;
mod keys;
pub mod metadata;
mod roles;
pub mod setters;
pub mod value;
