//! The params and messages of Ajv's keywords.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

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

/// Ajv's keywords: the name of the parameter, or the sign of a comparison, and the message, in which `{}` is the value.
const KEYWORDS: [(&str, &str, &str); 26] = [
    ("type", "type", "must be {}"),
    ("const", "allowedValue", "must be equal to constant"),
    (
        "enum",
        "allowedValues",
        "must be equal to one of the allowed values",
    ),
    (
        "maxLength",
        "limit",
        "must NOT have more than {} characters",
    ),
    (
        "minLength",
        "limit",
        "must NOT have fewer than {} characters",
    ),
    (
        "maxProperties",
        "limit",
        "must NOT have more than {} properties",
    ),
    (
        "minProperties",
        "limit",
        "must NOT have fewer than {} properties",
    ),
    ("maxItems", "limit", "must NOT have more than {} items"),
    ("minItems", "limit", "must NOT have fewer than {} items"),
    (
        "additionalItems",
        "limit",
        "must NOT have more than {} items",
    ),
    ("maximum", "<=", "must be <= {}"),
    ("minimum", ">=", "must be >= {}"),
    ("exclusiveMaximum", "<", "must be < {}"),
    ("exclusiveMinimum", ">", "must be > {}"),
    ("multipleOf", "multipleOf", "must be multiple of {}"),
    ("pattern", "pattern", "must match pattern \"{}\""),
    (
        "contains",
        "minContains",
        "must contain at least {} valid item(s)",
    ),
    ("uniqueItems", "", "must NOT have duplicate items"),
    ("false schema", "", "boolean schema is false"),
    ("not", "", "must NOT be valid"),
    ("anyOf", "", "must match a schema in anyOf"),
    (
        "oneOf",
        "passingSchemas",
        "must match exactly one schema in oneOf",
    ),
    (
        "required",
        "missingProperty",
        "must have required property '{}'",
    ),
    (
        "additionalProperties",
        "additionalProperty",
        "must NOT have additional properties",
    ),
    (
        "propertyNames",
        "propertyName",
        "property name must be valid",
    ),
    ("if", "failingKeyword", "must match \"{}\" schema"),
];

/// Whether a schema may have this keyword, as far as it has a message.
pub fn is_keyword(keyword: &str) -> bool {
    let known = |(known, ..): &(&str, &str, &str)| *known == keyword;
    keyword != "false schema" && KEYWORDS.iter().any(known)
}

/// The params and message of a keyword with a value, which is the schema's or what the params name.
pub fn of_keyword(keyword: &str, value: &Value) -> (Value, String) {
    if keyword == "dependencies" {
        // The value is the params.
        return (value.clone(), missing_dependencies(value));
    }
    let known = KEYWORDS.iter().find(|(known, ..)| *known == keyword);
    let Some((_, parameter, message)) = known else {
        return (json!({}), format!("must obey {keyword}"));
    };
    let params = match *parameter {
        "" => json!({}),
        sign @ ("<=" | ">=" | "<" | ">") => json!({"comparison": sign, "limit": value}),
        name => json!({name: value}),
    };
    (params, message.replace("{}", &text(value)))
}

fn missing_dependencies(params: &Value) -> String {
    let noun = if params["depsCount"] == 1 {
        "property"
    } else {
        "properties"
    };
    let (names, property) = (text(&params["deps"]), text(&params["property"]));
    format!("must have {noun} {names} when property {property} is present")
}

/// A value in a message: `string`, `string,null`, `0.5`
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.as_f64().map(to_javascript).unwrap_or_default(),
        Value::Array(list) => list.iter().map(text).collect::<Vec<_>>().join(","),
        _ => String::new(),
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
