//! Paths as URIs: relative to the root, or of a file elsewhere.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The URI, and whether it is relative to the root.
pub fn of(path: &str) -> (String, bool) {
    if let Some(rest) = path.strip_prefix('/') {
        return (format!("file:///{}", encoded(rest)), false);
    }
    match path.split_once(":/") {
        Some((drive, rest)) if is_drive(drive) => {
            (format!("file:///{drive}:/{}", encoded(rest)), false)
        }
        _ => (encoded(path), true),
    }
}

fn is_drive(name: &str) -> bool {
    name.len() == 1 && name.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Everything but `/` and what RFC 3986 calls unreserved.
const ENCODED: AsciiSet = NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

fn encoded(path: &str) -> String {
    utf8_percent_encode(path, &ENCODED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_all_that_a_uri_cannot_hold() {
        assert_eq!(
            of("src/größe und maß/100%.rs"),
            (
                "src/gr%C3%B6%C3%9Fe%20und%20ma%C3%9F/100%25.rs".into(),
                true
            )
        );
        assert_eq!(of("a:b/c?d#e.rs"), ("a%3Ab/c%3Fd%23e.rs".into(), true));
        assert_eq!(of("line\nbreak"), ("line%0Abreak".into(), true));
    }

    #[test]
    fn a_file_elsewhere_is_absolute() {
        assert_eq!(
            of("/home/zoë/x.rs"),
            ("file:///home/zo%C3%AB/x.rs".into(), false)
        );
        assert_eq!(
            of("C:/Users/x y.rs"),
            ("file:///C:/Users/x%20y.rs".into(), false)
        );
    }
}
