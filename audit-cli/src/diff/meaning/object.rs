//! What the schema of a metadata object means: what each key accepts, which must be there, what the keys beside them accept.

use std::collections::BTreeMap;

use audit_core::limits::METADATA_KEYS;
use serde_json::Value;

use super::read::{is_half, plain, refers, whole};
use super::{Meaning, Within, of};
use crate::body::read::Reader;
use crate::body::read::keywords::{OF_LISTS, OF_NUMBERS, OF_STRINGS, is_annotation};
use crate::body::{Keywords, Metadata};
use crate::json::Node;

/// What a metadata object may be.
#[derive(Clone, Debug)]
pub struct Object {
    /// Whether the service asks for it.
    pub declared: bool,
    pub keys: BTreeMap<String, Key>,
    /// What any other key accepts.
    pub rest: Meaning,
    /// The same, as `additionalProperties` has it where that is a schema.
    pub rest_schema: Option<Value>,
    /// How many keys there must be at least, and may be at most, as it is written.
    pub fewest: u64,
    pub most: u64,
    /// Keywords that aren't understood.
    pub unread: Keywords,
}

/// What is said of a key.
#[derive(Clone, Debug)]
pub struct Key {
    pub meaning: Meaning,
    pub required: bool,
    /// Whether it is among the properties.
    pub described: bool,
}

/// Says what a metadata object accepts.
pub fn of_metadata(metadata: &Metadata) -> Object {
    let mut object = plainly(metadata, refers_anywhere(metadata));
    object.settle();
    object
}

impl Object {
    /// Any object.
    pub fn any() -> Self {
        let (fewest, most) = (0, METADATA_KEYS as u64);
        let (keys, unread) = (BTreeMap::new(), Keywords::new());
        Self { declared: false, keys, rest: Meaning::anything(), rest_schema: None, fewest, most, unread }
    }

    /// What a key accepts; nothing where it can't be there.
    pub fn meaning(&self, key: &str) -> &Meaning {
        self.keys.get(key).map_or(&self.rest, |key| &key.meaning)
    }

    pub fn requires(&self, key: &str) -> bool {
        self.keys.get(key).is_some_and(|key| key.required)
    }

    pub fn describes(&self, key: &str) -> bool {
        self.keys.get(key).is_some_and(|key| key.described)
    }

    /// Whether no other keys are accepted.
    pub fn is_closed(&self) -> bool {
        self.rest.is_empty()
    }

    /// Keywords that say which keys are described at all: with one of them nothing can be said of a key that isn't.
    pub fn reaching(&self) -> Vec<String> {
        let reaching = |keyword: &&String| matches!(keyword.as_str(), "patternProperties" | "unevaluatedProperties");
        self.unread.keys().filter(reaching).cloned().collect()
    }

    /// Whether `other` accepts each event of this as far as `key` goes.
    pub fn within_at(&self, key: &str, other: &Self) -> Within {
        let presence = if !other.requires(key) || self.requires(key) { Within::Yes } else { Within::No };
        self.meaning(key).within(other.meaning(key)).and(presence)
    }

    /// How many keys an event has at least and at most.
    pub fn counts(&self) -> (u64, u64) {
        let most = if self.is_closed() && self.reaching().is_empty() { self.possible() } else { u64::MAX };
        (self.fewest.max(self.required()), self.most.min(most))
    }

    fn required(&self) -> u64 {
        self.keys.values().filter(|key| key.required).count() as u64
    }

    fn possible(&self) -> u64 {
        self.keys.values().filter(|key| !key.meaning.is_empty()).count() as u64
    }

    /// Where as many keys are asked for as there can be, all are required; where no more are allowed than are required, there are no others.
    fn settle(&mut self) {
        if self.is_closed() && self.reaching().is_empty() && self.fewest >= self.possible() {
            self.keys.values_mut().for_each(|key| key.required |= !key.meaning.is_empty());
        }
        if self.most <= self.required() {
            self.rest = Meaning::NOTHING;
            self.keys.values_mut().filter(|key| !key.required).for_each(|key| key.meaning = Meaning::NOTHING);
        }
    }

    /// What both accept, where that can be said.
    fn meet(&self, other: &Self) -> Option<Self> {
        if [self, other].into_iter().any(|side| !side.reaching().is_empty()) {
            return None;
        }
        let rest_schema = self.rest_schema.as_ref().or(other.rest_schema.as_ref()).cloned();
        let mut met = Self { rest: self.rest.meet(&other.rest)?, rest_schema, ..self.clone() };
        for name in self.keys.keys().chain(other.keys.keys()) {
            let meaning = self.meaning(name).meet(other.meaning(name))?;
            let required = self.requires(name) || other.requires(name);
            let described = self.describes(name) || other.describes(name);
            met.keys.insert(name.clone(), Key { meaning, required, described });
        }
        for (keyword, value) in &other.unread {
            if met.unread.insert(keyword.clone(), value.clone()).is_some_and(|own| own != *value) {
                return None;
            }
        }
        (met.fewest, met.most) = (self.fewest.max(other.fewest), self.most.min(other.most));
        Some(met)
    }
}

/// What is written, keyword by keyword. `refers` says whether it names other schemas, so that definitions mean something.
fn plainly(metadata: &Metadata, refers: bool) -> Object {
    let Metadata { declared, properties, required, open, constraints, annotations: _ } = metadata;
    let rest = match constraints.get("additionalProperties") {
        _ if !open => Meaning::NOTHING,
        Some(schema) => Meaning::of_schema(schema),
        None => Meaning::anything(),
    };
    let rest_schema = constraints.get("additionalProperties").cloned();
    let mut object = Object { declared: *declared, rest, rest_schema, ..Object::any() };
    for (name, property) in properties {
        let key = Key { meaning: of(property), required: required.contains(name), described: true };
        object.keys.insert(name.clone(), key);
    }
    for name in required.iter().filter(|name| !properties.contains_key(*name)) {
        let key = Key { meaning: object.rest.clone(), required: true, described: false };
        object.keys.insert(name.clone(), key);
    }
    for (keyword, value) in constraints.iter().filter(|(keyword, _)| *keyword != "additionalProperties") {
        if !says_nothing(keyword, value, constraints, refers)
            && let Err(Unread) = object.read(keyword, value, refers)
        {
            object.unread.insert(keyword.clone(), plain(value));
        }
    }
    object
}

/// A keyword isn't understood.
struct Unread;

impl Object {
    fn read(&mut self, keyword: &str, value: &Value, refers: bool) -> Result<(), Unread> {
        match keyword {
            "minProperties" => self.fewest = self.fewest.max(whole(value).ok_or(Unread)?),
            "maxProperties" => self.most = self.most.min(whole(value).ok_or(Unread)?),
            "allOf" | "anyOf" | "oneOf" => {
                let schemas = value.as_array().filter(|schemas| keyword == "allOf" || schemas.len() == 1).ok_or(Unread)?;
                let mut met = self.clone();
                for schema in schemas {
                    met = of_schema(schema, refers).and_then(|other| met.meet(&other)).ok_or(Unread)?;
                }
                *self = met;
            }
            _ => return Err(Unread),
        }
        Ok(())
    }
}

/// Reads a schema that stands in another one.
fn of_schema(schema: &Value, refers: bool) -> Option<Object> {
    if schema == &Value::Bool(true) {
        return Some(Object::any());
    }
    let text = schema.to_string();
    let mut reader = Reader::default();
    let metadata = reader.schema(Node::parse(&text).ok()?, "a schema");
    reader.problems.is_empty().then(|| plainly(&metadata, refers))
}

/// Whether a keyword refuses no metadata object.
fn says_nothing(keyword: &str, value: &Value, beside: &Keywords, refers: bool) -> bool {
    let is_empty = value.as_object().is_some_and(serde_json::Map::is_empty);
    let is_anything = is_empty || value == &Value::Bool(true);
    match keyword {
        "$defs" | "definitions" => !refers,
        "patternProperties" | "dependentRequired" | "dependentSchemas" | "dependencies" => is_empty,
        "propertyNames" | "unevaluatedProperties" => is_anything,
        "not" => value == &Value::Bool(false),
        _ => is_half(keyword, beside) || is_annotation(keyword) || concerns_others(keyword),
    }
}

/// Whether a keyword is about values that are no objects.
fn concerns_others(keyword: &str) -> bool {
    let keywords = [OF_LISTS.as_slice(), &OF_STRINGS, &OF_NUMBERS, &["format"]];
    keywords.into_iter().any(|keywords| keywords.contains(&keyword))
}

fn refers_anywhere(metadata: &Metadata) -> bool {
    let of_keys = metadata.properties.values().flat_map(|property| &property.constraints);
    metadata.constraints.iter().chain(of_keys).any(|(keyword, value)| refers(keyword, value))
}
