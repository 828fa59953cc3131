//! What the derives can say of one key: of any schema what it accepts, however it is written; texts of an `enum` become an enum.

use std::collections::BTreeSet;

use audit_core::limits::VALUE_CHARS;
use serde_json::Value;

use super::object::quoted;
use super::{Expressing, Kind};
use crate::body::read::keywords::is_annotation;
use crate::body::{Keywords, Property, Types};
use crate::diff::meaning::of;
use crate::diff::rules::constraint;
use crate::json::Position;

impl Expressing<'_> {
    /// The Rust type and the doc comment; `None` with a warning where no field can be that.
    pub(super) fn field(
        &mut self,
        whose: &str,
        property: &Property,
        at: Option<Position>,
    ) -> Option<(Kind, String)> {
        let Property {
            types,
            values,
            max_len,
            constraints,
            annotations,
        } = by_meaning(property);
        self.keywords(at, whose, &constraints);
        let docs = self.annotations(at, whose, &annotations);
        let kind = match values {
            Some(values) => {
                let list = if property.values.is_some() {
                    "`enum`"
                } else {
                    "the list of values"
                };
                self.choice(whose, types, &values, list, at)
            }
            None => self.plain(whose, types, at),
        }?;
        let nested = nested_annotations(&property.constraints);
        if !nested.is_empty() {
            self.warn(
                at,
                format!("{} in a part of {whose} isn't kept", quoted(&nested)),
            );
        }
        Some((self.limited(whose, kind, max_len, at), docs))
    }

    fn plain(&mut self, whose: &str, types: Types, at: Option<Position>) -> Option<Kind> {
        if types.is_empty() {
            return self.nothing(whose, at);
        }
        let kind = kind_of(types);
        if kind.is_none() {
            let words = types.words();
            self.warn(at, format!("{whose} can be {words}, and a field has one type: it isn't imported, add it by hand"));
        }
        kind
    }

    fn nothing(&mut self, whose: &str, at: Option<Position>) -> Option<Kind> {
        self.warn(
            at,
            format!("{whose} can have no value, so it isn't imported"),
        );
        None
    }

    fn limited(
        &mut self,
        whose: &str,
        kind: Kind,
        max_len: Option<u64>,
        at: Option<Position>,
    ) -> Kind {
        let Some(max_len) = max_len else { return kind };
        if kind != Kind::Text(None) {
            self.warn(
                at,
                format!("`maxLength` of {whose} isn't kept: only free text has a limit"),
            );
            return kind;
        }
        let limit = u16::try_from(max_len)
            .ok()
            .filter(|limit| (1..=VALUE_CHARS).contains(limit));
        if limit.is_none() {
            self.warn(at, format!("`maxLength` {max_len} of {whose} can't be expressed: a limit is 1 to {VALUE_CHARS} characters"));
        }
        Kind::Text(limit)
    }

    /// `list`: what the values are called.
    fn choice(
        &mut self,
        whose: &str,
        types: Types,
        values: &[Value],
        list: &str,
        at: Option<Position>,
    ) -> Option<Kind> {
        let fits = |value: &Value| {
            type_of(value).is_some_and(|of| of.within(types)) && !is_too_long(value)
        };
        let (possible, impossible): (Vec<_>, Vec<_>) = values.iter().partition(|value| fits(value));
        // The service takes no `null` whatever a schema says.
        let impossible: Vec<_> = impossible
            .into_iter()
            .filter(|value| !value.is_null())
            .map(shortened)
            .collect();
        if !impossible.is_empty() {
            self.warn(
                at,
                format!(
                    "no value of {whose} can be {}, which its `enum` lists",
                    impossible.join(", ")
                ),
            );
        }
        let union = possible
            .iter()
            .filter_map(|value| type_of(value))
            .reduce(Types::and);
        let Some(union) = union else {
            return self.nothing(whose, at);
        };
        match kind_of(union) {
            Some(Kind::Text(_)) => Some(Kind::Choice(
                possible
                    .into_iter()
                    .filter_map(Value::as_str)
                    .map(ToOwned::to_owned)
                    .collect(),
            )),
            Some(Kind::Boolean) if possible.len() == 2 => Some(Kind::Boolean),
            Some(kind) => {
                let shown: Vec<_> = possible.into_iter().map(shortened).collect();
                self.warn(
                    at,
                    format!(
                        "{list} of {whose} can't be expressed: {}; only texts make an enum",
                        shown.join(", ")
                    ),
                );
                // The type that is written, where one is: `number` stays one whose values happen to be whole.
                kind_of(types).or(Some(kind))
            }
            None => {
                let words = union.words();
                self.warn(at, format!("{list} of {whose} mixes types ({words}), so it isn't imported: add it by hand"));
                None
            }
        }
    }
}

fn kind_of(types: Types) -> Option<Kind> {
    Some(match types {
        Types::STRING => Kind::Text(None),
        Types::INTEGER => Kind::Integer,
        Types::NUMBER => Kind::Number,
        Types::BOOLEAN => Kind::Boolean,
        _ => return None,
    })
}

fn is_too_long(value: &Value) -> bool {
    value
        .as_str()
        .is_some_and(|text| text.chars().count() > usize::from(VALUE_CHARS))
}

fn type_of(value: &Value) -> Option<Types> {
    Some(match value {
        Value::String(_) => Types::STRING,
        Value::Bool(_) => Types::BOOLEAN,
        Value::Number(number)
            if number.is_f64() && number.as_f64().is_some_and(|number| number.fract() != 0.0) =>
        {
            Types::NUMBER
        }
        Value::Number(_) => Types::INTEGER,
        _ => return None,
    })
}

/// The value as JSON, as far as it is worth reading.
fn shortened(value: &Value) -> String {
    const SHOWN: usize = 40;
    let text = value.to_string();
    if text.chars().count() <= SHOWN {
        text
    } else {
        text.chars().take(SHOWN).collect::<String>() + "…"
    }
}

/// A property by its types, its values and its length; among its constraints is the rest.
fn by_meaning(property: &Property) -> Property {
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

/// What the schemas in `allOf`, `anyOf` and `oneOf` say to people.
fn nested_annotations(constraints: &Keywords) -> BTreeSet<String> {
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
