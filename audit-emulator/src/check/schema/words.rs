//! The params and messages of Ajv's keywords.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::check::errors::Words;
use crate::number::to_javascript;

/// What JavaScript's `encodeURIComponent` encodes.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// The text as a segment of a URL.
pub fn encode_uri_component(text: &str) -> String {
    utf8_percent_encode(text, COMPONENT).to_string()
}

/// The words of a keyword that has this value in its schema.
pub fn of_keyword(keyword: &str, value: &Value) -> Words {
    let limit = |what: &str| (json!({"limit": value}), format!("must NOT have {what}"));
    let compare = |comparison: &str| {
        let number = value.as_f64().map(to_javascript).unwrap_or_default();
        (
            json!({"comparison": comparison, "limit": value}),
            format!("must be {comparison} {number}"),
        )
    };
    match keyword {
        "type" => (json!({"type": value}), format!("must be {}", names(value))),
        "const" => (
            json!({"allowedValue": value}),
            "must be equal to constant".into(),
        ),
        "enum" => (
            json!({"allowedValues": value}),
            "must be equal to one of the allowed values".into(),
        ),
        "maxLength" => limit(&format!("more than {value} characters")),
        "minLength" => limit(&format!("fewer than {value} characters")),
        "maxProperties" => limit(&format!("more than {value} properties")),
        "minProperties" => limit(&format!("fewer than {value} properties")),
        "maxItems" => limit(&format!("more than {value} items")),
        "minItems" => limit(&format!("fewer than {value} items")),
        "maximum" => compare("<="),
        "minimum" => compare(">="),
        "exclusiveMaximum" => compare("<"),
        "exclusiveMinimum" => compare(">"),
        "multipleOf" => {
            let number = value.as_f64().map(to_javascript).unwrap_or_default();
            (
                json!({"multipleOf": value}),
                format!("must be multiple of {number}"),
            )
        }
        "pattern" => (
            json!({"pattern": value}),
            format!(
                "must match pattern \"{}\"",
                value.as_str().unwrap_or_default()
            ),
        ),
        "contains" => (
            json!({"minContains": 1}),
            "must contain at least 1 valid item(s)".into(),
        ),
        "uniqueItems" => (json!({}), "must NOT have duplicate items".into()),
        "false schema" => (json!({}), "boolean schema is false".into()),
        "not" => (json!({}), "must NOT be valid".into()),
        "anyOf" => (json!({}), "must match a schema in anyOf".into()),
        other => (json!({}), format!("must obey {other}")),
    }
}

/// The words for a member that is missing.
pub fn required(name: &str) -> Words {
    (
        json!({"missingProperty": name}),
        format!("must have required property '{name}'"),
    )
}

/// The words for a condition whose branch doesn't hold.
pub fn condition(branch: &str) -> Words {
    (
        json!({"failingKeyword": branch}),
        format!("must match \"{branch}\" schema"),
    )
}

/// `string`, or `string,null`
fn names(value: &Value) -> String {
    let name = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    match value {
        Value::Array(list) => list.iter().map(name).collect::<Vec<_>>().join(","),
        one => name(one),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_escaped() {
        assert_eq!(
            encode_uri_component("^[a-z_]{0,4}$"),
            "%5E%5Ba-z_%5D%7B0%2C4%7D%24"
        );
        assert_eq!(encode_uri_component("a~1b é"), "a~1b%20%C3%A9");
    }
}
