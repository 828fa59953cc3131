//! The notations of a metadata object: a JSON Schema, a flat map of types, or a JSON Schema that the vendor's Node SDK took for a flat map.

use crate::body::read::Reader;
use crate::body::read::keywords::{Subject, subject};
use crate::body::{At, Metadata, Notation, Property, Types};
use crate::json::{Kind, Node};

const SDK: &str = "the vendor's Node SDK takes {key: \"string\"}. The intended schema is imported, and differs from the registered one";

/// Whether an object is a map of types: not empty, and without what only a JSON Schema has.
fn is_flat(node: &Node<'_>) -> bool {
    let is = |keyword: &str, kinds: &[Kind]| {
        let value = node.member(keyword);
        value.is_some_and(|value| kinds.contains(&value.kind()))
    };
    let is_schema = node.member("properties").as_ref().is_some_and(is_map)
        || kind_of(node).as_deref() == Some("object")
        || is("required", &[Kind::List])
        || is("additionalProperties", &[Kind::Boolean, Kind::Object])
        || is("patternProperties", &[Kind::Object]);
    !is_schema && node.members().is_some_and(|members| !members.is_empty())
}

/// Whether it is an object of keys, and no schema of one.
fn is_map(node: &Node<'_>) -> bool {
    node.kind() == Kind::Object && kind_of(node).is_none()
}

/// The SDK makes `{"type": VALUE}` of each keyword's value, and calls that properties.
fn unfold<'t>(properties: &Node<'t>) -> Option<Vec<(String, Node<'t>)>> {
    let kind = properties.member("type")?;
    properties.member("properties").filter(is_map)?;
    if kind_of(&kind).or_else(|| kind.string())? != "object" {
        return None;
    }
    let members = properties.members()?.into_iter();
    Some(
        members
            .map(|(keyword, value)| (keyword, unwrapped(value)))
            .collect(),
    )
}

/// The value that the SDK wrapped: the one member `type`.
fn unwrapped(value: Node<'_>) -> Node<'_> {
    match value.members().as_deref() {
        Some([(key, wrapped)]) if key == "type" => *wrapped,
        _ => value,
    }
}

/// The type that a property's schema names.
fn kind_of(schema: &Node<'_>) -> Option<String> {
    schema.member("type")?.string()
}

/// Reads a metadata object in any notation.
pub fn metadata(reader: &mut Reader, node: Node<'_>, what: &str) -> Metadata {
    if node.kind() == Kind::Null {
        return Metadata::default();
    }
    if let Some(members) = node.member("properties").as_ref().and_then(unfold) {
        reader.report(node, format!("{what} was wrapped into itself: {SDK}"));
        return Metadata {
            notation: Notation::Mangled,
            ..reader.schema_of(node, &members, what, property)
        };
    }
    if is_flat(&node) {
        let properties = reader.properties(node, what, property, true);
        return Metadata {
            notation: Notation::Flat,
            at: At(Some(node.at)),
            required: properties.keys().cloned().collect(),
            properties,
            ..Metadata::default()
        };
    }
    let members = reader.object(node, what).unwrap_or_default();
    reader.schema_of(node, &members, what, property)
}

fn property(reader: &mut Reader, key: &str, node: Node<'_>) -> Option<Property> {
    let Some(name) = node.string() else {
        if is_nested(&node) {
            return reader.nested(key, node);
        }
        let inner = node.member("type").filter(|inner| kind_of(inner).is_some());
        if inner.is_some() {
            reader.report(
                node,
                format!("the type of {key:?} was wrapped into itself: {SDK}"),
            );
        }
        return reader.property(key, inner.unwrap_or(node));
    };
    let types = Types::named(&name);
    if types.is_none() {
        reader.report(node, format!("{key:?} has the type {name:?}: expected \"string\", \"integer\", \"number\" or \"boolean\""));
    }
    types.map(Property::of)
}

/// Whether an object is a map of keys and no schema of a value: it has no type, and has a member that is no keyword.
fn is_nested(node: &Node<'_>) -> bool {
    let members = node.members().unwrap_or_default();
    let mut subjects = members.iter().map(|(key, _)| subject(key));
    subjects.clone().any(|subject| subject.is_none())
        && !subjects.any(|subject| subject == Some(Subject::Types))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notation(text: &str) -> Notation {
        read(text).0.notation
    }

    #[test]
    fn tells_maps_from_schemas() {
        for flat in [
            r#"{"a": "string"}"#,
            r#"{"type": "string"}"#,
            r#"{"type": "string", "properties": "number", "required": "boolean"}"#,
            r#"{"properties": {"type": "string"}, "required": {"type": "boolean"}}"#,
        ] {
            assert_eq!(notation(flat), Notation::Flat, "{flat}");
        }
        for schema in [
            "{}",
            r#"{"type": "object"}"#,
            r#"{"properties": {}}"#,
            r#"{"properties": {"type": {"type": "string"}}}"#,
            r#"{"required": ["a"]}"#,
            r#"{"additionalProperties": false}"#,
            "[]",
        ] {
            assert_eq!(notation(schema), Notation::Schema, "{schema}");
        }
        assert_eq!(notation("null"), Notation::Absent);
    }

    #[test]
    fn recognises_what_the_sdk_makes_of_a_schema() {
        for mangled in [
            r#"{"type": "object", "properties": {"type": {"type": "object"}, "properties": {"type": {"a": {"type": "string"}}}}}"#,
            r#"{"type": "object", "properties": {"type": {"type": "object"}, "properties": {"a": {"type": "string"}}, "required": {}}}"#,
            r#"{"properties": {"type": "object", "properties": {"a": {"type": "string"}}}}"#,
        ] {
            assert_eq!(notation(mangled), Notation::Mangled, "{mangled}");
        }
        let keys = r#"{"type": "object", "properties": {"type": {"type": "string"}, "properties": {"type": "string"}, "required": {"type": "boolean"}}}"#;
        assert_eq!(
            notation(keys),
            Notation::Schema,
            "a schema may have keys of these names"
        );
    }

    #[test]
    fn unfolds_them() {
        let text = r#"{"type": "object", "properties": {"type": {"type": "object"}, "properties": {"type": {"a": {"type": "string", "maxLength": 3}, "b": {"type": {"type": "number"}}}},
            "required": {"type": ["a"]}, "additionalProperties": {"type": false}}}"#;
        let mut reader = Reader::new(metadata);
        let read = metadata(&mut reader, Node::parse(text).expect("JSON"), "`metadata`");
        assert_eq!(reader.problems.len(), 2, "the object and `b`");
        assert_eq!(
            (read.open, read.required.into_iter().collect::<Vec<_>>()),
            (false, vec!["a".to_owned()])
        );
        assert_eq!(
            (read.properties["a"].max_len, read.properties["b"].types),
            (Some(3), Types::NUMBER)
        );
    }

    fn read(text: &str) -> (Metadata, Vec<String>) {
        let mut reader = Reader::new(metadata);
        let read = metadata(&mut reader, Node::parse(text).expect("JSON"), "`metadata`");
        (
            read,
            reader.problems.iter().map(ToString::to_string).collect(),
        )
    }

    #[test]
    fn an_example_is_of_the_type() {
        let types = |read: &Metadata| {
            let types = read
                .properties
                .iter()
                .map(|(key, a)| format!("{key} {}", a.types.words()));
            types.collect::<Vec<_>>()
        };
        let (flat, problems) =
            read(r#"{"limit": 10, "ratio": 0.5, "beta": true, "plan": "string"}"#);
        assert_eq!(
            types(&flat),
            [
                "beta boolean",
                "limit integer",
                "plan string",
                "ratio number"
            ]
        );
        assert_eq!(
            problems,
            [
                "1:11: `metadata` has example values in place of types: \"limit\" (integer), \"ratio\" (number), \"beta\" (boolean)",
            ]
        );
        let (schema, problems) = read(
            r#"{"type": "object", "properties": {"limit": {"type": 10}, "beta": {"type": false}, "a": {"type": "string"}}}"#,
        );
        assert_eq!(
            types(&schema),
            ["a string", "beta boolean", "limit integer"]
        );
        assert_eq!(
            problems,
            [
                "1:44: `properties` has example values in place of types: \"limit\" (integer), \"beta\" (boolean)",
            ]
        );
    }

    #[test]
    fn a_map_in_a_map_is_nested() {
        let nested =
            r#"1:13: "address" is nested: a metadata value is a string, a number or a boolean"#;
        for map in [
            r#"{"street": "string"}"#,
            r#"{"title": "string", "city": {"type": "string"}}"#,
        ] {
            assert_eq!(
                read(&format!(r#"{{"address": {map}}}"#)).1,
                [nested],
                "{map}"
            );
        }
        for schema in [
            r#"{"type": "string", "transform": ["trim"]}"#,
            "{}",
            r#"{"minLength": 3}"#,
        ] {
            assert_eq!(
                read(&format!(r#"{{"address": {schema}}}"#)).1,
                [""; 0],
                "{schema}"
            );
        }
    }

    #[test]
    fn reports_invalid_types() {
        let mut reader = Reader::new(metadata);
        let read = metadata(
            &mut reader,
            Node::parse(r#"{"a": "text", "b c": "string", "d": 1, "e": "string"}"#).expect("JSON"),
            "`metadata`",
        );
        assert_eq!(read.properties.keys().collect::<Vec<_>>(), ["d", "e"]);
        let problems: Vec<_> = reader.problems.iter().map(ToString::to_string).collect();
        assert_eq!(problems.len(), 3);
        assert_eq!(
            problems[0],
            "1:7: \"a\" has the type \"text\": expected \"string\", \"integer\", \"number\" or \"boolean\""
        );
        assert_eq!(
            problems[2],
            "1:37: `metadata` has example values in place of types: \"d\" (integer)"
        );
    }
}
