//! Documentation of an event in Markdown: a table of metadata keys for each object of its schema.

use audit_core::limits::VALUE_CHARS;
use serde_json::{Value, json};

use crate::text::printable;

/// `schema` is the event schema; `note` says where the version is declared.
pub fn render(action: &str, version: u32, note: &str, schema: &Value) -> String {
    let (docs, note) = (paragraph(description(schema)), paragraph(note));
    let metadata = section("Metadata", "", schema);
    let properties = &schema["properties"];
    let actors = objects(&properties["actor"]);
    let actors = actors
        .into_iter()
        .map(|actor| section(&heading(actor), description(actor), actor));
    let targets = objects(&properties["targets"]["items"]);
    let targets = targets.into_iter().map(|target| {
        let kind = text(&target["properties"]["type"]["const"]);
        section(&format!("Target `{kind}`"), description(target), target)
    });
    let objects: String = actors.chain(targets).collect();
    format!("# `{action}` version {version}\n{docs}{note}{metadata}{objects}")
}

/// What a registration body says of an event, as its event schema would.
pub fn of_body(body: &Value) -> Value {
    let object = |object: &Value| json!({"properties": {"type": {"const": object["type"]}, "metadata": object["metadata"]}});
    let targets = body["targets"].as_array().into_iter().flatten();
    json!({"properties": {
        "metadata": body["metadata"],
        "actor": object(&body["actor"]),
        "targets": {"items": targets.map(object).collect::<Vec<_>>()},
    }})
}

/// The alternatives of a schema that have metadata.
fn objects(schema: &Value) -> Vec<&Value> {
    match schema {
        _ if schema["properties"].get("metadata").is_some() => vec![schema],
        Value::Object(members) => members.values().flat_map(objects).collect(),
        Value::Array(items) => items.iter().flat_map(objects).collect(),
        _ => Vec::new(),
    }
}

fn heading(actor: &Value) -> String {
    let (kind, id) = (&actor["properties"]["type"], &actor["properties"]["id"]);
    match (kind["const"].as_str(), id["const"].as_str()) {
        (Some(kind), Some(id)) => format!("Actor `{kind}`, always `{id}`"),
        (Some(kind), None) => format!("Actor `{kind}`"),
        (None, _) if kind["type"].is_string() => "Actor of any type".into(),
        (None, _) => "Actor".into(),
    }
}

fn section(heading: &str, docs: &str, object: &Value) -> String {
    let rows = rows(&object["properties"]["metadata"]);
    let table = if rows.is_empty() {
        paragraph("No metadata.")
    } else {
        format!(
            "\n| key | type | required | limit | description |\n| --- | --- | --- | --- | --- |\n{rows}"
        )
    };
    format!("\n## {heading}\n{}{table}", paragraph(docs))
}

fn rows(metadata: &Value) -> String {
    let required = metadata["required"].as_array();
    let row = |(key, property): (&String, &Value)| {
        let is_required = required.is_some_and(|keys| keys.iter().any(|other| other == key));
        let required = if is_required { "yes" } else { "no" };
        let (limit, docs) = (cell(&limit(property)), cell(description(property)));
        let kind = kind(&property["type"]);
        format!("| `{key}` | {kind} | {required} | {limit} | {docs} |\n")
    };
    let properties = metadata["properties"].as_object();
    properties.into_iter().flatten().map(row).collect()
}

fn kind(types: &Value) -> String {
    match types {
        Value::String(name) => name.clone(),
        Value::Array(names) => names.iter().map(text).collect::<Vec<_>>().join(" or "),
        _ => "any type".into(),
    }
}

/// The limits of a value: its values, its length, other keywords.
fn limit(property: &Value) -> String {
    let mut parts = Vec::new();
    if property["type"] == "string" && property.get("enum").is_none() {
        let max = property["maxLength"].as_u64();
        parts.push(format!("{} characters", max.unwrap_or(VALUE_CHARS.into())));
    }
    if let (Some(min), Some(max)) = (property.get("minimum"), property.get("maximum")) {
        parts.push(format!("{min} to {max}"));
    }
    for (keyword, value) in property.as_object().into_iter().flatten() {
        match (keyword.as_str(), value) {
            ("type" | "description" | "maxLength", _) => {}
            ("enum", Value::Array(values)) => {
                parts.extend(values.iter().map(|value| format!("`{}`", text(value))));
            }
            ("minimum", _) if property.get("maximum").is_some() => {}
            ("maximum", _) if property.get("minimum").is_some() => {}
            _ => parts.push(format!("`{keyword}: {value}`")),
        }
    }
    parts.join(", ")
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), Into::into)
}

fn description(schema: &Value) -> &str {
    schema["description"].as_str().unwrap_or_default()
}

fn paragraph(text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!("\n{}\n", text.trim_end())
    }
}

/// A cell is one line.
fn cell(text: &str) -> String {
    printable(&text.split_whitespace().collect::<Vec<_>>().join(" ")).replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event_schema;
    use crate::testing::{INTEGER, Record, STRING, entity, event, field, fields};

    /// Keys with the names of an entity's own properties and of JSON Schema's keywords.
    const KEYS: [&str; 6] = [
        "id",
        "name",
        "type",
        "metadata",
        "properties",
        "description",
    ];

    fn shown(record: &Record) -> String {
        let schema = event_schema::render(&record.event());
        let schema = serde_json::from_str(&schema).expect("JSON");
        render("user.signed_in", 1, "Declared somewhere.", &schema)
    }

    #[test]
    fn has_a_row_a_key_and_one_line_a_row() {
        let role = field("role", STRING).value("b", "").value("a", "May read.");
        let record = event("user.signed_in", 1)
            .docs("Someone signed in.")
            .field(field("method", STRING).docs("How: a|b\nor c"))
            .field(field("attempt", INTEGER).range(0, 255).optional())
            .field(role);
        let text = shown(&record);
        assert!(
            text.starts_with(
                "# `user.signed_in` version 1\n\nSomeone signed in.\n\nDeclared somewhere.\n"
            ),
            "{text}"
        );
        for part in [
            "| `method` | string | yes | 500 characters | How: a\\|b or c |\n",
            "| `attempt` | integer | no | 0 to 255 |  |\n",
            "| `role` | string | yes | `a`, `b` | - `a`: May read. |\n",
            "\n## Actor of any type\n\nNo metadata.\n",
            "\n## Target `team`\n",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }

    #[test]
    fn describes_each_key_by_its_own_docs() {
        let keys = |place: &str| {
            KEYS.map(|key| field(key, STRING).docs(&format!("The {key} of {place}.")))
        };
        let kind = |kind: &str| entity(Some(kind), "Kind", "", None, &[fields(&keys(kind))]);
        let job = entity(Some("system"), "Job", "", Some("cron"), &[]);
        let actor = entity(None, "Actor", "", None, &[kind("user"), kind("robot"), job]);
        let record = event("a.b", 1).actor(actor).target("space", kind("space"));
        let record = keys("the event").into_iter().fold(record, Record::field);
        let text = shown(&record);
        for key in KEYS {
            for place in ["the event", "user", "robot", "space"] {
                assert_eq!(
                    text.matches(&format!("The {key} of {place}.")).count(),
                    1,
                    "{key} of {place}:\n{text}"
                );
            }
        }
        assert!(text.contains("\n## Actor `system`, always `cron`\n"));
    }

    #[test]
    fn reads_a_registration_body_like_an_event_schema() {
        let metadata = json!({"properties": {"k": {"type": ["string", "null"]}, "s": {"type": "string"}}, "required": ["s"]});
        let body = json!({"targets": [{"type": "team"}, {"type": "space", "metadata": metadata}], "metadata": metadata});
        let rows =
            "| `k` | string or null | no |  |  |\n| `s` | string | yes | 500 characters |  |\n";
        let text = render("a.b", 1, "", &of_body(&body));
        assert_eq!(text.matches(rows).count(), 2, "{text}");
        assert!(text.contains("\n## Actor\n\nNo metadata.\n"), "{text}");
        assert!(
            text.contains("\n## Target `team`\n\nNo metadata.\n"),
            "{text}"
        );
    }
}
