//! The part of a key's schema that the derives can express, by its meaning; a list of strings becomes an enum.

use std::collections::BTreeSet;

use audit_core::limits::VALUE_CHARS;
use serde_json::Value;

use super::Expressing;
use super::object::quoted;
use crate::body::read::keywords::is_annotation;
use crate::body::{At, Property, Types};
use crate::diff::meaning::{Meaning, of};
use crate::diff::rules::constraint;

impl Expressing<'_> {
    /// The schema and the doc comment of a field; `None` with a warning if no field can express it.
    pub(super) fn field(&mut self, whose: &str, property: &Property) -> Option<(Property, String)> {
        let At(at) = property.at;
        let meaning = of(property);
        self.keywords(at, whose, &constraints(&meaning));
        let docs = self.annotations(at, whose, &property.annotations);
        let mut nested = BTreeSet::new();
        let nested_schemas = property.constraints.values();
        nested_schemas.for_each(|value| add_annotations(value, &mut nested));
        if !nested.is_empty() {
            self.warn(
                at,
                format!("dropped {} in a part of {whose}", quoted(&nested)),
            );
        }
        Some((self.plain(whose, property, &meaning)?, docs))
    }

    /// The schema as type, values and length alone.
    fn plain(&mut self, whose: &str, property: &Property, meaning: &Meaning) -> Option<Property> {
        let (At(at), types) = (property.at, meaning.types());
        let mut plain = Property {
            at: property.at,
            ..Property::of(types)
        };
        if types.name().is_none() {
            let types = types.words();
            self.warn(
                at,
                format!("not imported: {whose} can be {types}, and a field has one type"),
            );
            return None;
        }
        let values = meaning.listed().filter(|_| meaning.is_list());
        match values {
            Some(mut values) if types == Types::STRING => {
                values.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
                plain.values = Some(values);
            }
            Some(values) => {
                let values: Vec<_> = values.iter().map(ToString::to_string).collect();
                let values = values.join(", ");
                self.warn(
                    at,
                    format!(
                        "can't express the values of {whose} (only strings make an enum): {values}"
                    ),
                );
                // The type that is written: `number` stays one whose values happen to be whole.
                if property.types.name().is_some() {
                    plain.types = property.types;
                }
            }
            None => {
                let length = meaning.strings().length();
                // The service's own limit is one, too, where it is written.
                plain.max_len = length.and_then(|length| length.limit().or(property.max_len));
                let too_long = plain.max_len.take_if(|limit| *limit > VALUE_CHARS.into());
                if let Some(limit) = too_long {
                    self.warn(
                        at,
                        format!("can't express `maxLength` {limit} of {whose}: the limit is {VALUE_CHARS}"),
                    );
                }
            }
        }
        Some(plain)
    }
}

/// The keywords beyond type, list of values and length.
fn constraints(meaning: &Meaning) -> BTreeSet<String> {
    let plain = of(&Property::of(meaning.types()));
    let bounds = constraint::of_values(&plain, meaning).into_iter();
    let bounds = bounds.filter_map(|bound| bound.new);
    let keywords = bounds.chain(meaning.unread_beside(meaning));
    keywords.map(|keyword| keyword.name).collect()
}

/// The annotations in `allOf`, `anyOf` and the like.
fn add_annotations(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| add_annotations(item, found)),
        Value::Object(members) => {
            for (keyword, value) in members {
                add_annotations(value, found);
                if is_annotation(keyword) {
                    found.insert(keyword.clone());
                }
            }
        }
        _ => {}
    }
}
