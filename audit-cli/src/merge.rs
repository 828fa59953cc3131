//! Merge conflicts that nobody has resolved, in files that are read as something else.

/// What git begins the lines with that it puts into a file.
const MARKERS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// The first line of a conflict, counted from 1, and what stands in it.
pub fn marker(text: &str) -> Option<(u32, &str)> {
    let is_marker = |line: &str| {
        MARKERS.iter().any(|marker| line.strip_prefix(marker).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
    };
    let lines = text.lines().zip(1..);
    lines.map(|(line, number)| (number, line.trim_end())).find(|(_, line)| is_marker(line))
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
