//! An export as CSV: which columns it has, and what stands in them.
//!
//! A cell holds what the event holds, to the letter: an export is evidence. A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@`
//! for a formula, so import the file with all columns as text, as with the service's own exports.

use serde_json::Value;

use crate::ordered::Ordered;
use crate::store::exports::Exported;

/// The header row.
const COLUMNS: [&str; 13] = [
    "id",
    "action",
    "version",
    "occurred_at",
    "actor_id",
    "actor_name",
    "actor_type",
    "actor_metadata",
    "targets",
    "context_location",
    "context_user_agent",
    "metadata",
    "organization_id",
];

/// The first row.
pub fn header() -> Vec<u8> {
    write(std::iter::once(COLUMNS.map(str::to_owned)))
}

/// One row each.
pub fn rows(events: &[Exported], organization: &str) -> Vec<u8> {
    write(events.iter().map(|event| row(event, organization)))
}

fn write(rows: impl Iterator<Item = [String; COLUMNS.len()]>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        // Writing to memory can't fail, and every row is as long as the header.
        let _ = writer.write_record(&row);
    }
    writer.into_inner().unwrap_or_default()
}

fn row(exported: &Exported, organization: &str) -> [String; COLUMNS.len()] {
    let Exported {
        place: _,
        id,
        event,
    } = exported;
    let within =
        |object: &str, name: &str| cell(event.get(object).and_then(|object| object.get(name)));
    [
        id.clone(),
        cell(event.get("action")),
        cell(event.get("version")),
        cell(event.get("occurred_at")),
        within("actor", "id"),
        within("actor", "name"),
        within("actor", "type"),
        within("actor", "metadata"),
        cell(event.get("targets")),
        within("context", "location"),
        within("context", "user_agent"),
        cell(event.get("metadata")),
        organization.to_owned(),
    ]
}

/// Texts as they are, nothing as an empty cell, everything else as JSON.
fn cell(value: Option<&Ordered>) -> String {
    match value {
        None | Some(Ordered::Plain(Value::Null)) => String::new(),
        Some(Ordered::Plain(Value::String(text))) => text.clone(),
        // Every key is a text, so that writing can't fail.
        Some(other) => serde_json::to_string(other).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_what_the_event_holds() {
        let text = r#"{"action": "a.b", "actor": {"id": "=1+1", "name": "a \"b\", c\nd"}, "targets": [{"type": "t", "id": "1"}]}"#;
        let event = Ordered::read(text).unwrap();
        let rows = rows(
            &[Exported {
                place: (0, 1),
                id: "audit_event_1".into(),
                event,
            }],
            "org_1",
        );
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(rows.as_slice());
        let record = reader.records().next().unwrap().unwrap();
        let cells: Vec<&str> = record.iter().collect();
        assert_eq!(
            cells,
            [
                "audit_event_1",
                "a.b",
                "",
                "",
                "=1+1",
                "a \"b\", c\nd",
                "",
                "",
                r#"[{"type":"t","id":"1"}]"#,
                "",
                "",
                "",
                "org_1"
            ]
        );
        assert!(header().starts_with(b"id,action,version,occurred_at,"));
    }
}
