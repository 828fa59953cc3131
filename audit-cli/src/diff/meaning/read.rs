//! What each keyword of a value's schema means: those that bound a type bound nothing of another one.

use serde_json::Value;

use super::Meaning;
use super::length::Length;
use super::range::{Bound, Range, number};
use crate::body::read::keywords::{OF_LISTS, OF_NUMBERS, OF_OBJECTS, OF_STRINGS, is_annotation};
use crate::body::{Keywords, Types};

/// What a keyword of a schema says about a value.
enum Says {
    Nothing,
    Only(Meaning),
    /// It isn't understood.
    Unread,
}

/// Formats of numbers; all others are of strings.
const NUMERIC: [&str; 4] = ["double", "float", "int32", "int64"];

/// What a JSON Schema accepts.
pub fn schema(schema: &Value) -> Meaning {
    match schema {
        Value::Bool(false) => Meaning::NOTHING,
        Value::Object(keywords) => {
            self::keywords(Meaning::anything(), &keywords.iter().map(|(key, value)| (key.clone(), value.clone())).collect())
        }
        _ => Meaning::anything(),
    }
}

/// What is left of a meaning under more keywords.
pub fn keywords(mut meaning: Meaning, keywords: &Keywords) -> Meaning {
    for (keyword, value) in keywords.iter().filter(|(keyword, _)| *keyword != "not") {
        let narrower = match says(keyword, value, keywords) {
            Says::Nothing => continue,
            Says::Only(other) => meaning.meet(&other),
            Says::Unread => None,
        };
        match narrower {
            Some(narrower) => meaning = narrower,
            None => drop(meaning.unread.insert(keyword.clone(), plain(value))),
        }
    }
    if let Some(not) = keywords.get("not") {
        match meaning.without(&schema(not)) {
            Some(narrower) => meaning = narrower,
            None => drop(meaning.unread.insert("not".into(), plain(not))),
        }
    }
    let unread = std::mem::take(&mut meaning.unread);
    meaning.unread = unread.into_iter().filter(|(keyword, value)| concerns(keyword, value, &meaning)).collect();
    meaning
}

/// Whether a keyword that isn't understood can say anything about what a meaning accepts.
pub fn concerns(keyword: &str, value: &Value, meaning: &Meaning) -> bool {
    let is_numeric = value.as_str().is_some_and(|format| NUMERIC.contains(&format));
    let (strings, numbers) = (!meaning.strings.is_empty(), !meaning.numbers.is_empty());
    match keyword {
        "format" if is_numeric => numbers,
        "format" => strings,
        _ if OF_STRINGS.contains(&keyword) => strings,
        _ if OF_NUMBERS.contains(&keyword) => numbers,
        _ => !meaning.is_empty(),
    }
}

fn says(keyword: &str, value: &Value, beside: &Keywords) -> Says {
    let only = |meaning: Option<Meaning>| meaning.map_or(Says::Unread, Says::Only);
    if let Some(range) = range(keyword, value) {
        return Says::Only(Meaning::of_numbers(range));
    }
    match keyword {
        "type" => only(types(value)),
        "enum" => only(value.as_array().map(|values| Meaning::of_values(values))),
        "const" => Says::Only(Meaning::of_values(std::slice::from_ref(value))),
        "minLength" => only(whole(value).map(|min| Meaning::of_strings(Length { min, max: None }))),
        "maxLength" => only(whole(value).map(|max| Meaning::of_strings(Length { min: 0, max: Some(max) }))),
        "allOf" => only(of_each(value, Meaning::meet)),
        "anyOf" => only(of_each(value, Meaning::join)),
        "oneOf" => only(of_each(value, |own, other| {
            // One of two that overlap isn't either of them.
            (own.narrowed(other).is_empty()).then(|| own.join(other)).flatten()
        })),
        _ if says_nothing(keyword, beside) => Says::Nothing,
        _ => Says::Unread,
    }
}

/// Whether a keyword says nothing about a metadata value, whatever it says: it is about lists or objects, or for people.
fn says_nothing(keyword: &str, beside: &Keywords) -> bool {
    is_annotation(keyword) || is_half(keyword, beside) || OF_LISTS.contains(&keyword) || OF_OBJECTS.contains(&keyword)
}

/// Whether a keyword says nothing without another one that isn't there.
pub fn is_half(keyword: &str, beside: &Keywords) -> bool {
    match keyword {
        "if" => !beside.contains_key("then") && !beside.contains_key("else"),
        "then" | "else" => !beside.contains_key("if"),
        "$defs" | "definitions" => !beside.iter().any(|(keyword, value)| refers(keyword, value)),
        _ => false,
    }
}

/// Whether a keyword names another schema, or holds one that does.
pub fn refers(keyword: &str, value: &Value) -> bool {
    let is_reference = matches!(keyword, "$ref" | "$dynamicRef");
    is_reference
        || match value {
            Value::Object(members) => members.iter().any(|(keyword, value)| refers(keyword, value)),
            Value::Array(items) => items.iter().any(|item| refers("", item)),
            _ => false,
        }
}

/// The types that `type` names. No metadata value is `null`, a list or an object.
fn types(value: &Value) -> Option<Meaning> {
    let names = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    let mut types = Types::NONE;
    for name in names {
        match name.as_str()? {
            "null" | "array" | "object" => {}
            name => types = types.and(Types::named(name)?),
        }
    }
    Some(Meaning::of_types(types))
}

fn range(keyword: &str, value: &Value) -> Option<Range> {
    let number = value.as_f64()?;
    let free = Range::default();
    Some(match keyword {
        "minimum" => Range { min: Some(Bound::at(number)), ..free },
        "exclusiveMinimum" => Range { min: Some(Bound::beyond(number)), ..free },
        "maximum" => Range { max: Some(Bound::at(number)), ..free },
        "exclusiveMaximum" => Range { max: Some(Bound::beyond(number)), ..free },
        // Whether a float is a multiple of a fraction is a matter of rounding.
        "multipleOf" => Range::multiples_of(whole(value).filter(|step| *step > 0)?),
        _ => return None,
    })
}

/// The schemas of `allOf`, `anyOf` and `oneOf` in one, where that can be said.
fn of_each(value: &Value, together: impl Fn(&Meaning, &Meaning) -> Option<Meaning>) -> Option<Meaning> {
    let mut schemas = value.as_array()?.iter().map(schema);
    let first = schemas.next()?;
    schemas.try_fold(first, |own, other| together(&own, &other))
}

/// A whole number, as `1` or as `1.0`.
pub fn whole(value: &Value) -> Option<u64> {
    number(value.as_f64()?).as_u64()
}

/// The same value where each number is written in one way.
pub fn plain(value: &Value) -> Value {
    match value {
        Value::Number(own) => own.as_f64().map_or_else(|| value.clone(), number),
        Value::Array(items) => items.iter().map(plain).collect(),
        Value::Object(members) => members.iter().map(|(key, value)| (key.clone(), plain(value))).collect(),
        _ => value.clone(),
    }
}
