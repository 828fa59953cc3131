//! How results are printed: one format a file.

pub mod differences;
pub mod findings;
mod github;
pub mod json;
pub mod registration;
mod sarif;
pub mod table;
