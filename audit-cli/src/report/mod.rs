//! How results are printed: one format a file.

pub mod differences;
pub mod findings;
pub mod json;
pub mod table;
