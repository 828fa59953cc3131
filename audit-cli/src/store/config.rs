//! `audit.toml`: marks the folder. It has no settings yet, and refuses those it doesn't know.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::ops::Range;
use std::path::Path;

use toml::{Spanned, Value};

use crate::atomic::replace;
use crate::failure::Failure;

/// What `init` writes.
const TEXT: &str = "\
# Marks the folder that holds the audit-log schemas. Builds compare the code with them,
# `cargo audit-schema export` writes them.
";

pub fn create(path: &Path) -> Result<(), Failure> {
    replace(path, TEXT.as_bytes())
}

/// Reads the file, which must be there and in order.
pub fn read(path: &Path) -> Result<(), Failure> {
    let bytes = std::fs::read(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => {
            Failure::new(format!("no {} there", path.display())).help("run `cargo audit-schema init` to make it")
        }
        _ => Failure::io("read", path, &error),
    })?;
    let text = String::from_utf8(bytes).map_err(|_| Failure::at(path, "not UTF-8 text"))?;
    let settings: BTreeMap<Spanned<String>, Value> = toml::from_str(&text).map_err(|error| {
        Failure::new(format!("{}{}: {}", path.display(), place(&text, error.span()), one_line(error.message())))
    })?;
    match settings.keys().min_by_key(|key| key.span().start) {
        None => Ok(()),
        Some(key) => Err(Failure::new(format!(
            "{}{}: unknown setting `{}`",
            path.display(),
            place(&text, Some(key.span())),
            key.get_ref().escape_debug()
        ))
        .help("remove it: this version of cargo audit-schema has no settings")),
    }
}

/// `:3:7`, line and column as editors count them.
fn place(text: &str, span: Option<Range<usize>>) -> String {
    let Some(before) = span.and_then(|span| text.get(..span.start)) else { return String::new() };
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    format!(":{line}:{column}")
}

fn one_line(text: &str) -> String {
    text.split('\n').map(str::trim).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> Option<String> {
        let folder = tempfile::tempdir().ok()?;
        let path = folder.path().join("audit.toml");
        std::fs::write(&path, text).ok()?;
        match read(&path) {
            Err(Failure::Sentence { message, .. }) => message.rsplit_once("audit.toml").map(|(_, problem)| problem.to_owned()),
            _ => None,
        }
    }

    #[test]
    fn takes_what_init_writes() {
        assert_eq!(problem(TEXT), None);
        assert_eq!(problem(""), None);
    }

    #[test]
    fn says_where_a_setting_is_unknown() {
        assert_eq!(problem("# é\nb = 1\n  a = 2\n").as_deref(), Some(":2:1: unknown setting `b`"));
        assert_eq!(problem("\n[environments.production]\n").as_deref(), Some(":2:2: unknown setting `environments`"));
    }

    #[test]
    fn says_where_the_syntax_is_wrong() {
        let text = problem("a = \n").unwrap_or_default();
        assert!(text.starts_with(":1:5: ") && !text.contains('\n'), "{text}");
        let text = problem("a = 1\na = 2\n").unwrap_or_default();
        assert!(text.starts_with(":2:1: "), "{text}");
    }
}
