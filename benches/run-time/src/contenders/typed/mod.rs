//! Ours: derived, built and checked.

pub mod borrowed;
pub mod owned;
