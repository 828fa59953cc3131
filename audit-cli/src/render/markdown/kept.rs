//! The same of a version that a build doesn't declare: tables from its registration body, descriptions from its event schema.

use audit_core::limits::VALUE_CHARS;
use serde_json::Value;

use super::{page, row, section};
use crate::body::{Body, Metadata, Property, Types};

/// `event` is the event schema, if the folder has it; `undeclared` is the reason that the code isn't known.
pub fn render(
    action: &str,
    version: u32,
    body: &Body,
    event: Option<&Value>,
    undeclared: &str,
) -> String {
    let at = |pointer: &str| event.and_then(|event| event.pointer(pointer));
    let (actor, targets) = (at("/properties/actor"), at("/properties/targets"));
    let mut sections = vec![
        section("Metadata", "", &rows(&body.metadata, event)),
        section("Actor", description(actor), &rows(&body.actor, actor)),
    ];
    for (kind, metadata) in &body.targets {
        let target = targets.and_then(|targets| target(targets, kind));
        let heading = format!("Target `{kind}`");
        sections.push(section(
            &heading,
            description(target),
            &rows(metadata, target),
        ));
    }
    page(action, version, description(event), undeclared, &sections)
}

/// `described` is the schema of the object that holds the metadata.
fn rows(metadata: &Metadata, described: Option<&Value>) -> Vec<String> {
    let row = |(key, property): (&String, &Property)| {
        let of_key = described.and_then(|schema| find(schema, &|schema| key_of(schema, key)));
        let is_required = metadata.required.contains(key);
        let (kind, limit) = (property.types.words(), limit(property));
        row(key, &kind, is_required, &limit, description(of_key))
    };
    metadata.properties.iter().map(row).collect()
}

/// The schema of a metadata key; the object's own properties are `id`, `name`, `type` and `metadata`.
fn key_of<'v>(schema: &'v Value, key: &str) -> Option<&'v Value> {
    schema["properties"]["metadata"]["properties"].get(key)
}

/// The limits of a value: its values, its length, other keywords.
fn limit(property: &Property) -> String {
    let values = property.values.iter().flatten();
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), Into::into);
    let mut parts: Vec<_> = values.map(|value| format!("`{}`", text(value))).collect();
    if property.values.is_none() && Types::STRING.within(property.types) {
        let max = property.max_len.unwrap_or(VALUE_CHARS.into());
        parts.push(format!("{max} characters"));
    }
    let others = property.constraints.iter();
    parts.extend(others.map(|(keyword, value)| format!("`{keyword}: {value}`")));
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
fn find<'v>(schema: &'v Value, pick: &dyn Fn(&'v Value) -> Option<&'v Value>) -> Option<&'v Value> {
    pick(schema).or_else(|| match schema {
        Value::Object(members) => members.values().find_map(|inner| find(inner, pick)),
        Value::Array(items) => items.iter().find_map(|inner| find(inner, pick)),
        _ => None,
    })
}

fn description(schema: Option<&Value>) -> &str {
    let text = schema.and_then(|schema| schema["description"].as_str());
    text.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event_schema;
    use crate::testing::{Record, STRING, entity, event, field, fields};

    /// Keys with the names of an entity's own properties and of JSON Schema's keywords.
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
