//! The vocabulary of JSON Schema: which keywords are about what.

/// What says something to people and tools only. `nullable` allows `null`, which the service never takes.
const ANNOTATIONS: [&str; 15] = [
    "$anchor",
    "$comment",
    "$id",
    "$schema",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "default",
    "deprecated",
    "description",
    "examples",
    "nullable",
    "readOnly",
    "title",
    "writeOnly",
];
pub const OF_LISTS: [&str; 10] = [
    "additionalItems",
    "contains",
    "items",
    "maxContains",
    "maxItems",
    "minContains",
    "minItems",
    "prefixItems",
    "unevaluatedItems",
    "uniqueItems",
];
pub const OF_OBJECTS: [&str; 11] = [
    "additionalProperties",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "maxProperties",
    "minProperties",
    "patternProperties",
    "properties",
    "propertyNames",
    "required",
    "unevaluatedProperties",
];
pub const OF_STRINGS: [&str; 3] = ["maxLength", "minLength", "pattern"];
pub const OF_NUMBERS: [&str; 5] = [
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maximum",
    "minimum",
    "multipleOf",
];
/// What says of which types a value is, or leads to what does.
const OF_TYPES: [&str; 7] = ["$ref", "allOf", "anyOf", "const", "enum", "oneOf", "type"];
const OF_ANYTHING: [&str; 8] = [
    "$defs",
    "$dynamicRef",
    "definitions",
    "else",
    "format",
    "if",
    "not",
    "then",
];

/// Whether a keyword refuses nothing, whatever it says.
pub fn is_annotation(keyword: &str) -> bool {
    keyword.starts_with("x-") || ANNOTATIONS.contains(&keyword)
}

/// Whether a keyword says of which types a value is, or leads to what does.
pub fn is_of_types(keyword: &str) -> bool {
    OF_TYPES.contains(&keyword)
}

/// Whether JSON Schema has such a keyword.
pub fn is_known(keyword: &str) -> bool {
    let all = [
        &OF_LISTS[..],
        &OF_OBJECTS,
        &OF_STRINGS,
        &OF_NUMBERS,
        &OF_TYPES,
        &OF_ANYTHING,
    ];
    is_annotation(keyword) || all.into_iter().any(|keywords| keywords.contains(&keyword))
}
