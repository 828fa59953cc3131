//! Merge conflicts that nobody has resolved, in files that are read as something else.

use audit_core::schema::conflict_line;

/// The first line of a conflict, counted from 1, and what stands in it.
pub fn marker(text: &str) -> Option<(u32, &str)> {
    let (number, line) = conflict_line(text.as_bytes())?;
    Some((number, std::str::from_utf8(line).unwrap_or_default()))
}

/// What is wrong with such a file.
pub fn sentence(line: &str) -> String {
    format!("a merge conflict isn't resolved: `{line}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_git_writes() {
        assert_eq!(marker("{\n<<<<<<< HEAD\n  1\r\n=======\n  2\n>>>>>>> main\n}"), Some((2, "<<<<<<< HEAD")));
        assert_eq!(marker("a\r\n=======\r\n"), Some((2, "=======")));
        for text in ["", "  <<<<<<< HEAD", "<<<<<<<HEAD", "========", "\"=======\""] {
            assert_eq!(marker(text), None, "{text}");
        }
    }
}
