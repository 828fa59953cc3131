//! Reads the JSON Schema of a metadata object, and of the values in it.

use std::collections::{BTreeMap, BTreeSet};

use audit_core::limits::{METADATA_KEYS, is_key};
use serde_json::Value;

use super::keywords::is_annotation;
use super::{ReadProperty, Reader};
use crate::body::{At, Keywords, Metadata, Notation, Property, Types};
use crate::json::{Kind, Node, normal, whole};

impl Reader {
    /// A JSON Schema of one metadata object.
    pub fn schema(&mut self, node: Node<'_>, what: &str) -> Metadata {
        let members = self.object(node, what).unwrap_or_default();
        self.schema_of(node, &members, what, Self::property)
    }

    /// The same of its members.
    pub fn schema_of(
        &mut self,
        node: Node<'_>,
        members: &[(String, Node<'_>)],
        what: &str,
        property: ReadProperty,
    ) -> Metadata {
        let mut metadata = Metadata {
            notation: Notation::Schema,
            at: At(Some(node.at)),
            ..Metadata::default()
        };
        for (keyword, value) in members.iter().map(|(keyword, value)| (keyword, *value)) {
            match keyword.as_str() {
                "type" if is_object(value) => {}
                "type" => self.report(value, format!("{what} must be of type \"object\"")),
                "properties" => {
                    metadata.properties = self.properties(value, "`properties`", property, false);
                }
                "required" => metadata.required = self.required(value),
                "additionalProperties" => self.additional(value, &mut metadata),
                _ => self.keyword(
                    keyword,
                    value,
                    &mut metadata.constraints,
                    &mut metadata.annotations,
                ),
            }
        }
        let properties = members.iter().find(|(keyword, _)| keyword == "properties");
        let has = |key: &str| properties.is_some_and(|(_, node)| node.member(key).is_some());
        if !metadata.open
            && !metadata.constraints.contains_key("patternProperties")
            && let Some(key) = metadata.required.iter().find(|key| !has(key))
        {
            self.report(
                node,
                format!("`required` has {key:?}, which a closed object has no property for: no event can be valid"),
            );
        }
        // Those with an invalid schema were reported.
        let properties = &metadata.properties;
        let required = &mut metadata.required;
        required.retain(|key| properties.contains_key(key) || !has(key));
        metadata
    }

    fn additional(&mut self, node: Node<'_>, metadata: &mut Metadata) {
        match (node.read(), node.value()) {
            (Some(open), _) => metadata.open = open,
            (None, Some(Value::Object(schema))) if schema.is_empty() => metadata.open = true,
            (None, Some(schema @ Value::Object(_))) => {
                metadata
                    .constraints
                    .insert("additionalProperties".into(), schema);
            }
            _ => self.report(node, "`additionalProperties` must be a boolean or a schema"),
        }
    }

    fn required(&mut self, node: Node<'_>) -> BTreeSet<String> {
        let keys = node
            .items()
            .and_then(|items| items.iter().map(Node::string).collect());
        keys.unwrap_or_else(|| {
            self.report(node, "`required` must be a list of keys");
            BTreeSet::new()
        })
    }

    /// The keys that a value can have, each read by `property`; `is_flat`: a map of types.
    pub fn properties(
        &mut self,
        node: Node<'_>,
        what: &str,
        property: ReadProperty,
        is_flat: bool,
    ) -> BTreeMap<String, Property> {
        let members = self.object(node, what).unwrap_or_default();
        if members.len() > METADATA_KEYS {
            self.report(
                node,
                format!("{} keys, the limit is {METADATA_KEYS}", members.len()),
            );
        }
        let mut properties = BTreeMap::new();
        let mut examples = Vec::new();
        for (key, value) in members {
            if !is_key(&key) {
                self.report(
                    value,
                    format!("{key:?} is not a valid key: 1 to 40 letters, digits, `_` or `-`"),
                );
                continue;
            }
            let read = if let Some(types) = example(&value, is_flat) {
                examples.push((value, format!("{key:?} ({})", types.words())));
                Some(Property::of(types))
            } else {
                property(self, &key, value)
            };
            if let Some(property) = read {
                let at = At(Some(value.at));
                properties.insert(key, Property { at, ..property });
            }
        }
        if let Some((first, _)) = examples.first() {
            let keys: Vec<_> = examples.iter().map(|(_, key)| key.as_str()).collect();
            let keys = keys.join(", ");
            self.report(
                *first,
                format!("{what} has example values in place of types: {keys}"),
            );
        }
        properties
    }

    /// The schema of one value; `None` if none can match it.
    pub fn property(&mut self, key: &str, node: Node<'_>) -> Option<Property> {
        if let Some(any) = node.read() {
            return Some(Property::of(if any { Types::ANY } else { Types::NONE }));
        }
        let members = self.object(node, &format!("the schema of {key:?}"))?;
        let mut property = Property::of(Types::ANY);
        // Beside one of these, the keywords of nested values have no effect.
        let is_typed = members
            .iter()
            .any(|(keyword, _)| matches!(keyword.as_str(), "type" | "enum" | "const"));
        for (keyword, value) in members {
            match keyword.as_str() {
                "type" => property.types = self.types(key, value)?,
                "properties" | "items" | "prefixItems"
                    if !is_typed && value.read() != Some(true) =>
                {
                    return self.nested(key, value);
                }
                "enum" => property.values = self.values(key, value),
                "maxLength" => match value.value().as_ref().and_then(whole) {
                    Some(max_len) => property.max_len = Some(max_len),
                    None => self.report(
                        value,
                        format!("`maxLength` of {key:?} must be a whole number"),
                    ),
                },
                _ => self.keyword(
                    &keyword,
                    value,
                    &mut property.constraints,
                    &mut property.annotations,
                ),
            }
        }
        Some(property)
    }

    fn types(&mut self, key: &str, node: Node<'_>) -> Option<Types> {
        let mut types = Types::NONE;
        for name in names(node).iter().flatten() {
            match (name.as_str(), Types::named(name)) {
                (_, Some(one)) => types = types.and(one),
                // The service rejects `null` whatever the schema is.
                ("null", None) => {}
                ("object" | "array", None) => return self.nested(key, node),
                (other, None) => {
                    self.report(
                        node,
                        format!("{key:?} has the type {other:?}, unknown to JSON Schema"),
                    );
                    return None;
                }
            }
        }
        if types.is_empty() {
            self.report(
                node,
                format!("{key:?} can have no value: expected string, integer, number or boolean"),
            );
            return None;
        }
        Some(types)
    }

    fn values(&mut self, key: &str, node: Node<'_>) -> Option<Vec<Value>> {
        let Some(Value::Array(mut values)) = node.value().as_ref().map(normal) else {
            self.report(node, format!("`enum` of {key:?} must be a list of values"));
            return None;
        };
        if values
            .iter()
            .any(|value| value.is_object() || value.is_array())
        {
            self.report(node, format!("`enum` of {key:?} has a nested value"));
        }
        values.sort_by_cached_key(|value| {
            value
                .as_str()
                .map_or_else(|| (1, value.to_string()), |text| (0, text.into()))
        });
        values.dedup();
        Some(values)
    }

    /// Reports a key with nested values.
    pub fn nested<T>(&mut self, key: &str, node: Node<'_>) -> Option<T> {
        self.report(
            node,
            format!("{key:?} is nested: a metadata value is a string, a number or a boolean"),
        );
        None
    }

    fn keyword(
        &mut self,
        keyword: &str,
        node: Node<'_>,
        constraints: &mut Keywords,
        annotations: &mut Keywords,
    ) {
        let Some(value) = node.value() else {
            self.report(node, format!("`{keyword}` is nested too deeply"));
            return;
        };
        let kept = if is_annotation(keyword) {
            annotations
        } else {
            constraints
        };
        kept.insert(keyword.into(), value);
    }
}

/// The type of `10`, `{"type": 10}` or `{"type": true}`; of `true`, too, in a flat map, where booleans are no schemas.
fn example(node: &Node<'_>, is_flat: bool) -> Option<Types> {
    let value = node.member("type").unwrap_or(*node);
    match (node.kind(), value.kind()) {
        (_, Kind::Number) => {
            let is_fraction = value.value().is_some_and(|value| value.is_f64());
            Some(if is_fraction {
                Types::NUMBER
            } else {
                Types::INTEGER
            })
        }
        (Kind::Object, Kind::Boolean) => Some(Types::BOOLEAN),
        (Kind::Boolean, _) if is_flat => Some(Types::BOOLEAN),
        _ => None,
    }
}

/// `"object"`, `["object"]`, `["object", "null"]`: the service rejects `null` whatever the schema is.
fn is_object(node: Node<'_>) -> bool {
    let names = names(node);
    let mut all = names.iter().map(Option::as_deref);
    all.clone().any(|name| name == Some("object"))
        && all.all(|name| matches!(name, Some("object" | "null")))
}

/// The names in `type`, one or a list.
fn names(node: Node<'_>) -> Vec<Option<String>> {
    match node.items() {
        Some(items) => items.iter().map(Node::string).collect(),
        None => vec![node.string()],
    }
}
