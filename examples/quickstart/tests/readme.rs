//! The README's first example is this package's program, word for word.

#[test]
fn the_readme_shows_this_program() {
    let readme = include_str!("../../../README.md").replace("\r\n", "\n");
    let program = include_str!("../src/main.rs").replace("\r\n", "\n");
    assert!(
        readme.contains(&format!("```rust\n{program}```\n")),
        "README.md and examples/quickstart/src/main.rs differ"
    );
}
