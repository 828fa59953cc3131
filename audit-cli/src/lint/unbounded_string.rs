//! `unbounded-string`: strings have a limit; without one, the 501st character is rejected in production.

use audit_core::schema::JsonType;
use audit_core::schema::record::read::{Event, Field};

use super::{Lint, Report, keys};
use crate::finding::code;

pub const LINT: Lint = Lint::plain(code::UNBOUNDED_STRING, check);

const HELP: &str = "give the field `#[audit(max_len = N)]` or `#[audit(truncate = N)]`, or close the enum where it is an `open` one, in a new version where this one is registered";

fn check(events: &[&Event], report: &mut Report) {
    for key in keys(events).filter(|key| is_unbounded(key.field)) {
        report.field(key, "is a string without a limit of its own", HELP);
    }
}

fn is_unbounded(field: &Field) -> bool {
    field.json == JsonType::String && field.max_len.is_none() && field.values.is_none()
}
