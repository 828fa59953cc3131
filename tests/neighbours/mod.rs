//! Generated code in the neighbourhoods that it may come into: crates outside the workspace, each compiled by a plain `rustc`.

mod advice;
mod consumer;
mod lints;
mod names;
mod types_of_macros;
