//! Reads the JSON Schema of a metadata object, and of the values in it.

use std::collections::{BTreeMap, BTreeSet};

use audit_core::limits::{METADATA_KEYS, is_key};
use serde_json::Value;

use super::examples::Examples;
use super::keywords::is_annotation;
use super::{ReadProperty, Reader};
use crate::body::{Keywords, Metadata, Property, Types};
use crate::json::{Node, normal, whole};

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
            declared: true,
            ..Metadata::default()
        };
        let mut named = BTreeSet::new();
        for (keyword, value) in members.iter().map(|(keyword, value)| (keyword, *value)) {
            match keyword.as_str() {
                "type" if is_object(value) => {}
                "type" => self.report(value, format!("{what} must be of type \"object\"")),
                "properties" => {
                    metadata.properties =
                        self.properties(value, "`properties`", property, &mut named, false);
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
        if !metadata.open
            && !metadata.constraints.contains_key("patternProperties")
            && let Some(key) = metadata.required.iter().find(|key| !named.contains(*key))
        {
            self.report(
                node,
                format!("`required` names {key:?}, which isn't among the properties of a closed object: no event could be valid"),
            );
        }
        metadata
    }

    fn additional(&mut self, node: Node<'_>, metadata: &mut Metadata) {
        match (node.boolean(), node.value()) {
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
        let Some(items) = node.items() else {
            self.mismatch(node, "`required`", "a list of keys");
            return BTreeSet::new();
        };
        let mut keys = BTreeSet::new();
        for item in items {
            match item.string() {
                Some(key) => drop(keys.insert(key)),
                None => self.report(
                    item,
                    format!("`required` lists keys, not {}", item.kind().name()),
                ),
            }
        }
        keys
    }

    /// The keys that a value can have, each read by `property`; `named` gets the others, too, which are reported. `is_flat`: a map of types.
    pub fn properties(
        &mut self,
        node: Node<'_>,
        what: &str,
        property: ReadProperty,
        named: &mut BTreeSet<String>,
        is_flat: bool,
    ) -> BTreeMap<String, Property> {
        let members = self.object(node, what).unwrap_or_default();
        if members.len() > METADATA_KEYS {
            self.report(
                node,
                format!(
                    "{} keys, at most {METADATA_KEYS} are allowed",
                    members.len()
                ),
            );
        }
        let examples = Examples::of(&members, is_flat);
        examples.report(self, what);
        let mut properties = BTreeMap::new();
        for (key, value) in members {
            named.insert(key.clone());
            if !is_key(&key) {
                self.report(value, format!("the key {key:?} isn't possible: a key has 1 to 40 letters, digits, `_` or `-`"));
            } else if let Some(types) = examples.types(&key) {
                properties.insert(key, Property::of(types));
            } else if let Some(property) = property(self, &key, value) {
                properties.insert(key, property);
            }
        }
        properties
    }

    /// The schema of one value; `None` where no value can be that.
    pub fn property(&mut self, key: &str, node: Node<'_>) -> Option<Property> {
        if let Some(any) = node.boolean() {
            return Some(Property::of(if any { Types::ANY } else { Types::NONE }));
        }
        let members = self.object(node, &format!("the schema of {key:?}"))?;
        let mut property = Property::of(Types::ANY);
        // Beside what isn't nested they say nothing.
        let is_typed = members
            .iter()
            .any(|(keyword, _)| matches!(keyword.as_str(), "type" | "enum" | "const"));
        for (keyword, value) in members {
            match keyword.as_str() {
                "type" => property.types = self.types(key, value)?,
                "properties" | "items" | "prefixItems"
                    if !is_typed && value.boolean() != Some(true) =>
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
                // The service rejects `null` whatever the schema says.
                ("null", None) => {}
                ("object" | "array", None) => return self.nested(key, node),
                (other, None) => {
                    self.report(
                        node,
                        format!("{key:?} has the type {other:?}, which JSON Schema doesn't know"),
                    );
                    return None;
                }
            }
        }
        if types.is_empty() {
            self.report(
                node,
                format!(
                    "{key:?} can have no value: its type must be string, integer, number or boolean"
                ),
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
            self.report(
                node,
                format!("`enum` of {key:?} holds a value that is nested: no metadata value is"),
            );
        }
        values.sort_by_cached_key(|value| {
            value
                .as_str()
                .map_or_else(|| (1, value.to_string()), |text| (0, text.into()))
        });
        values.dedup();
        Some(values)
    }

    /// Reports a key whose value can't be one of metadata.
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
        let place = if is_annotation(keyword) {
            annotations
        } else {
            constraints
        };
        place.insert(keyword.into(), value);
    }
}

/// `"object"`, `["object"]`, `["object", "null"]`: the service takes no `null` whatever the schema says.
fn is_object(node: Node<'_>) -> bool {
    let names = names(node);
    let is_object = |name: &Option<String>| name.as_deref() == Some("object");
    let is_null = |name: &Option<String>| name.as_deref() == Some("null");
    names.iter().any(is_object) && names.iter().all(|name| is_object(name) || is_null(name))
}

/// The names in `type`, one or a list.
fn names(node: Node<'_>) -> Vec<Option<String>> {
    match node.items() {
        Some(items) => items.iter().map(Node::string).collect(),
        None => vec![node.string()],
    }
}
