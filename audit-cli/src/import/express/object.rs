//! The part of a metadata object that the derives can express: its keys and its descriptions.

use std::collections::{BTreeMap, BTreeSet};

use super::{Expressing, Field, Object};
use crate::body::read::keywords::subject;
use crate::body::{Keywords, Metadata, Scope};
use crate::diff::meaning::object::of_metadata;
use crate::import::forms::{Declared, Notation};
use crate::json::Position;

impl Expressing<'_> {
    /// Warns once for all open objects: event types are closed.
    pub(super) fn open(&mut self) {
        let Declared {
            origin,
            body,
            layout,
            ..
        } = self.declared;
        let is_open = |(place, metadata): &(Scope<'_>, &Metadata)| {
            metadata.open
                && match layout.object(*place).map(|object| object.notation) {
                    Some(Notation::Schema) => true,
                    Some(Notation::Absent) | None => origin.file.is_some() && !layout.flat,
                    Some(Notation::Flat | Notation::Mangled) => false,
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
            declared: _,
            properties,
            required,
            open,
            constraints: _,
            annotations,
        } = metadata;
        let layout = &self.declared.layout;
        let found = layout.object(place);
        let at = found.and_then(|object| object.at);
        let position = |key: &str| found.and_then(|object| object.key(key));
        let whose = format!("the metadata{}", place.words());
        self.keywords(at, &whose, &constraints(metadata));
        let docs = self.annotations(at, &whose, annotations);
        let is_undescribed =
            |key: &&String| !properties.contains_key(*key) && position(key).is_none();
        let undescribed: Vec<_> = required.iter().filter(is_undescribed).collect();
        if *open && !undescribed.is_empty() {
            let message = format!(
                "required keys without a schema, not imported: {}{}",
                quoted(undescribed),
                place.words()
            );
            self.warn(at, message);
        }
        let is_optional =
            self.optional && found.is_some_and(|object| object.notation == Notation::Flat);
        let mut keys: Vec<_> = properties.keys().collect();
        keys.sort_by_key(|key| position(key).map_or(usize::MAX, |(index, _)| index));
        let field = |key: &String| {
            let (property, at) = (&properties[key], position(key).map(|(_, at)| at));
            let optional = is_optional || !required.contains(key);
            self.field(&format!("{key:?}{}", place.words()), property, at)
                .map(|(property, docs)| Field {
                    key: key.clone(),
                    docs,
                    property,
                    optional,
                    at,
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
