//! The schema of an actor or a target: type, id, name, metadata; one for each variant of an enum.

use audit_core::schema::record::read::{Entity, Target};
use serde_json::{Map, Value, json};

use super::{described, object, value, with};

/// One object, or one of the variants'.
pub fn actor(entity: &Entity) -> Value {
    let mut variants = Vec::new();
    add(entity, &mut variants);
    match variants.pop() {
        Some(only) if variants.is_empty() => only,
        last => {
            variants.extend(last);
            described(with(json!({"anyOf": variants}), "title", &entity.rust_name), &entity.docs)
        }
    }
}

/// An enum's variants may be enums themselves.
fn add(entity: &Entity, to: &mut Vec<Value>) {
    if entity.variants.is_empty() {
        to.push(one(entity, entity.type_name.as_deref(), &entity.docs));
    }
    for variant in &entity.variants {
        add(variant, to);
    }
}

pub fn target(target: &Target) -> Value {
    let docs = if target.docs.is_empty() { &target.entity.docs } else { &target.docs };
    one(&target.entity, Some(&target.type_name), docs)
}

fn one(entity: &Entity, type_name: Option<&str>, docs: &str) -> Value {
    let mut properties = Map::new();
    properties.insert("type".into(), type_name.map_or_else(|| json!({"type": "string"}), |name| json!({"const": name})));
    if let Some(id) = &entity.id {
        // A unit variant is its type and id; its metadata is empty.
        properties.insert("id".into(), json!({"const": id}));
    } else {
        properties.insert("id".into(), json!({"type": "string"}));
        properties.insert("name".into(), json!({"type": "string"}));
    }
    properties.insert("metadata".into(), value::metadata(&entity.metadata));
    described(with(object(properties, &["id", "metadata", "type"]), "title", &entity.rust_name), docs)
}
