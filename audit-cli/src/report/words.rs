//! How numbers of things are said.

/// `1 schema`, `2 schemas`
pub fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
