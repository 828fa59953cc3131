//! A file that rustc finds beside this one, and that a macro of another folder names: the derive looks beside the macro.

#[macro_use]
#[path = "elsewhere/described.rs"]
mod elsewhere;

described!();

fn main() {}
