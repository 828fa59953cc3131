//! `missing-description`: events and keys have doc comments, for readers a year from now.

use audit_core::schema::record::read::Event;

use super::{Lint, Report, keys};
use crate::finding::code;

pub const LINT: Lint = Lint::plain(code::MISSING_DESCRIPTION, check);

const HELP: &str = "write one above it: it becomes the description in the event schema, and no new version is needed";

fn check(events: &[&Event], report: &mut Report) {
    let is_blank = |docs: &str| docs.trim().is_empty();
    for event in events {
        if is_blank(&event.docs) {
            report.event(event, &event.source, "the event has no doc comment", HELP);
        }
        for key in keys(&[event]).filter(|key| is_blank(&key.field.docs)) {
            report.field(key, "has no doc comment", HELP);
        }
    }
}
