//! What each keyword of a metadata object's schema means.

use std::collections::BTreeMap;

use audit_core::limits::{KEY_CHARS, is_key};
use serde_json::{Map, Value, json};

use super::accepted::{Accepted as _, Composed as _, Schema as _, under_schemas};
use super::object::{Key, Object};
use super::part::Set;
use super::unread::{Keyword, with_definitions};
use super::{Meaning, of};
use crate::body::read::Reader;
use crate::body::read::keywords::Subject::{Annotation, Definitions, Lists, Numbers, Strings};
use crate::body::read::keywords::subject;
use crate::body::{Keywords, Metadata};
use crate::json::{Node, normal, whole};

/// What an object accepts, keyword by keyword.
pub fn metadata(metadata: &Metadata) -> Object {
    read(with_definitions(metadata.clone()))
}

/// What puts schemas together is read last, so that it is known what it is about.
fn read(metadata: Metadata) -> Object {
    let mut all = Vec::new();
    let unread = flattened(metadata, &mut all);
    let alone = all.iter().fold(Object::everything(), |left, metadata| {
        left.meet(&plainly(metadata))
    });
    let beside = all.iter().fold(
        unread.into_iter().fold(alone, Object::under),
        |left, metadata| under_keys(left, &metadata.constraints),
    );
    let everything = Object::everything();
    all.iter().fold(beside, |left, metadata| {
        under_schemas(left, &everything, &metadata.constraints, of_schema)
    })
}

/// A schema and those in its `allOf`; what can't be read of them.
fn flattened(mut metadata: Metadata, all: &mut Vec<Metadata>) -> Vec<Keyword> {
    place_unevaluated(&mut metadata);
    let schemas = metadata.constraints.remove("allOf");
    all.push(metadata);
    let mut unread = Vec::new();
    for schema in schemas
        .as_ref()
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        match parsed(schema) {
            Some(metadata) => unread.extend(flattened(metadata, all)),
            None => unread.push(Keyword::new("allOf", normal(schema))),
        }
    }
    unread
}

/// Whether a keyword describes keys, or holds one that does: in a schema beside `unevaluatedProperties`, it says which keys that is about.
fn describes(keyword: &str, value: &Value) -> bool {
    let describes_itself = matches!(
        keyword,
        "$dynamicRef"
            | "$ref"
            | "additionalProperties"
            | "patternProperties"
            | "properties"
            | "unevaluatedProperties"
    );
    describes_itself
        || match value {
            Value::Object(members) => members.iter().any(|(name, value)| describes(name, value)),
            Value::Array(items) => items.iter().any(|item| describes("", item)),
            _ => false,
        }
}

/// Takes `unevaluatedProperties` for `additionalProperties`, where that is the same; beside one of those it says nothing. Elsewhere it changes with
/// what describes keys.
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
    let describing: Map<_, _> = constraints
        .iter()
        .filter(|(keyword, value)| describes(keyword, value))
        .map(|(keyword, value)| (keyword.clone(), normal(value)))
        .collect();
    if describing.is_empty() {
        constraints.insert("additionalProperties".into(), schema);
    } else {
        let described: Vec<_> = properties.keys().collect();
        constraints.insert(
            "unevaluatedProperties".into(),
            json!([normal(&schema), described, describing]),
        );
    }
}

/// Reads a schema that stands in another one, where it can be read.
fn of_schema(schema: &Value) -> Option<Object> {
    let mut object = read(parsed(schema)?);
    object.settle();
    Some(object)
}

fn parsed(schema: &Value) -> Option<Metadata> {
    let is_object = |name: &Value| name == "object";
    let members = match schema {
        Value::Bool(true) => return Some(Metadata::default()),
        Value::Object(members) => members.clone(),
        _ => return Some(nothing()),
    };
    let is_of_objects = match members.get("type") {
        Some(Value::Array(names)) => names.iter().any(is_object),
        name => name.is_none_or(is_object),
    };
    if !is_of_objects {
        return Some(nothing());
    }
    let members: Map<_, _> = members
        .into_iter()
        .filter(|(keyword, _)| keyword != "type")
        .collect();
    let text = Value::from(members).to_string();
    let mut reader = Reader::default();
    let metadata = reader.schema(Node::parse(&text).ok()?, "a schema");
    reader.problems.is_empty().then_some(metadata)
}

/// What no object is.
fn nothing() -> Metadata {
    Metadata {
        constraints: Keywords::from([
            ("minProperties".into(), 1.into()),
            ("maxProperties".into(), 0.into()),
        ]),
        ..Metadata::default()
    }
}

/// What is written, but for what hangs on other keywords.
fn plainly(metadata: &Metadata) -> Object {
    let Metadata {
        declared: _,
        properties,
        required,
        open,
        constraints,
        annotations: _,
    } = metadata;
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
    if let Some(patterns) = constraints
        .get("patternProperties")
        .and_then(Value::as_object)
    {
        object = under_patterns(object, patterns);
    }
    let object = required
        .iter()
        .fold(object, |object, key| object.requiring(key));
    constraints
        .iter()
        .fold(object, |mut object, (keyword, value)| {
            match (keyword.as_str(), whole(value)) {
                ("minProperties", Some(fewest)) => object.fewest = object.fewest.max(fewest),
                ("maxProperties", Some(most)) => object.most = object.most.min(most),
                // What hangs on others, or puts schemas together, is read later.
                (
                    "additionalProperties"
                    | "anyOf"
                    | "dependencies"
                    | "dependentRequired"
                    | "dependentSchemas"
                    | "else"
                    | "if"
                    | "not"
                    | "oneOf"
                    | "patternProperties"
                    | "propertyNames"
                    | "then",
                    _,
                ) => {}
                (keyword, _) if says_nothing(keyword) => {}
                (keyword, _) => return object.under(Keyword::new(keyword, normal(value))),
            }
            object
        })
}

/// Which keys are others hangs on the patterns, and those aren't understood: with one, any other key may accept anything.
fn under_patterns(mut object: Object, patterns: &Map<String, Value>) -> Object {
    let is_open = object.rest == Meaning::everything();
    let patterns = patterns
        .iter()
        .map(|(pattern, schema)| (pattern, Meaning::of_schema(schema)));
    let patterns: BTreeMap<_, _> = patterns
        .filter(|(_, meaning)| !is_open || *meaning != Meaning::everything())
        .collect();
    if patterns.is_empty() {
        return object;
    }
    let others = (!is_open).then(|| json!([object.rest, object.keys.keys().collect::<Vec<_>>()]));
    (object.rest, object.rest_schema) = (Meaning::everything(), None);
    object.under(Keyword::new("patternProperties", json!([patterns, others])))
}

/// What is left under the keywords that are about keys that stand elsewhere.
fn under_keys(left: Object, constraints: &Keywords) -> Object {
    let named = constraints
        .get("propertyNames")
        .into_iter()
        .fold(left, under_names);
    let dependent = ["dependencies", "dependentRequired", "dependentSchemas"];
    let dependent = dependent
        .into_iter()
        .filter_map(|keyword| Some((keyword, constraints.get(keyword)?.as_object()?)));
    let each =
        dependent.flat_map(|(keyword, entries)| entries.iter().map(move |entry| (keyword, entry)));
    each.fold(named, |left, (keyword, (key, needed))| {
        let others = needed.as_array().map(|keys| {
            keys.iter()
                .filter_map(Value::as_str)
                .filter(|other| other != key)
        });
        let with = match others {
            Some(keys) => Some(keys.fold(Object::everything(), Object::requiring)),
            None => of_schema(needed),
        };
        match with {
            Some(with) => left.any_of(keyword, vec![Object::everything().forbidding(key), with]),
            None => left.under(Keyword::new(keyword, json!({key: normal(needed)}))),
        }
    })
}

/// What the service accepts as a key anyway.
const PATTERNS_OF_KEYS: [&str; 2] = ["^[a-zA-Z0-9_-]{0,40}$", "^[a-zA-Z0-9_-]{1,40}$"];

fn under_names(mut left: Object, schema: &Value) -> Object {
    let mut names = Meaning::of_schema(schema).strings().clone();
    names.unread.retain(|keyword| {
        !keyword
            .value
            .as_str()
            .is_some_and(|pattern| PATTERNS_OF_KEYS.contains(&pattern))
    });
    if !names.unread.is_empty() {
        return left.under(Keyword::new("propertyNames", json!(names)));
    }
    for (name, key) in &mut left.keys {
        if !names.set.holds(&name.as_str().into()) {
            key.meaning = Meaning::NOTHING;
        }
    }
    match &names.set {
        Set::Listed(values) => {
            let names = values.iter().filter_map(Value::as_str);
            for name in names.filter(|name| is_key(name)) {
                left.key(name);
            }
            (left.rest, left.rest_schema) = (Meaning::NOTHING, None);
        }
        _ if left.is_closed() => {}
        Set::Strings(length) if length.min <= 1 && length.max >= KEY_CHARS as u64 => {}
        _ => return left.under(Keyword::new("propertyNames", json!(names))),
    }
    left
}

/// Whether a keyword rejects no metadata object, whatever it says.
fn says_nothing(keyword: &str) -> bool {
    let is_of_others = matches!(
        subject(keyword),
        Some(Annotation | Definitions | Lists | Numbers | Strings)
    );
    is_of_others || keyword == "format"
}
