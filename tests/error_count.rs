//! One mistake, one error: on the expected line, in our words, and the same under `cargo check` and `cargo build`.
//!
//! Each file in `error_count/cases` is a module of one generated crate. A line that ends in `//~` is where one error is expected;
//! `//~2` expects two, `//~^` expects it on the line above.

#[path = "error_count/runner.rs"]
mod runner;

#[test]
fn one_error_a_mistake() {
    runner::run("cases");
}
