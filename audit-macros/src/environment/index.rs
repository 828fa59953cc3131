//! Reads `schemas/index.txt`, the list of the committed files: one that it lists and that isn't there was dropped on the way to the build.

use std::io;
use std::path::Path;
use std::sync::Arc;

use audit_rules::folder::INDEX;

use super::files::{self, Cache};

/// What the index says.
pub struct Index {
    /// `team.renamed/v1.json`, in the file's order.
    pub files: Vec<String>,
    /// A conflict that version control has left.
    pub conflict: Option<String>,
}

/// The index of a folder, `None` where it has none.
pub fn read(folder: &Path) -> io::Result<Option<Arc<Index>>> {
    static KNOWN: Cache<Index> = Cache::new();
    KNOWN.get(&folder.join(INDEX), |bytes| {
        Index::of(&String::from_utf8_lossy(bytes))
    })
}

impl Index {
    fn of(text: &str) -> Self {
        let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
        let files = lines
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .map(Into::into)
            .collect();
        Self {
            files,
            conflict: conflict(text.as_bytes()),
        }
    }

    /// The listed files that aren't there.
    pub fn missing(&self, folder: &Path) -> Vec<String> {
        let is_there = |name: &str| !matches!(files::about(&folder.join(name), u64::MAX), Ok(None));
        self.files
            .iter()
            .filter(|name| !is_there(name))
            .cloned()
            .collect()
    }
}

/// The place of the first line with a mark of a merge conflict, and the sentence. `cargo audit-schema` says the same.
pub fn conflict(text: &[u8]) -> Option<String> {
    audit_rules::conflict(text).map(|(line, problem)| format!("{line}:1: {problem}"))
}

#[cfg(test)]
mod tests {
    use super::{Index, conflict};

    #[test]
    fn lists_files_and_nothing_else() {
        let index =
            Index::of("\u{feff}# Which schemas are committed\r\n\r\na.b/v1.json\r\na.c/v2.json\n");
        assert_eq!(index.files, ["a.b/v1.json", "a.c/v2.json"]);
        assert_eq!(index.conflict, None);
    }

    #[test]
    fn finds_conflicts() {
        let said = |line: u32, marker: &str| {
            Some(format!(
                "{line}:1: a merge conflict isn't resolved: `{marker}`"
            ))
        };
        assert_eq!(
            conflict(b"{\n<<<<<<< HEAD\r\n=======\n>>>>>>> main\n}\n"),
            said(2, "<<<<<<< HEAD")
        );
        assert_eq!(conflict(b"{}"), None);
    }
}
