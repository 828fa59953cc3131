//! What Ajv's strict mode refuses wherever it stands: unknown keywords, and those that would be ignored.

use serde_json::{Map, Value};

use super::{Compiler, Place};

/// What a schema may say without meaning anything for the check.
const ANNOTATIONS: [&str; 15] = [
    "$comment",
    "$defs",
    "$schema",
    "$vocabulary",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "default",
    "definitions",
    "deprecated",
    "description",
    "examples",
    "readOnly",
    "title",
    "writeOnly",
];

/// What the check looks at.
const KEYWORDS: [&str; 34] = [
    "additionalItems",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "contains",
    "dependencies",
    "else",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "if",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "nullable",
    "oneOf",
    "pattern",
    "patternProperties",
    "properties",
    "propertyNames",
    "required",
    "then",
    "type",
    "uniqueItems",
    "format",
];

impl Compiler {
    /// What no keyword's own reader sees.
    pub(super) fn strict(&mut self, keywords: &Map<String, Value>, place: &Place) {
        for (keyword, value) in keywords {
            let at = place.below(keyword);
            match keyword.as_str() {
                "title" | "description" | "$comment" | "$schema" | "contentEncoding"
                | "contentMediaType"
                    if !value.is_string() =>
                {
                    self.refuse(&at, "must be string");
                }
                "definitions" | "$defs" if !value.is_object() => self.refuse(&at, "must be object"),
                "definitions" => self.described(value, &at),
                "examples" if !value.is_array() => self.refuse(&at, "must be array"),
                "readOnly" if !value.is_boolean() => self.refuse(&at, "must be boolean"),
                "format" => self.refuse_strictly(
                    &at,
                    format!("unknown format {value}: the service's validator knows none"),
                ),
                "$ref" | "$id" => {
                    self.refuse_strictly(
                        &at,
                        format!(
                            "`{keyword}` isn't possible: the schema becomes a part of another one"
                        ),
                    );
                }
                known if ANNOTATIONS.contains(&known) || KEYWORDS.contains(&known) => {}
                unknown => self.refuse_strictly(&at, format!("unknown keyword: {unknown:?}")),
            }
        }
        let has = |keyword| keywords.contains_key(keyword);
        if has("if") && !has("then") && !has("else") {
            self.refuse_strictly(place, "\"if\" without \"then\" and \"else\" is ignored");
        }
        if !has("if") && (has("then") || has("else")) {
            self.refuse_strictly(place, "\"then\" and \"else\" without \"if\" are ignored");
        }
        if has("additionalItems") && !keywords.get("items").is_some_and(Value::is_array) {
            self.refuse_strictly(
                place,
                "\"additionalItems\" is ignored when \"items\" is not an array of schemas",
            );
        }
        if has("nullable") && !has("type") {
            self.refuse_strictly(place, "\"nullable\" cannot be used without \"type\"");
        }
    }

    /// Each definition has to be a schema; what strict mode wants is asked of those alone that are used, and none is.
    fn described(&mut self, definitions: &Value, place: &Place) {
        let outside = std::mem::replace(&mut self.described_only, true);
        for (name, schema) in definitions.as_object().into_iter().flatten() {
            self.node(schema, &place.below(name));
        }
        self.described_only = outside;
    }
}
