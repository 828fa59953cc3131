//! The vocabulary of JSON Schema: the subject of each keyword.

use Subject::{Annotation, Anything, Definitions, Lists, Numbers, Objects, Strings, Types};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Rejects no value. `nullable` allows `null`, which the service never accepts.
    Annotation,
    Lists,
    Objects,
    Strings,
    Numbers,
    /// Restricts types, or refers to schemas that do.
    Types,
    /// Holds schemas that are referred to.
    Definitions,
    Anything,
}

/// `None` where JSON Schema has no such keyword.
#[rustfmt::skip]
pub fn subject(keyword: &str) -> Option<Subject> {
    Some(match keyword {
        "$anchor" | "$comment" | "$id" | "$schema" | "contentEncoding" | "contentMediaType" | "contentSchema" | "default"
        | "deprecated" | "description" | "examples" | "nullable" | "readOnly" | "title" | "writeOnly" => Annotation,
        "additionalItems" | "contains" | "items" | "maxContains" | "maxItems" | "minContains" | "minItems" | "prefixItems"
        | "unevaluatedItems" | "uniqueItems" => Lists,
        "additionalProperties" | "dependencies" | "dependentRequired" | "dependentSchemas" | "maxProperties" | "minProperties"
        | "patternProperties" | "properties" | "propertyNames" | "required" | "unevaluatedProperties" => Objects,
        "maxLength" | "minLength" | "pattern" => Strings,
        "exclusiveMaximum" | "exclusiveMinimum" | "maximum" | "minimum" | "multipleOf" => Numbers,
        "$ref" | "allOf" | "anyOf" | "const" | "enum" | "oneOf" | "type" => Types,
        "$defs" | "definitions" => Definitions,
        "$dynamicRef" | "else" | "format" | "if" | "not" | "then" => Anything,
        _ if keyword.starts_with("x-") => Annotation,
        _ => return None,
    })
}

/// Whether a keyword rejects no value.
pub fn is_annotation(keyword: &str) -> bool {
    subject(keyword) == Some(Annotation)
}
