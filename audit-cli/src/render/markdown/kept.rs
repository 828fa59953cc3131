//! The same of a version that a build doesn't declare: the tables from its registration body, the descriptions from its event schema.

use audit_core::limits::VALUE_CHARS;
use serde_json::Value;

use super::{Row, paragraph, table};
use crate::body::{Body, Metadata, Property, Types};

/// `event` is the event schema, where the folder has it; `undeclared` says what is known of the code.
pub fn render(
    action: &str,
    version: u32,
    body: &Body,
    event: Option<&Value>,
    undeclared: &str,
) -> String {
    let at = |pointer: &str| event.and_then(|event| event.pointer(pointer));
    let mut parts = vec![
        format!("# `{action}` version {version}\n"),
        paragraph(&description(event)),
        paragraph(undeclared),
        section("Metadata", &body.metadata, "", event),
    ];
    let actor = at("/properties/actor");
    parts.push(section("Actor", &body.actor, &description(actor), actor));
    for (kind, metadata) in &body.targets {
        let target = at("/properties/targets").and_then(|targets| target(targets, kind));
        parts.push(section(
            &format!("Target `{kind}`"),
            metadata,
            &description(target),
            target,
        ));
    }
    parts.concat()
}

/// `described` is the schema of the object that holds the metadata.
fn section(heading: &str, metadata: &Metadata, docs: &str, described: Option<&Value>) -> String {
    let head = format!("\n## {heading}\n{}", paragraph(docs));
    if metadata.properties.is_empty() {
        return head + &paragraph("No metadata.");
    }
    head + &table(metadata.properties.iter().map(|(key, property)| {
        Row {
            key,
            kind: property.types.words(),
            is_required: metadata.required.contains(key),
            limit: limit(property),
            docs: described
                .and_then(|schema| find(schema, &|schema| key_of(schema, key)))
                .map(text)
                .unwrap_or_default(),
        }
    }))
}

/// The schema of a metadata key; the object's own properties are `id`, `name`, `type` and `metadata`.
fn key_of<'v>(schema: &'v Value, key: &str) -> Option<&'v Value> {
    schema["properties"]["metadata"]["properties"].get(key)
}

/// What bounds a value: its values, its length, other keywords.
fn limit(
    Property {
        types,
        values,
        max_len,
        constraints,
        annotations: _,
    }: &Property,
) -> String {
    let mut parts: Vec<_> = values
        .iter()
        .flatten()
        .map(|value| {
            format!(
                "`{}`",
                value.as_str().map_or_else(|| value.to_string(), Into::into)
            )
        })
        .collect();
    if values.is_none() && types.include(Types::STRING) {
        parts.push(format!(
            "{} characters",
            max_len.unwrap_or(VALUE_CHARS.into())
        ));
    }
    parts.extend(
        constraints
            .iter()
            .map(|(keyword, value)| format!("`{keyword}: {value}`")),
    );
    parts.join(", ")
}

/// The schema of a target's type, which is one of several.
fn target<'v>(targets: &'v Value, kind: &str) -> Option<&'v Value> {
    find(&targets["items"], &|schema| {
        (schema["properties"]["type"]["const"] == kind && schema.get("title").is_some())
            .then_some(schema)
    })
}

/// The first that is found in a schema, or in those that it is made of.
fn find<'v>(
    schema: &'v Value,
    wanted: &dyn Fn(&'v Value) -> Option<&'v Value>,
) -> Option<&'v Value> {
    if let Some(found) = wanted(schema) {
        return Some(found);
    }
    match schema {
        Value::Object(members) => members.values().find_map(|inner| find(inner, wanted)),
        Value::Array(items) => items.iter().find_map(|inner| find(inner, wanted)),
        _ => None,
    }
}

fn description(schema: Option<&Value>) -> String {
    schema.map(text).unwrap_or_default()
}

fn text(schema: &Value) -> String {
    schema["description"].as_str().unwrap_or_default().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event_schema;
    use crate::testing::{Record, STRING, entity, event, field, fields};

    /// Keys that are called as an entity's own properties, and as keywords of JSON Schema.
    const KEYS: [&str; 6] = [
        "id",
        "name",
        "type",
        "metadata",
        "properties",
        "description",
    ];

    #[test]
    fn describes_each_key_by_its_own_docs() {
        let keys = |place: &str| {
            KEYS.map(|key| field(key, STRING).docs(&format!("The {key} of {place}.")))
        };
        let kind = |kind: &str| entity(Some(kind), "Kind", "", None, &[fields(&keys(kind))]);
        let actor = entity(None, "Actor", "", None, &[kind("user"), kind("robot")]);
        let record = event("a.b", 1).actor(actor).target("space", kind("space"));
        let record = keys("the event").into_iter().fold(record, Record::field);
        let schema = serde_json::from_str(&event_schema::render(&record.event())).expect("JSON");
        let properties = KEYS
            .map(|key| format!("{key:?}: {{\"type\": \"string\"}}"))
            .join(", ");
        let metadata =
            format!("\"metadata\": {{\"type\": \"object\", \"properties\": {{{properties}}}}}");
        let targets =
            format!("\"targets\": [{{\"type\": \"team\"}}, {{\"type\": \"space\", {metadata}}}]");
        let body = Body::parse(&format!(
            "{{{metadata}, \"actor\": {{{metadata}}}, {targets}}}"
        ))
        .expect("a body");
        let shown = render("a.b", 1, &body, Some(&schema), "Undeclared.");
        for key in KEYS {
            // Of several kinds of actors the first by its type.
            for place in ["the event", "robot", "space"] {
                assert_eq!(
                    shown.matches(&format!("The {key} of {place}.")).count(),
                    1,
                    "{key} of {place}:\n{shown}"
                );
            }
        }
    }
}
