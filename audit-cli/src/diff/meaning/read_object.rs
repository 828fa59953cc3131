//! The meaning of each keyword of a metadata object's schema. Of those that combine schemas, only `allOf` is understood here.

use audit_core::limits::KEY_CHARS;
use serde_json::{Value, json};

use super::object::{Key, Object};
use super::part::Set;
use super::unread::{Keyword, refers};
use super::{Meaning, of};
use crate::body::Metadata;
use crate::body::read::Reader;
use crate::body::read::keywords::Subject::{
    Annotation, Anything, Definitions, Lists, Numbers, Strings, Types,
};
use crate::body::read::keywords::subject;
use crate::json::{Node, whole};

/// Reads a metadata object's schema together with those in its `allOf`.
pub fn metadata(metadata: &Metadata) -> Object {
    let mut metadata = metadata.clone();
    place_unevaluated(&mut metadata);
    let schemas = metadata.constraints.remove("allOf");
    let mut object = plainly(&metadata);
    let schemas = schemas.as_ref().and_then(Value::as_array);
    for schema in schemas.into_iter().flatten() {
        match parsed(schema) {
            Some(other) => object = object.meet(&self::metadata(&other)),
            None => _ = object.unread.insert(Keyword::new("allOf", schema)),
        }
    }
    object
}

/// Reads `unevaluatedProperties` as `additionalProperties` if that is equivalent; beside that keyword it has no effect. Elsewhere it depends on
/// the keywords that may describe keys.
fn place_unevaluated(
    Metadata {
        properties,
        constraints,
        open,
        ..
    }: &mut Metadata,
) {
    constraints.retain(|keyword, value| keyword != "patternProperties" || *value != json!({}));
    let Some(schema) = constraints.remove("unevaluatedProperties") else {
        return;
    };
    if !*open
        || constraints.contains_key("additionalProperties")
        || Meaning::of_schema(&schema) == Meaning::everything()
    {
        return;
    }
    let may_describe = |keyword: &str| match keyword {
        "dependencies" | "dependentSchemas" | "patternProperties" => true,
        "format" => false,
        _ => matches!(subject(keyword), Some(Anything | Types)),
    };
    let mut describing = constraints.clone();
    describing.retain(|keyword, _| may_describe(keyword));
    if describing.is_empty() {
        constraints.insert("additionalProperties".into(), schema);
    } else {
        let described: Vec<_> = properties.keys().collect();
        constraints.insert(
            "unevaluatedProperties".into(),
            json!([schema, described, describing]),
        );
    }
}

/// Reads a schema in `allOf`, if it is one of objects that is understood.
fn parsed(schema: &Value) -> Option<Metadata> {
    let is_object = |name: &Value| name == "object";
    if *schema == Value::Bool(true) {
        return Some(Metadata::default());
    }
    let mut members = schema.as_object()?.clone();
    let is_of_objects = match members.remove("type") {
        Some(Value::Array(names)) => names.iter().any(is_object),
        name => name.as_ref().is_none_or(is_object),
    };
    let text = Value::from(members).to_string();
    let mut reader = Reader::default();
    let metadata = reader.schema(Node::parse(&text).ok()?, "a schema");
    (is_of_objects && reader.problems.is_empty()).then_some(metadata)
}

/// The meaning of a schema without its `allOf`.
fn plainly(metadata: &Metadata) -> Object {
    let Metadata {
        notation: _,
        at: _,
        properties,
        required,
        open,
        constraints,
        annotations: _,
    } = metadata;
    let of_values = properties.values().map(|value| &value.constraints);
    let refers = of_values.chain([constraints]).any(refers);
    let mut object = Object::everything();
    let others = constraints.get("additionalProperties");
    object.rest = match others {
        Some(schema) => Meaning::of_schema(schema),
        None if *open => Meaning::everything(),
        None => Meaning::NOTHING,
    };
    object.rest_schema = others.cloned();
    for (name, property) in properties {
        object.keys.insert(
            name.clone(),
            Key {
                meaning: of(property),
                required: false,
                described: true,
            },
        );
    }
    if let Some(patterns) = constraints.get("patternProperties") {
        object = under_patterns(object, patterns);
    }
    object = required
        .iter()
        .fold(object, |object, key| object.requiring(key));
    for (keyword, value) in constraints {
        match (keyword.as_str(), whole(value)) {
            ("minProperties", Some(fewest)) => object.fewest = object.fewest.max(fewest),
            ("maxProperties", Some(most)) => object.most = object.most.min(most),
            ("additionalProperties" | "patternProperties", _) => {}
            _ if rejects_nothing(keyword, value, refers) => {}
            _ => _ = object.unread.insert(Keyword::new(keyword, value)),
        }
    }
    object
}

/// Patterns aren't understood: under one, any undescribed key may have any value.
fn under_patterns(mut object: Object, patterns: &Value) -> Object {
    let is_open = object.rest == Meaning::everything();
    let others = (!is_open).then(|| json!([object.rest, object.keys.keys().collect::<Vec<_>>()]));
    let keyword = Keyword::new("patternProperties", &json!([patterns, others]));
    object.unread.insert(keyword);
    (object.rest, object.rest_schema) = (Meaning::everything(), None);
    object
}

/// Whether a keyword rejects no metadata object. The names of keys are bounded by the service, too.
fn rejects_nothing(keyword: &str, value: &Value, refers: bool) -> bool {
    match (keyword, subject(keyword)) {
        (_, Some(Definitions)) => !refers,
        ("format", _) | (_, Some(Annotation | Lists | Numbers | Strings)) => true,
        ("propertyNames", _) => {
            let names = Meaning::of_schema(value).strings().clone();
            matches!(names.set, Set::Strings(length) if length.min <= 1 && length.max >= KEY_CHARS as u64)
                && names.unread.is_empty()
        }
        _ => false,
    }
}
