//! Keywords for arrays and objects.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::super::node::{Array, Node, Object, Type};
use super::super::pattern::Pattern;
use super::{Compiler, Place};

impl Compiler {
    pub(super) fn array(
        &mut self,
        keywords: &Map<String, Value>,
        place: &Place,
        rules: &mut Vec<Array>,
    ) {
        rules.extend(self.count(keywords, "maxItems", place).map(Array::MaxItems));
        rules.extend(self.count(keywords, "minItems", place).map(Array::MinItems));
        let items = keywords.get("items");
        if let (Some(value), Some(Value::Array(list))) = (keywords.get("additionalItems"), items) {
            rules.push(Array::AdditionalItems(
                list.len(),
                self.node(value, &place.below("additionalItems")),
            ));
        }
        match items {
            None => {}
            Some(list @ Value::Array(_)) => {
                rules.push(Array::Tuple(self.list(list, &place.below("items"))))
            }
            Some(schema) => rules.push(Array::Items(self.node(schema, &place.below("items")))),
        }
        if let Some(value) = keywords.get("contains") {
            rules.push(Array::Contains(self.node(value, &place.below("contains"))));
        }
        match keywords.get("uniqueItems") {
            None | Some(Value::Bool(false)) => {}
            Some(Value::Bool(true)) => rules.push(Array::UniqueItems(simple_types(items))),
            Some(_) => self.refuse(&place.below("uniqueItems"), "must be boolean"),
        }
    }

    pub(super) fn object(
        &mut self,
        keywords: &Map<String, Value>,
        place: &Place,
        rules: &mut Vec<Object>,
    ) {
        rules.extend(
            self.count(keywords, "maxProperties", place)
                .map(Object::MaxProperties),
        );
        rules.extend(
            self.count(keywords, "minProperties", place)
                .map(Object::MinProperties),
        );
        if let Some(value) = keywords.get("required") {
            rules.push(Object::Required(
                self.names(value, &place.below("required")),
            ));
        }
        if let Some(value) = keywords.get("propertyNames") {
            rules.push(Object::PropertyNames(
                self.node(value, &place.below("propertyNames")),
            ));
        }
        let properties = self.schemas(keywords, "properties", place);
        let patterns = self.schemas(keywords, "patternProperties", place);
        let patterns: Vec<(Arc<Pattern>, Node)> = patterns
            .into_iter()
            .filter_map(|(source, node)| {
                Some((
                    self.pattern(&source, &place.below("patternProperties"))?,
                    node,
                ))
            })
            .collect();
        self.overlap(&properties, &patterns, place);
        if let Some(value) = keywords.get("additionalProperties") {
            rules.push(Object::AdditionalProperties {
                named: properties.iter().map(|(name, _)| name.clone()).collect(),
                patterns: patterns
                    .iter()
                    .map(|(pattern, _)| Arc::clone(pattern))
                    .collect(),
                schema: self.node(value, &place.below("additionalProperties")),
            });
        }
        self.dependencies(keywords, place, rules);
        rules.push(Object::Properties(properties));
        rules.push(Object::PatternProperties(patterns));
        rules.retain(|rule| {
            !matches!(rule, Object::Properties(list) if list.is_empty())
                && !matches!(rule, Object::PatternProperties(list) if list.is_empty())
        });
    }

    /// Ajv's strict mode wants each property to have one place where it is described.
    fn overlap(
        &mut self,
        properties: &[(String, Node)],
        patterns: &[(Arc<Pattern>, Node)],
        place: &Place,
    ) {
        if patterns.iter().all(|(_, node)| node.is_always_valid()) {
            return;
        }
        for (pattern, _) in patterns {
            for (name, _) in properties {
                if pattern.fits(name, &self.budget) {
                    self.refuse(
                        place,
                        format!(
                            "property {name} matches pattern {} (use one of them)",
                            pattern.source
                        ),
                    );
                }
            }
        }
        if self.budget.is_spent() {
            self.stop(place, "has so many properties beside so many patterns");
        }
    }

    fn dependencies(
        &mut self,
        keywords: &Map<String, Value>,
        place: &Place,
        rules: &mut Vec<Object>,
    ) {
        let Some(value) = keywords.get("dependencies") else {
            return;
        };
        let at = place.below("dependencies");
        let Some(members) = value.as_object() else {
            self.refuse(&at, "must be object");
            return;
        };
        let (lists, schemas): (Vec<_>, Vec<_>) =
            members.iter().partition(|(_, value)| value.is_array());
        let names = lists
            .into_iter()
            .map(|(name, value)| (name.clone(), self.names(value, &at.below(name))))
            .collect();
        rules.push(Object::DependentNames(names));
        let nodes = schemas
            .into_iter()
            .map(|(name, value)| (name.clone(), self.node(value, &at.below(name))))
            .collect();
        rules.push(Object::DependentSchemas(nodes));
    }
}

/// The types of `items`, where Ajv compares items by their text.
fn simple_types(items: Option<&Value>) -> Vec<Type> {
    let Some(written) = items.and_then(|items| items.get("type")) else {
        return Vec::new();
    };
    let names: Vec<&Value> = written
        .as_array()
        .map_or_else(|| vec![written], |list| list.iter().collect());
    let types: Vec<Type> = names
        .into_iter()
        .filter_map(|name| name.as_str().and_then(Type::named))
        .collect();
    if types
        .iter()
        .any(|one| matches!(one, Type::Array | Type::Object))
    {
        Vec::new()
    } else {
        types
    }
}
