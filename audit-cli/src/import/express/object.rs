//! What the derives can say of a metadata object: its keys and its descriptions.

use serde_json::Value;

use super::{Expressing, Field, Object};
use crate::body::read::keywords::subject;
use crate::body::{Keywords, Metadata, Place};
use crate::diff::meaning::object::of_metadata;
use crate::diff::meaning::unread::Within;
use crate::import::forms::{Declared, How};
use crate::json::Position;

impl Expressing<'_> {
    /// One line for all objects: event types are closed.
    pub(super) fn open(&mut self) {
        let Declared { body, layout, .. } = self.declared;
        let is_open = |(place, metadata): &(Place<'_>, &Metadata)| {
            metadata.open
                && match layout.object(*place).map(|object| object.how) {
                    Some(How::Schema) => true,
                    Some(How::Absent) | None => layout.file.is_some() && !layout.flat,
                    Some(How::Flat | How::Mangled) => false,
                }
        };
        let words = |place| match place {
            Place::Root => "the event".to_owned(),
            Place::Actor => "the actor".to_owned(),
            Place::Target(kind) => format!("target {kind:?}"),
        };
        let open: Vec<_> = body
            .places()
            .filter(is_open)
            .map(|(place, _)| words(place))
            .collect();
        if !open.is_empty() {
            self.warn(
                None,
                format!(
                    "keys beyond those described are accepted ({}), and the types accept none",
                    open.join(", ")
                ),
            );
        }
    }

    pub(super) fn object(&mut self, place: Place<'_>, metadata: &Metadata) -> Object {
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
        let at = found.and_then(|object| object.at).or_else(|| match place {
            Place::Target(kind) => layout.target(kind).map(|(_, at)| at),
            _ => None,
        });
        let position = |key: &str| found.and_then(|object| object.key(key));
        let whose = format!("the metadata{}", place.words());
        self.keywords(at, &whose, &constraints(metadata));
        let docs = self.annotations(at, &whose, annotations);
        if *open {
            self.undescribed(
                at,
                place,
                required
                    .iter()
                    .filter(|key| !properties.contains_key(*key) && position(key).is_none()),
            );
        }
        let says_nothing = self.optional && found.is_some_and(|object| object.how == How::Flat);
        let mut keys: Vec<_> = properties.keys().collect();
        keys.sort_by_key(|key| position(key).map_or(usize::MAX, |(index, _)| index));
        let field = |key: &String| {
            let (property, at) = (&properties[key], position(key).map(|(_, at)| at));
            let optional = says_nothing || !required.contains(key);
            self.field(&format!("{key:?}{}", place.words()), property, at)
                .map(|(kind, docs)| Field {
                    key: key.clone(),
                    docs,
                    kind,
                    optional,
                    at,
                })
        };
        Object {
            docs,
            fields: keys.into_iter().filter_map(field).collect(),
        }
    }

    /// Keys that must be there, and may be anything.
    fn undescribed<'k>(
        &mut self,
        at: Option<Position>,
        place: Place<'_>,
        keys: impl Iterator<Item = &'k String>,
    ) {
        const SHOWN: usize = 10;
        let keys: Vec<_> = keys.map(|key| format!("{key:?}")).collect();
        let more = if keys.len() > SHOWN {
            format!(" and {} more", keys.len() - SHOWN)
        } else {
            String::new()
        };
        if !keys.is_empty() {
            let shown = keys[..keys.len().min(SHOWN)].join(", ");
            self.warn(
                at,
                format!(
                    "required and not described, so not imported: {shown}{more}{}",
                    place.words()
                ),
            );
        }
    }

    pub(super) fn keywords(&mut self, at: Option<Position>, whose: &str, constraints: &Keywords) {
        if !constraints.is_empty() {
            self.warn(
                at,
                format!(
                    "{} of {whose} can't be expressed",
                    quoted(constraints.keys())
                ),
            );
        }
    }

    /// The text that becomes a doc comment.
    pub(super) fn annotations(
        &mut self,
        at: Option<Position>,
        whose: &str,
        annotations: &Keywords,
    ) -> String {
        let text = |keyword: &str| {
            annotations
                .get(keyword)
                .and_then(Value::as_str)
                .map(str::trim)
        };
        let docs: Vec<_> = ["title", "description"]
            .into_iter()
            .filter_map(text)
            .filter(|text| !text.is_empty())
            .collect();
        let is_kept =
            |keyword: &str| matches!(keyword, "title" | "description") && text(keyword).is_some();
        let others: Vec<_> = annotations
            .keys()
            .filter(|keyword| !is_kept(keyword))
            .collect();
        if !others.is_empty() {
            self.warn(
                at,
                format!(
                    "{} of {whose} has no place in Rust, and isn't kept",
                    quoted(others)
                ),
            );
        }
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

/// The keywords of an object without which it accepts other things.
fn constraints(metadata: &Metadata) -> Keywords {
    let (mut left, mut meant) = (metadata.clone(), of_metadata(metadata));
    for keyword in metadata
        .constraints
        .keys()
        .filter(|keyword| subject(keyword).is_some())
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
