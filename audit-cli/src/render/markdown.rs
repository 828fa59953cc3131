//! Tables for people: what an event says, place by place.

mod kept;

use audit_core::schema::JsonType;
use audit_core::schema::record::read::{Entity, Event, Field};

use crate::location::source;
use crate::text::printable;
pub use kept::render as render_kept;

pub fn render(event: &Event) -> String {
    let declared = format!(
        "Declared as `{}` in {} (package `{}`).",
        event.rust_name,
        printable(&source(&event.source)),
        event.package
    );
    let mut parts = vec![
        format!("# `{}` version {}\n", event.action, event.version),
        paragraph(&event.docs),
        paragraph(&declared),
        section("Metadata", "", &event.metadata),
        actor(&event.actor),
    ];
    for target in &event.targets {
        let docs = if target.docs.is_empty() {
            &target.entity.docs
        } else {
            &target.docs
        };
        parts.push(section(
            &format!("Target `{}`", target.type_name),
            docs,
            &target.entity.metadata,
        ));
    }
    parts.concat()
}

/// A section for each variant.
fn actor(entity: &Entity) -> String {
    if !entity.variants.is_empty() {
        return entity.variants.iter().map(actor).collect();
    }
    let heading = match (&entity.type_name, &entity.id) {
        (Some(kind), Some(id)) => format!("Actor `{kind}`, always `{id}`"),
        (Some(kind), None) => format!("Actor `{kind}`"),
        (None, _) => "Actor of any type".into(),
    };
    section(&heading, &entity.docs, &entity.metadata)
}

fn section(heading: &str, docs: &str, fields: &[Field]) -> String {
    let head = format!("\n## {heading}\n{}", paragraph(docs));
    if fields.is_empty() {
        return head + &paragraph("No metadata.");
    }
    let mut fields: Vec<_> = fields.iter().collect();
    fields.sort_by(|a, b| a.key.cmp(&b.key));
    head + &table(fields.into_iter().map(|field| Row {
        key: &field.key,
        kind: kind(field.json).into(),
        is_required: !field.optional,
        limit: limit(field),
        docs: docs_of(field),
    }))
}

/// What a table says of a key.
struct Row<'a> {
    key: &'a str,
    kind: String,
    is_required: bool,
    limit: String,
    docs: String,
}

fn table<'a>(rows: impl Iterator<Item = Row<'a>>) -> String {
    let head =
        "\n| key | type | required | limit | description |\n| --- | --- | --- | --- | --- |\n";
    rows.fold(
        head.into(),
        |table,
         Row {
             key,
             kind,
             is_required,
             limit,
             docs,
         }| {
            let required = if is_required { "yes" } else { "no" };
            table
                + &format!(
                    "| `{key}` | {kind} | {required} | {} | {} |\n",
                    cell(&limit),
                    cell(&docs)
                )
        },
    )
}

fn paragraph(text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!("\n{}\n", text.trim_end())
    }
}

fn kind(json: JsonType) -> &'static str {
    match json {
        JsonType::String => "string",
        JsonType::Integer => "integer",
        JsonType::Number => "number",
        JsonType::Boolean => "boolean",
    }
}

fn limit(field: &Field) -> String {
    if let Some(values) = &field.values {
        return values
            .iter()
            .map(|value| format!("`{}`", value.name))
            .collect::<Vec<_>>()
            .join(", ");
    }
    match (field.json, field.max_len, field.range) {
        (JsonType::String, max_len, _) => format!(
            "{} characters",
            max_len.unwrap_or(audit_core::limits::VALUE_CHARS)
        ),
        (_, _, Some((minimum, maximum))) => format!("{minimum} to {maximum}"),
        _ => String::new(),
    }
}

fn docs_of(field: &Field) -> String {
    let values = field
        .values
        .iter()
        .flatten()
        .filter(|value| !value.docs.is_empty());
    let values = values.map(|value| format!("`{}`: {}", value.name, value.docs));
    [field.docs.clone()]
        .into_iter()
        .filter(|docs| !docs.is_empty())
        .chain(values)
        .collect::<Vec<_>>()
        .join(" · ")
}

/// A cell is one line.
fn cell(text: &str) -> String {
    printable(&text.split_whitespace().collect::<Vec<_>>().join(" ")).replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::event;

    #[test]
    fn has_a_row_a_key_and_one_line_a_row() {
        let mut event = event("user.signed_in", 1)
            .string("method")
            .integer("attempt")
            .event();
        event.docs = "Someone signed in.".into();
        event.metadata[0].docs = "How: a|b\nor c".into();
        let text = render(&event);
        assert!(
            text.starts_with("# `user.signed_in` version 1\n\nSomeone signed in.\n\nDeclared as `"),
            "{text}"
        );
        assert!(
            text.contains("| `method` | string | yes | 500 characters | How: a\\|b or c |\n"),
            "{text}"
        );
        assert!(
            text.contains("\n## Actor of any type\n\nNo metadata.\n"),
            "{text}"
        );
        assert!(text.contains("\n## Target `team`\n"), "{text}");
    }
}
