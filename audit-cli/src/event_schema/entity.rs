//! The schema of an actor or a target: type, id, name, metadata; one for each variant of an enum.

use std::collections::BTreeMap;

use audit_core::schema::record::read::{Entity, Target};
use serde_json::{Map, Value, json};

use super::{described, object, one_by, value, with};

/// One object, or one of the variants'.
pub fn actor(entity: &Entity) -> Value {
    let mut variants = Vec::new();
    add(entity, &mut variants);
    if let [only] = variants.as_slice() {
        return variant(only);
    }
    described(
        with(of_kinds(&variants), "title", &entity.rust_name),
        &entity.docs,
    )
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

/// The variants by their type, those of one type by their id.
fn of_kinds(variants: &[&Entity]) -> Value {
    let mut kinds: BTreeMap<&str, Vec<&Entity>> = BTreeMap::new();
    for entity in variants {
        let Some(kind) = &entity.type_name else {
            return any_of(variants);
        };
        kinds.entry(kind).or_default().push(entity);
    }
    let kinds = kinds.into_iter();
    one_by(
        "type",
        kinds
            .map(|(kind, of_kind)| (kind, self::of_kind(&of_kind)))
            .collect(),
    )
}

fn of_kind(variants: &[&Entity]) -> Value {
    if let [only] = variants {
        return variant(only);
    }
    let mut ids: BTreeMap<&str, Value> = BTreeMap::new();
    for entity in variants {
        let Some(id) = &entity.id else {
            return any_of(variants);
        };
        if ids.insert(id, variant(entity)).is_some() {
            return any_of(variants);
        }
    }
    one_by("id", ids)
}

/// What nothing tells apart.
fn any_of(variants: &[&Entity]) -> Value {
    json!({"anyOf": variants.iter().map(|entity| variant(entity)).collect::<Vec<_>>()})
}

pub fn target(target: &Target) -> Value {
    let docs = if target.docs.is_empty() {
        &target.entity.docs
    } else {
        &target.docs
    };
    one(&target.entity, Some(&target.type_name), docs)
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
