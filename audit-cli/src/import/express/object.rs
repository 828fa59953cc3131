//! The part of a metadata object that the derives can express: its keys and its descriptions.

use std::collections::{BTreeMap, BTreeSet};

use super::{Expressing, Field, Object};
use crate::body::read::keywords::subject;
use crate::body::{At, Keywords, Metadata, Notation, Property, Scope};
use crate::diff::meaning::object::of_metadata;
use crate::import::forms::Declared;
use crate::json::Position;

impl Expressing<'_> {
    /// Warns once for all open objects in a file: event types are closed.
    pub(super) fn open(&mut self) {
        let Declared {
            origin, body, flat, ..
        } = self.declared;
        let is_open = |(_, metadata): &(Scope<'_>, &Metadata)| {
            origin.file.is_some()
                && metadata.open
                && match metadata.notation {
                    Notation::Schema => true,
                    Notation::Absent => !flat,
                    Notation::Flat | Notation::Mangled => false,
                }
        };
        let open = body.scopes().filter(is_open);
        let open: Vec<_> = open
            .map(|(place, _)| format!("metadata{}", place.words()))
            .collect();
        if !open.is_empty() {
            let message = format!(
                "accepts undescribed keys, and the types don't: {}",
                open.join(", ")
            );
            self.warn(None, message);
        }
    }

    pub(super) fn object(&mut self, place: Scope<'_>, metadata: &Metadata) -> Object {
        let Metadata {
            notation,
            at: At(at),
            properties,
            required,
            open,
            constraints: _,
            annotations,
        } = metadata;
        let whose = format!("the metadata{}", place.words());
        self.keywords(*at, &whose, &constraints(metadata));
        let docs = self.annotations(*at, &whose, annotations);
        let undescribed = required.iter().filter(|key| !properties.contains_key(*key));
        let undescribed = quoted(undescribed);
        if *open && !undescribed.is_empty() {
            let message = format!(
                "required keys without a schema, not imported: {undescribed}{}",
                place.words()
            );
            self.warn(*at, message);
        }
        let is_optional = self.optional && *notation == Notation::Flat;
        let mut keys: Vec<_> = properties.iter().collect();
        keys.sort_by_key(|(_, property)| property.at.0);
        let field = |(key, property): (&String, &Property)| {
            let (property, docs) = self.field(&format!("{key:?}{}", place.words()), property)?;
            Some(Field {
                key: key.clone(),
                docs,
                property,
                optional: is_optional || !required.contains(key),
            })
        };
        Object {
            docs,
            fields: keys.into_iter().filter_map(field).collect(),
        }
    }

    pub(super) fn keywords(
        &mut self,
        at: Option<Position>,
        whose: &str,
        keywords: &BTreeSet<String>,
    ) {
        if !keywords.is_empty() {
            let message = format!("can't express {} of {whose}", quoted(keywords));
            self.warn(at, message);
        }
    }

    /// The text of a doc comment.
    pub(super) fn annotations(
        &mut self,
        at: Option<Position>,
        whose: &str,
        annotations: &Keywords,
    ) -> String {
        let texts = ["title", "description"].map(|keyword| annotations.get_key_value(keyword));
        let texts = texts.into_iter().flatten();
        let texts: BTreeMap<_, _> = texts
            .filter_map(|(keyword, text)| Some((keyword, text.as_str()?.trim())))
            .collect();
        let others = annotations
            .keys()
            .filter(|keyword| !texts.contains_key(keyword));
        let others = quoted(others);
        if !others.is_empty() {
            self.warn(at, format!("dropped {others} of {whose}"));
        }
        // The title first.
        let docs: Vec<_> = texts
            .into_values()
            .rev()
            .filter(|text| !text.is_empty())
            .collect();
        docs.join("\n\n")
    }
}

/// `` `maxLength`, `pattern` ``
pub(super) fn quoted<'n>(keywords: impl IntoIterator<Item = &'n String>) -> String {
    keywords
        .into_iter()
        .map(|keyword| format!("`{keyword}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The keywords of an object without which it would accept other things.
fn constraints(metadata: &Metadata) -> BTreeSet<String> {
    let (mut left, mut meaning) = (metadata.clone(), of_metadata(metadata));
    for keyword in metadata
        .constraints
        .keys()
        .filter(|keyword| subject(keyword).is_some())
    {
        let mut without = left.clone();
        without.constraints.remove(keyword);
        let other = of_metadata(&without);
        if meaning.within(&other).and(other.within(&meaning)).is_yes() {
            (left, meaning) = (without, other);
        }
    }
    left.constraints.into_keys().collect()
}
