//! `missing-description`: who reads an event a year from now knows what it and its keys mean.

use audit_core::schema::record::read::Event;

use super::{Check, Form, Lint, finding, finding_of_field, keys};
use crate::finding::{Finding, code};

pub const LINT: Lint = Lint {
    code: code::MISSING_DESCRIPTION,
    form: Form::Plain(|| Box::new(MissingDescription)),
};

#[derive(Debug)]
struct MissingDescription;

impl Check for MissingDescription {
    fn findings(&self, events: &[&Event]) -> Vec<Finding> {
        events.iter().flat_map(|event| of_event(event)).collect()
    }
}

fn of_event(event: &Event) -> Vec<Finding> {
    let of_itself = is_blank(&event.docs).then(|| {
        finding(
            code::MISSING_DESCRIPTION,
            event,
            &event.source,
            "the event has no doc comment",
            HELP,
        )
    });
    let of_keys = keys(event)
        .filter(|(_, field)| is_blank(&field.docs))
        .map(|(place, field)| {
            let what = format!(
                "the key `{}`{} has no doc comment",
                field.key,
                place.words()
            );
            finding_of_field(code::MISSING_DESCRIPTION, event, field, &what, HELP)
        });
    of_itself.into_iter().chain(of_keys).collect()
}

const HELP: &str = "write one above it: it becomes the description in the event schema, and no new version is needed";

fn is_blank(docs: &str) -> bool {
    docs.trim().is_empty()
}
