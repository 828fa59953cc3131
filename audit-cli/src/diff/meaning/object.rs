//! The meaning of a metadata object's schema: the values of each key, the required keys, the values of undescribed keys.

use std::collections::{BTreeMap, BTreeSet};

use audit_core::limits::METADATA_KEYS;
use serde_json::Value;

use super::Meaning;
use super::unread::{Unread, Within};
use crate::body::{Metadata, Notation};

/// The accepted metadata objects.
#[derive(Clone, Debug)]
pub struct Object {
    /// Whether the service requires the object.
    pub declared: bool,
    pub keys: BTreeMap<String, Key>,
    /// The values of any other key.
    pub rest: Meaning,
    /// The schema in `additionalProperties`, if it is one.
    pub rest_schema: Option<Value>,
    /// `minProperties` and `maxProperties`.
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

/// Reads the meaning of a metadata object's schema.
pub fn of_metadata(metadata: &Metadata) -> Object {
    let mut object = super::read_object::metadata(metadata);
    object.declared = metadata.notation != Notation::Absent;
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

    /// The values of a key; none if it isn't accepted.
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

    /// The same of the values alone.
    pub fn value_within(&self, key: &str, other: &Self) -> Within {
        self.doubted(self.meaning(key).within(other.meaning(key)))
    }

    /// Turns a no into a doubt, if an unread keyword may reject the counterexample.
    fn doubted(&self, within: Within) -> Within {
        if within == Within::No {
            Within::no_unless(&self.unread)
        } else {
            within
        }
    }

    /// The minimum and maximum number of keys of an event.
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

    /// Makes all keys required if `minProperties` is the number of possible keys, and rejects others if `maxProperties` is the number of required keys.
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

    /// The same with a required key.
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

    /// The intersection.
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
