//! What compilers say of crates that use the derives: each test builds packages of its own. One program, so that their builds run side by
//! side.

mod cascade;
mod diagnostics;
mod drift;
mod error_count;
mod formats;
mod neighbours;
mod soup;
mod ui;
