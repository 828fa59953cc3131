//! What is left of schemas to express: what they accept, however it is written, without keywords that refuse nothing.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::body::read::keywords::{is_annotation, is_known};
use crate::body::{Keywords, Metadata, Property};
use crate::diff::rules::constraint;
use crate::diff::meaning::accepted::Accepted as _;
use crate::diff::meaning::object::of_metadata;
use crate::diff::meaning::of;
use crate::diff::meaning::unread::Within;

/// A property by its types, its values and its length; among its constraints is the rest.
pub fn property(property: &Property) -> Property {
    if property.constraints.is_empty() {
        return property.clone();
    }
    let meaning = of(property);
    let values = meaning
        .listed()
        .filter(|values| values.is_empty() || meaning.is_list());
    let bounds = constraint::of_values(&of(&Property::of(meaning.types())), &meaning);
    let unread = meaning
        .unread_beside(&meaning)
        .into_iter()
        .map(|keyword| (keyword.name, keyword.value));
    Property {
        types: if values.is_some() {
            property.types
        } else {
            meaning.types()
        },
        // The service's own limit is one, too, where it is written.
        max_len: meaning
            .strings()
            .length()
            .and_then(|length| length.limit().or(property.max_len)),
        constraints: bounds
            .into_iter()
            .filter_map(|bound| bound.new)
            .chain(unread)
            .collect(),
        annotations: property.annotations.clone(),
        values,
    }
}

/// The keywords of an object without which it accepts other things.
pub fn constraints(metadata: &Metadata) -> Keywords {
    let (mut left, mut meant) = (metadata.clone(), of_metadata(metadata));
    for keyword in metadata
        .constraints
        .keys()
        .filter(|keyword| is_known(keyword))
    {
        let mut without = left.clone();
        without.constraints.remove(keyword);
        let other = of_metadata(&without);
        if (meant.within(&other), other.within(&meant)) == (Within::Yes, Within::Yes) {
            (left, meant) = (without, other);
        }
    }
    left.constraints
}

/// What the schemas in `allOf`, `anyOf` and `oneOf` say to people.
pub fn nested_annotations(constraints: &Keywords) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (keyword, value) in constraints {
        annotations(keyword, value, &mut found);
    }
    found
}

fn annotations(keyword: &str, value: &Value, found: &mut BTreeSet<String>) {
    let schemas = value
        .as_array()
        .filter(|_| ["allOf", "anyOf", "oneOf"].contains(&keyword));
    for (keyword, value) in schemas
        .into_iter()
        .flatten()
        .filter_map(Value::as_object)
        .flatten()
    {
        if is_annotation(keyword) {
            found.insert(keyword.clone());
        }
        annotations(keyword, value, found);
    }
}
