//! The schema of an actor or a target: type, id, name, metadata; one for each variant of an enum.

use std::collections::BTreeMap;

use audit_core::schema::record::read::{Entity, Target};
use serde_json::{Map, Value, json};

use super::{described, object, one_by, value, with};

/// One object, or one of the variants'.
pub fn actor(entity: &Entity) -> Value {
    let mut variants = Vec::new();
    add(entity, &mut variants);
    let keys: [(&str, Get); 2] = [
        ("type", |entity| entity.type_name.as_ref()),
        ("id", |entity| entity.id.as_ref()),
    ];
    let schema = by(&keys, &variants);
    if variants.len() == 1 {
        return schema;
    }
    described(with(schema, "title", &entity.rust_name), &entity.docs)
}

/// An enum's variants may be enums themselves.
fn add<'e>(entity: &'e Entity, to: &mut Vec<&'e Entity>) {
    if entity.variants.is_empty() {
        to.push(entity);
    }
    for variant in &entity.variants {
        add(variant, to);
    }
}

fn variant(entity: &Entity) -> Value {
    one(entity, entity.type_name.as_deref(), &entity.docs)
}

type Get = fn(&Entity) -> Option<&String>;

/// Distinguishes the variants by the first of `keys`, those that share it by the next one.
fn by(keys: &[(&str, Get)], variants: &[&Entity]) -> Value {
    if let [only] = variants {
        return variant(only);
    }
    let any =
        || json!({"anyOf": variants.iter().map(|entity| variant(entity)).collect::<Vec<_>>()});
    let Some(((key, get), others)) = keys.split_first() else {
        return any();
    };
    let mut groups: BTreeMap<&str, Vec<&Entity>> = BTreeMap::new();
    for entity in variants {
        let Some(text) = get(entity) else {
            return any();
        };
        groups.entry(text).or_default().push(entity);
    }
    let groups = groups.into_iter();
    one_by(
        key,
        groups
            .map(|(text, group)| (text, by(others, &group)))
            .collect(),
    )
}

/// The target's own docs, or else its entity's.
pub fn docs_of_target(target: &Target) -> &str {
    match target.docs.as_str() {
        "" => &target.entity.docs,
        own => own,
    }
}

pub fn target(target: &Target) -> Value {
    one(
        &target.entity,
        Some(&target.type_name),
        docs_of_target(target),
    )
}

fn one(entity: &Entity, type_name: Option<&str>, docs: &str) -> Value {
    let mut properties = Map::new();
    properties.insert(
        "type".into(),
        type_name.map_or_else(|| json!({"type": "string"}), |name| json!({"const": name})),
    );
    if let Some(id) = &entity.id {
        // A unit variant is its type and id; its metadata is empty.
        properties.insert("id".into(), json!({"const": id}));
    } else {
        properties.insert("id".into(), json!({"type": "string"}));
        properties.insert("name".into(), json!({"type": "string"}));
    }
    properties.insert("metadata".into(), value::metadata(&entity.metadata));
    described(
        with(
            object(properties, &["id", "metadata", "type"]),
            "title",
            &entity.rust_name,
        ),
        docs,
    )
}
