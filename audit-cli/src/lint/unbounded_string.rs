//! `unbounded-string`: a text that may have any length is refused at 501 characters, in production.

use audit_core::schema::JsonType;
use audit_core::schema::record::read::{Event, Field};

use super::{Check, Form, Lint, finding_of_field, keys};
use crate::finding::{Finding, code};

pub const LINT: Lint = Lint {
    code: code::UNBOUNDED_STRING,
    form: Form::Plain(|| Box::new(UnboundedString)),
};

#[derive(Debug)]
struct UnboundedString;

impl Check for UnboundedString {
    fn findings(&self, events: &[&Event]) -> Vec<Finding> {
        events.iter().flat_map(|event| of_event(event)).collect()
    }
}

fn of_event(event: &Event) -> impl Iterator<Item = Finding> {
    keys(event).filter(|(_, field)| is_free(field)).map(move |(place, field)| {
        let what = format!("the string `{}`{} has no limit of its own", field.key, place.words());
        let help =
            "give the field `#[audit(max_len = N)]` or `#[audit(truncate = N)]`, or close the enum where it is an `open` one, in a new version where this one is registered";
        finding_of_field(code::UNBOUNDED_STRING, event, field, &what, help)
    })
}

fn is_free(field: &Field) -> bool {
    field.json == JsonType::String && field.max_len.is_none() && field.values.is_none()
}
