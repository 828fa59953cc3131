//! One mistake, one error: on the expected line, in our words, and the same under `cargo check` and `cargo build`.
//!
//! Each file in `error_count/cases` is a module of one generated crate. A line that ends in `//~` is where one error is expected;
//! `//~2` expects two, `//~^` expects it on the line above.

mod runner;

use runner::Words;

#[test]
fn one_error_a_mistake() {
    runner::run("cases", Words::Ours);
}

/// What is plainly rustc's, a missing `Display` or a wrong argument, is still one error on the right line.
#[test]
fn rustc_errors_stand_at_the_field() {
    runner::run("rustc_words", Words::Rustcs);
}

/// What `tests/ui` has word for word is said by every command.
#[test]
fn the_same_errors_under_check_build_and_clippy() {
    let families = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("ui");
    runner::same_under_all_commands(&families);
}

/// What rustc writes around them changes with its version; `.ci/msrv newest` runs this with a newer one.
#[test]
fn our_words_are_those_of_the_expectations() {
    let families = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("ui");
    runner::our_words(&families);
}

/// clippy evaluates constants that rustc doesn't; it once crashed where one pointed into a static.
#[test]
fn clippy_reads_the_constants() {
    runner::clippy("clippy");
}
