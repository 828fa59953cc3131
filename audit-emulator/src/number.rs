//! What a JavaScript server makes of JSON numbers: doubles, written without a fraction where they have none.

use serde_json::{Number, Value};

/// How deep JSON may be nested: what is answered and kept holds it, some levels deeper, and has to be read again.
pub const MAX_DEPTH: usize = 64;

/// Whether it is nested deeper than that.
pub fn is_too_deep(value: &Value) -> bool {
    depth(value) > MAX_DEPTH
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// Turns every number into the one that a JavaScript server would have stored.
pub fn as_doubles(value: &mut Value) {
    match value {
        Value::Number(number) => *number = double(number),
        Value::Array(items) => items.iter_mut().for_each(as_doubles),
        Value::Object(members) => members.values_mut().for_each(as_doubles),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

/// The next double; `1.0` is written `1`, `-0` is written `0`.
fn double(number: &Number) -> Number {
    number
        .as_f64()
        .and_then(from_double)
        .unwrap_or_else(|| number.clone())
}

/// The number as `JSON.stringify` writes it; `None` for NaN and the infinities.
pub fn from_double(double: f64) -> Option<Number> {
    // Doubles of that size are whole, and i64 holds them exactly.
    const EXACT: f64 = 9_223_372_036_854_774_784.0;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the range is looked at first"
    )]
    if double.fract() == 0.0 && double.abs() <= EXACT {
        return Some(Number::from(double as i64));
    }
    Number::from_f64(double)
}

/// The number as `String(number)` writes it.
pub fn to_javascript(number: f64) -> String {
    if number == 0.0 {
        return "0".to_owned();
    }
    if (1e-6..1e21).contains(&number.abs()) {
        return number.to_string();
    }
    // Rust writes `1e21`, JavaScript `1e+21`; both the fewest digits that are enough.
    let text = format!("{number:e}");
    match text.split_once('e') {
        Some((digits, power)) if !power.starts_with('-') => format!("{digits}e+{power}"),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn are_what_a_javascript_server_stores() {
        let mut value: Value = serde_json::from_str(
            "[9007199254740993, 1.0, -0, 0.5, {\"a\": 1e3}, 18446744073709551615]",
        )
        .unwrap();
        as_doubles(&mut value);
        assert_eq!(
            value,
            json!([9_007_199_254_740_992_i64, 1, 0, 0.5, {"a": 1000}, 1.844_674_407_370_955_2e19])
        );
        assert!(
            value.to_string().starts_with("[9007199254740992,1,0,0.5,"),
            "{value}"
        );
    }

    #[test]
    fn are_written_as_javascript_does() {
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
            assert_eq!(to_javascript(given), text);
        }
    }
}
