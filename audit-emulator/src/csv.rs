//! An export as CSV: which columns it has, and what stands in them.
//!
//! A cell holds what the event holds, to the letter: an export is evidence. A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@`
//! for a formula, so import the file with all columns as text, as with the service's own exports.

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
        cells,
    } = exported;
    let mut row = [const { String::new() }; COLUMNS.len()];
    let all = [id.as_str()]
        .into_iter()
        .chain(cells.iter().map(|cell| cell.as_deref().unwrap_or_default()))
        .chain([organization]);
    for (place, cell) in row.iter_mut().zip(all) {
        cell.clone_into(place);
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_read_as_it_was_written() {
        let text = |text: &str| Some(text.to_owned());
        let mut cells = [const { None }; 11];
        (cells[0], cells[3], cells[4]) = (text("a.b"), text("=1+1"), text("a \"b\", c\nd"));
        cells[7] = text(r#"[{"type":"t","id":"1"}]"#);
        let rows = rows(
            &[Exported {
                place: (0, 1),
                id: "audit_event_1".into(),
                cells,
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
