//! What compilers say of crates that use the derives: most tests build packages of their own. One program, so that their builds run side by
//! side.

mod cascade;
mod diagnostics;
mod drift;
mod error_count;
mod formats;
mod limits;
mod neighbours;
mod soup;
mod ui;
