//! How results are printed: one format a file.

pub mod differences;
pub mod findings;
mod github;
pub mod json;
mod sarif;
pub mod table;
