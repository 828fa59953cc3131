//! `index.txt`: which schemas are committed. Builds depend on it, so that they notice files that come and go.

use std::collections::BTreeSet;

pub use audit_rules::folder::INDEX as FILE;
use audit_rules::folder::body_path;

use super::{Name, name_of, text_of};

const HEAD: &str = "# Which schemas are committed; written by `cargo audit-schema export`, so that builds notice files that come and go.\n";

/// The index of these versions, a file a line, sorted by bytes.
pub fn text<'n>(versions: impl IntoIterator<Item = (&'n str, u32)>) -> String {
    let mut lines: Vec<_> = versions
        .into_iter()
        .map(|(action, version)| body_path(action, version) + "\n")
        .collect();
    lines.sort_unstable();
    lines.dedup();
    HEAD.to_owned() + &lines.concat()
}

/// The versions that an index lists; other lines are ignored.
pub fn names(file: &[u8]) -> BTreeSet<Name> {
    text_of(file)
        .lines()
        .filter_map(|line| name_of(line.trim()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_back_what_it_lists() {
        let text = text([("agents:create", 2), ("a.b", 1)]).replace('\n', "\r\n")
            + "<<<<<<< HEAD\na.b/v1.event.json\n";
        assert_eq!(
            names(text.as_bytes()),
            BTreeSet::from([("a.b".into(), 1), ("agents:create".into(), 2)])
        );
    }

    #[test]
    fn lists_files_sorted() {
        let text = text([("user.signed_in", 2), ("a.b", 1), ("user.signed_in", 10)]);
        let lines: Vec<_> = text.lines().skip(1).collect();
        assert_eq!(
            lines,
            [
                "a.b/v1.json",
                "user.signed_in/v10.json",
                "user.signed_in/v2.json"
            ]
        );
        assert!(text.starts_with("# ") && text.ends_with('\n'));
    }
}
