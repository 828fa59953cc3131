//! An export as CSV: which columns it has, and what stands in them.
//!
//! A cell holds what the event holds, to the letter: an export is evidence. A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@`
//! for a formula, so import the file with all columns as text, as with the service's own exports.

use crate::store::exports::{COLUMNS, Cells};

/// The first row.
pub fn header() -> Vec<u8> {
    write([COLUMNS.map(|(name, _)| name)])
}

/// One row for each event.
pub fn rows(events: &[Cells]) -> Vec<u8> {
    write(events.iter().map(|cells| {
        let cells = cells.each_ref();
        cells.map(|cell| cell.as_deref().unwrap_or_default())
    }))
}

fn write<'a>(rows: impl IntoIterator<Item = [&'a str; COLUMNS.len()]>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        // Writing to memory can't fail, and every row is as long as the header.
        let _ = writer.write_record(row);
    }
    writer.into_inner().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_read_as_it_was_written() {
        let text = |text: &str| Some(text.to_owned());
        let mut cells = [const { None }; COLUMNS.len()];
        (cells[0], cells[12]) = (text("audit_event_1"), text("org_1"));
        (cells[1], cells[4], cells[5]) = (text("a.b"), text("=1+1"), text("a \"b\", c\nd"));
        cells[8] = text(r#"[{"type":"t","id":"1"}]"#);
        let rows = rows(&[cells]);
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
