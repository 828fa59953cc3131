//! How JavaScript writes: numbers in messages, pointers in paths.

use std::fmt::Write;

use serde_json::Value;

/// A number as `String(number)` writes it.
pub fn number(number: f64) -> String {
    if number == 0.0 {
        return "0".to_owned();
    }
    let size = number.abs();
    if (1e-6..1e21).contains(&size) {
        return number.to_string();
    }
    // Rust writes `1e21`, JavaScript `1e+21`; both the fewest digits that are enough.
    let text = format!("{number:e}");
    match text.split_once('e') {
        Some((digits, power)) if !power.starts_with('-') => format!("{digits}e+{power}"),
        _ => text,
    }
}

/// A segment of a JSON pointer.
pub fn pointer(segment: &str) -> String {
    segment.replace('~', "~0").replace('/', "~1")
}

/// A segment of a pointer in a URL's fragment.
pub fn fragment(segment: &str) -> String {
    encode_uri_component(&pointer(segment))
}

/// What JavaScript's `encodeURIComponent` makes of the text.
pub fn encode_uri_component(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string can't fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// The same text for values that are equal, whatever the order of their keys.
pub fn canonical(value: &Value) -> String {
    match value {
        Value::Array(items) => format!(
            "[{}]",
            items.iter().map(canonical).collect::<Vec<_>>().join(",")
        ),
        Value::Object(members) => {
            let mut pairs: Vec<(&String, &Value)> = members.iter().collect();
            pairs.sort_unstable_by_key(|(key, _)| *key);
            let written = |(key, value): (&String, &Value)| {
                format!("{}:{}", Value::from(key.as_str()), canonical(value))
            };
            format!(
                "{{{}}}",
                pairs.into_iter().map(written).collect::<Vec<_>>().join(",")
            )
        }
        plain => plain.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_javascript_does() {
        for (given, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (1.0, "1"),
            (0.01, "0.01"),
            (1e21, "1e+21"),
            (1e-7, "1e-7"),
            (-1.5e-9, "-1.5e-9"),
            (1e20, "100000000000000000000"),
        ] {
            assert_eq!(number(given), text);
        }
    }

    #[test]
    fn segments_are_escaped() {
        assert_eq!(pointer("a/b~c"), "a~1b~0c");
        assert_eq!(fragment("^[a-z_]{0,4}$"), "%5E%5Ba-z_%5D%7B0%2C4%7D%24");
        assert_eq!(fragment("a/b é"), "a~1b%20%C3%A9");
    }
}
