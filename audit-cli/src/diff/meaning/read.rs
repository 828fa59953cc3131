//! The meaning of each keyword of a value's schema: a keyword of one type doesn't restrict another type.

use serde_json::Value;

use super::Meaning;
use super::composed::under_schemas;
use super::part::{Length, Set};
use super::range::{Bound, Range, Step};
use super::unread::{Keyword, refers};
use crate::body::read::keywords::Subject::{Annotation, Definitions, Lists, Objects};
use crate::body::read::keywords::subject;
use crate::body::{Keywords, Types};
use crate::json::whole;

/// The meaning of a JSON Schema.
pub fn schema(schema: &Value) -> Meaning {
    match schema {
        Value::Bool(false) => Meaning::NOTHING,
        Value::Object(members) => keywords(
            Meaning::everything(),
            &members.clone().into_iter().collect(),
        ),
        _ => Meaning::everything(),
    }
}

/// Restricts a meaning by more keywords. Those that combine schemas are read last, as they depend on the types that are left.
pub fn keywords(meaning: Meaning, keywords: &Keywords) -> Meaning {
    let refers = refers(keywords);
    let alone = keywords
        .iter()
        .fold(meaning, |left, keyword| under(left, keyword, refers));
    under_schemas(alone, keywords)
}

/// Restricts a meaning by an independent keyword. Definitions matter if a keyword refers to them.
fn under(left: Meaning, (keyword, value): (&String, &Value), refers: bool) -> Meaning {
    match subject(keyword) {
        Some(Annotation | Lists | Objects) => left,
        Some(Definitions) if !refers => left,
        _ if matches!(
            keyword.as_str(),
            "allOf" | "anyOf" | "oneOf" | "not" | "if" | "then" | "else"
        ) =>
        {
            left
        }
        _ => match only(keyword, value) {
            Some(meaning) => left.meet(&meaning),
            None => left.under(&Keyword::new(keyword, value)),
        },
    }
}

/// The meaning of a keyword, if it is understood.
fn only(keyword: &str, value: &Value) -> Option<Meaning> {
    Some(match keyword {
        "type" => types(value)?,
        "enum" => Meaning::of_values(value.as_array()?),
        "const" => Meaning::of_values(std::slice::from_ref(value)),
        _ => Meaning::of_set(bound(keyword, value)?),
    })
}

/// The types that `type` names. No metadata value is `null`, a list or an object.
fn types(value: &Value) -> Option<Meaning> {
    let names = value
        .as_array()
        .map_or(std::slice::from_ref(value), Vec::as_slice);
    let mut types = Types::NONE;
    for name in names {
        match name.as_str()? {
            "null" | "array" | "object" => {}
            name => types = types.and(Types::named(name)?),
        }
    }
    Some(Meaning::of_types(types))
}

/// The strings or numbers within one bound.
fn bound(keyword: &str, value: &Value) -> Option<Set> {
    let (mut length, mut range) = (Length::ANY, Range::default());
    let number = value.as_f64()?;
    match keyword {
        "minLength" => length.min = whole(value)?,
        "maxLength" => length.max = whole(value)?,
        "minimum" => range.min = Some(Bound::at(number)),
        "exclusiveMinimum" => range.min = Some(Bound::beyond(number)),
        "maximum" => range.max = Some(Bound::at(number)),
        "exclusiveMaximum" => range.max = Some(Bound::beyond(number)),
        "multipleOf" => range.step = Some(Step::of(value)?),
        _ => return None,
    }
    Some(if range == Range::default() {
        Set::Strings(length)
    } else {
        Set::Numbers(range)
    })
}
