//! How a metadata object is written: as a JSON Schema, as a flat map of types, or as what the vendor's Node SDK makes of a JSON Schema
//! that it takes for a flat map.

use std::collections::BTreeSet;

use crate::body::read::Reader;
use crate::body::{Metadata, Property, Types};
use crate::json::{Kind, Node};

/// How a metadata object is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum How {
    /// Not at all.
    #[default]
    Absent,
    /// `{key: "string"}`
    Flat,
    /// A JSON Schema.
    Schema,
    /// A JSON Schema whose keywords were taken for keys.
    Mangled,
}

/// A metadata object, and the members that are to be read.
pub struct Written<'t> {
    pub how: How,
    pub members: Vec<(String, Node<'t>)>,
}

impl<'t> Written<'t> {
    pub fn of(node: &Node<'t>) -> Self {
        let members = node.members().unwrap_or_default();
        let of = |keyword: &str| members.iter().find(|(key, _)| key == keyword).map(|(_, value)| value);
        if let Some(meant) = of("properties").and_then(unfolded) {
            return Self { how: How::Mangled, members: meant };
        }
        let is_object = of("type").and_then(Node::string).is_some_and(|kind| kind == "object");
        let has_keywords = of("properties")
            .is_some_and(|properties| properties.kind() == Kind::Object && kind_of(properties).is_none())
            || of("required").is_some_and(|required| required.kind() == Kind::List)
            || of("additionalProperties").is_some_and(|additional| matches!(additional.kind(), Kind::Boolean | Kind::Object))
            || of("patternProperties").is_some_and(|patterns| patterns.kind() == Kind::Object);
        let how = match (node.kind(), is_object || has_keywords, members.is_empty()) {
            (Kind::Null, ..) => How::Absent,
            (Kind::Object, false, false) => How::Flat,
            _ => How::Schema,
        };
        Self { how, members }
    }

    /// The keys that it declares, each with its schema.
    pub fn keys(self) -> Vec<(String, Node<'t>)> {
        match self.how {
            How::Flat => self.members,
            How::Absent => Vec::new(),
            How::Schema | How::Mangled => {
                let properties = self.members.into_iter().find(|(keyword, _)| keyword == "properties");
                properties.and_then(|(_, properties)| properties.members()).unwrap_or_default()
            }
        }
    }
}

/// The SDK makes `{"type": VALUE}` of each keyword's value, and calls that properties.
fn unfolded<'t>(properties: &Node<'t>) -> Option<Vec<(String, Node<'t>)>> {
    let kind = properties.member("type")?;
    let inner = properties.member("properties").filter(|inner| inner.kind() == Kind::Object && kind_of(inner).is_none())?;
    if kind_of(&kind).or_else(|| kind.string())? != "object" {
        return None;
    }
    let members = properties.members()?.into_iter();
    Some(
        members
            .map(|(keyword, value)| if keyword == "properties" { (keyword, meant(inner)) } else { (keyword, meant(value)) })
            .collect(),
    )
}

/// What the SDK wrapped: the one member `type`.
fn meant(value: Node<'_>) -> Node<'_> {
    match value.members().as_deref() {
        Some([(key, wrapped)]) if key == "type" => *wrapped,
        _ => value,
    }
}

/// The type that a property's schema names.
fn kind_of(schema: &Node<'_>) -> Option<String> {
    schema.member("type")?.string()
}

/// Whether a flat map's `{"type": "string"}` was taken for a type: `{"type": {"type": "string"}}`.
pub fn wrapped_twice<'t>(schema: &Node<'t>) -> Option<Node<'t>> {
    schema.member("type").filter(|inner| kind_of(inner).is_some())
}

/// Reads a metadata object, however it is written.
pub fn metadata(reader: &mut Reader, node: Node<'_>, what: &str) -> Metadata {
    let written = Written::of(&node);
    match written.how {
        How::Absent => Metadata::default(),
        How::Schema if node.kind() != Kind::Object => reader.schema(node, what),
        How::Schema => {
            let members = reader.object(node, what).unwrap_or_default();
            reader.schema_of(node, &members, what, property)
        }
        How::Mangled => reader.schema_of(node, &written.members, what, property),
        How::Flat => {
            let properties = reader.properties(node, what, property, &mut BTreeSet::new());
            Metadata { required: properties.keys().cloned().collect(), properties, ..Metadata::default() }
        }
    }
}

fn property(reader: &mut Reader, key: &str, node: Node<'_>) -> Option<Property> {
    let Some(name) = node.string() else { return reader.property(key, wrapped_twice(&node).unwrap_or(node)) };
    let types = Types::named(&name);
    if types.is_none() {
        reader.report(node, format!("{key:?} has the type {name:?}: a type is \"string\", \"integer\", \"number\" or \"boolean\""));
    }
    types.map(Property::of)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn how(text: &str) -> How {
        Written::of(&Node::parse(text).expect("JSON")).how
    }

    #[test]
    fn tells_maps_from_schemas() {
        for flat in [
            r#"{"a": "string"}"#,
            r#"{"type": "string"}"#,
            r#"{"type": "string", "properties": "number", "required": "boolean"}"#,
            r#"{"properties": {"type": "string"}, "required": {"type": "boolean"}}"#,
        ] {
            assert_eq!(how(flat), How::Flat, "{flat}");
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
            assert_eq!(how(schema), How::Schema, "{schema}");
        }
        assert_eq!(how("null"), How::Absent);
    }

    #[test]
    fn recognises_what_the_sdk_makes_of_a_schema() {
        for mangled in [
            r#"{"type": "object", "properties": {"type": {"type": "object"}, "properties": {"type": {"a": {"type": "string"}}}}}"#,
            r#"{"type": "object", "properties": {"type": {"type": "object"}, "properties": {"a": {"type": "string"}}, "required": {}}}"#,
            r#"{"properties": {"type": "object", "properties": {"a": {"type": "string"}}}}"#,
        ] {
            assert_eq!(how(mangled), How::Mangled, "{mangled}");
        }
        let keys = r#"{"type": "object", "properties": {"type": {"type": "string"}, "properties": {"type": "string"}, "required": {"type": "boolean"}}}"#;
        assert_eq!(how(keys), How::Schema, "a schema may have keys of these names");
    }

    #[test]
    fn unfolds_it() {
        let text = r#"{"type": "object", "properties": {"type": {"type": "object"}, "properties": {"type": {"a": {"type": "string", "maxLength": 3}, "b": {"type": {"type": "number"}}}},
            "required": {"type": ["a"]}, "additionalProperties": {"type": false}}}"#;
        let mut reader = Reader::new(metadata);
        let read = metadata(&mut reader, Node::parse(text).expect("JSON"), "`metadata`");
        assert_eq!(reader.problems, []);
        assert_eq!((read.open, read.required.into_iter().collect::<Vec<_>>()), (false, vec!["a".to_owned()]));
        assert_eq!((read.properties["a"].max_len, read.properties["b"].types), (Some(3), Types::NUMBER));
    }

    #[test]
    fn says_what_is_no_type() {
        let mut reader = Reader::new(metadata);
        let read = metadata(
            &mut reader,
            Node::parse(r#"{"a": "text", "b c": "string", "d": 1, "e": "string"}"#).expect("JSON"),
            "`metadata`",
        );
        assert_eq!(read.properties.keys().collect::<Vec<_>>(), ["e"]);
        let problems: Vec<_> = reader.problems.iter().map(ToString::to_string).collect();
        assert_eq!(problems.len(), 3);
        assert_eq!(problems[0], "1:7: \"a\" has the type \"text\": a type is \"string\", \"integer\", \"number\" or \"boolean\"");
    }
}
