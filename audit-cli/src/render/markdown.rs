//! Documentation of an event in Markdown: a table of metadata keys for each object.

mod kept;

use audit_core::limits::VALUE_CHARS;
use audit_core::schema::JsonType;
use audit_core::schema::record::read::{Entity, Event, Field};

use crate::event_schema::{docs_of_target, type_name};
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
    let mut sections = vec![section("Metadata", "", &rows(&event.metadata))];
    actors(&event.actor, &mut sections);
    for target in &event.targets {
        let entity = &target.entity;
        let heading = format!("Target `{}`", target.type_name);
        sections.push(section(
            &heading,
            docs_of_target(target),
            &rows(&entity.metadata),
        ));
    }
    page(
        &event.action,
        event.version,
        &event.docs,
        &declared,
        &sections,
    )
}

fn page(action: &str, version: u32, docs: &str, note: &str, sections: &[String]) -> String {
    let (docs, note) = (paragraph(docs), paragraph(note));
    format!(
        "# `{action}` version {version}\n{docs}{note}{}",
        sections.concat()
    )
}

fn section(heading: &str, docs: &str, rows: &[String]) -> String {
    let table = if rows.is_empty() {
        paragraph("No metadata.")
    } else {
        "\n| key | type | required | limit | description |\n| --- | --- | --- | --- | --- |\n"
            .to_owned()
            + &rows.concat()
    };
    format!("\n## {heading}\n{}{table}", paragraph(docs))
}

fn row(key: &str, kind: &str, is_required: bool, limit: &str, docs: &str) -> String {
    let required = if is_required { "yes" } else { "no" };
    let (limit, docs) = (cell(limit), cell(docs));
    format!("| `{key}` | {kind} | {required} | {limit} | {docs} |\n")
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

/// A section for each variant.
fn actors(entity: &Entity, sections: &mut Vec<String>) {
    if !entity.variants.is_empty() {
        return entity
            .variants
            .iter()
            .for_each(|variant| actors(variant, sections));
    }
    let heading = match (&entity.type_name, &entity.id) {
        (Some(kind), Some(id)) => format!("Actor `{kind}`, always `{id}`"),
        (Some(kind), None) => format!("Actor `{kind}`"),
        (None, _) => "Actor of any type".into(),
    };
    sections.push(section(&heading, &entity.docs, &rows(&entity.metadata)));
}

fn rows(fields: &[Field]) -> Vec<String> {
    let mut fields: Vec<_> = fields.iter().collect();
    fields.sort_by(|a, b| a.key.cmp(&b.key));
    let row = |field: &Field| {
        let (limit, docs) = (limit(field), docs_of(field));
        row(
            &field.key,
            type_name(field.json),
            !field.optional,
            &limit,
            &docs,
        )
    };
    fields.into_iter().map(row).collect()
}

fn limit(field: &Field) -> String {
    if let Some(values) = &field.values {
        let names: Vec<_> = values
            .iter()
            .map(|value| format!("`{}`", value.name))
            .collect();
        return names.join(", ");
    }
    match (field.json, field.range) {
        (JsonType::String, _) => format!("{} characters", field.max_len.unwrap_or(VALUE_CHARS)),
        (_, Some((minimum, maximum))) => format!("{minimum} to {maximum}"),
        _ => String::new(),
    }
}

fn docs_of(field: &Field) -> String {
    let values = field.values.iter().flatten();
    let values = values.filter(|value| !value.docs.is_empty());
    let mut docs: Vec<_> = values
        .map(|value| format!("`{}`: {}", value.name, value.docs))
        .collect();
    if !field.docs.is_empty() {
        docs.insert(0, field.docs.clone());
    }
    docs.join(" · ")
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
