//! What the schema of a metadata object means: what each key accepts, which must be there, what the keys beside them accept.

use std::collections::{BTreeMap, BTreeSet};

use audit_core::limits::METADATA_KEYS;
use serde_json::Value;

use super::Meaning;
use super::unread::{Unread, Within};
use crate::body::Metadata;

/// The accepted metadata objects.
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
    /// Keywords that aren't understood. Each accepts all of it, or less.
    pub unread: Unread,
}

/// A key's schema.
#[derive(Clone, Debug)]
pub struct Key {
    pub meaning: Meaning,
    pub required: bool,
    /// Whether it is among the properties.
    pub described: bool,
}

/// Reads what a metadata object accepts.
pub fn of_metadata(metadata: &Metadata) -> Object {
    let mut object = super::read_object::metadata(metadata);
    object.declared = metadata.declared;
    object.settle();
    object
}

impl Object {
    pub fn everything() -> Self {
        Self {
            declared: false,
            keys: BTreeMap::new(),
            rest: Meaning::everything(),
            rest_schema: None,
            fewest: 0,
            most: METADATA_KEYS as u64,
            unread: Unread::new(),
        }
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

    /// Whether `other` accepts each event of this as far as `key` goes.
    pub fn within_at(&self, key: &str, other: &Self) -> Within {
        let is_there = !other.requires(key) || self.requires(key);
        self.value_within(key, other)
            .and(self.doubted(is_there.into()))
    }

    /// The same where the key is there.
    pub fn value_within(&self, key: &str, other: &Self) -> Within {
        self.doubted(self.meaning(key).within(other.meaning(key)))
    }

    /// The same unless a keyword that isn't understood refuses what speaks against it.
    fn doubted(&self, within: Within) -> Within {
        match within {
            Within::No => Within::no_unless(&self.unread),
            within => within,
        }
    }

    /// How many keys an event has at least and at most.
    pub fn counts(&self) -> (u64, u64) {
        let most = if self.is_closed() {
            self.possible()
        } else {
            u64::MAX
        };
        (self.fewest.max(self.required()), self.most.min(most))
    }

    fn required(&self) -> u64 {
        self.keys.values().filter(|key| key.required).count() as u64
    }

    fn possible(&self) -> u64 {
        self.keys
            .values()
            .filter(|key| !key.meaning.is_empty())
            .count() as u64
    }

    /// Where as many keys are asked for as there can be, all are required; where no more are allowed than are required, there are no others.
    pub fn settle(&mut self) {
        if self.is_closed() && self.fewest >= self.possible() {
            self.keys
                .values_mut()
                .for_each(|key| key.required |= !key.meaning.is_empty());
        }
        if self.most <= self.required() {
            self.rest = Meaning::NOTHING;
            let others = self.keys.values_mut().filter(|key| !key.required);
            others.for_each(|key| key.meaning = Meaning::NOTHING);
        }
    }

    /// The same with a key that must be there.
    pub fn requiring(mut self, name: &str) -> Self {
        let key = self.keys.entry(name.into()).or_insert_with(|| Key {
            meaning: self.rest.clone(),
            required: false,
            described: false,
        });
        key.required = true;
        self
    }

    fn is_empty(&self) -> bool {
        let (fewest, most) = self.counts();
        fewest > most
            || self
                .keys
                .values()
                .any(|key| key.required && key.meaning.is_empty())
    }

    /// What both accept.
    pub fn meet(&self, other: &Self) -> Self {
        let of = |name: &String| Key {
            meaning: self.meaning(name).meet(other.meaning(name)),
            required: self.requires(name) || other.requires(name),
            described: self.describes(name) || other.describes(name),
        };
        Self {
            declared: self.declared,
            keys: self
                .keys
                .keys()
                .chain(other.keys.keys())
                .map(|name| (name.clone(), of(name)))
                .collect(),
            rest: self.rest.meet(&other.rest),
            rest_schema: self
                .rest_schema
                .as_ref()
                .or(other.rest_schema.as_ref())
                .cloned(),
            fewest: self.fewest.max(other.fewest),
            most: self.most.min(other.most),
            unread: &self.unread | &other.unread,
        }
    }

    /// Whether `other` accepts everything that this accepts.
    pub fn within(&self, other: &Self) -> Within {
        let is_there = Within::from(self.declared || !other.declared);
        if self.is_empty() {
            return is_there;
        }
        let names: BTreeSet<_> = self.keys.keys().chain(other.keys.keys()).collect();
        let (fewest, most) = self.counts();
        let is_counted = Within::from(other.fewest <= fewest && most <= other.most);
        let keys = names.into_iter().map(|name| self.within_at(name, other));
        let understood = keys.fold(self.rest.within(&other.rest).and(is_counted), Within::and);
        self.doubted(understood)
            .and(Within::unless(other.unread.difference(&self.unread)))
            .and(is_there)
    }
}
