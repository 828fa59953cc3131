//! `index.txt`: which schemas are committed. Builds depend on it, so that they notice files that come and go.

use audit_core::schema::folder_of;

/// The file's name.
pub const FILE: &str = "index.txt";

const HEAD: &str =
    "# Which schemas are committed; written by `cargo audit-schema export`, so that builds notice files that come and go.\n";

/// The index of these versions, a file a line, sorted by bytes.
pub fn text<'n>(versions: impl IntoIterator<Item = (&'n str, u32)>) -> String {
    let mut lines: Vec<_> =
        versions.into_iter().map(|(action, version)| format!("{}/{}\n", folder_of(action), super::body_file(version))).collect();
    lines.sort_unstable();
    lines.dedup();
    HEAD.to_owned() + &lines.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_files_sorted() {
        let text = text([("user.signed_in", 2), ("a.b", 1), ("user.signed_in", 10)]);
        let lines: Vec<_> = text.lines().skip(1).collect();
        assert_eq!(lines, ["a.b/v1.json", "user.signed_in/v10.json", "user.signed_in/v2.json"]);
        assert!(text.starts_with("# ") && text.ends_with('\n'));
    }
}
