//! `action-name`: actions are dotted lower-case words, also those that are taken `as_registered`.

use audit_core::limits::is_action;
use audit_core::schema::record::read::Event;

use super::{Check, Form, Lint, finding};
use crate::finding::{Finding, code};

pub const LINT: Lint = Lint {
    code: code::ACTION_NAME,
    form: Form::Plain(|| Box::new(ActionName)),
};

#[derive(Debug)]
struct ActionName;

impl Check for ActionName {
    fn findings(&self, events: &[&Event]) -> Vec<Finding> {
        let wrong = events.iter().filter(|event| !is_action(&event.action));
        let what =
            "the action isn't two or more lower-case words joined by dots, such as user.signed_in";
        let help = "where the service has it by this name already, waive it; otherwise give the event another action, without `as_registered`";
        wrong
            .map(|event| finding(code::ACTION_NAME, event, &event.source, what, help))
            .collect()
    }
}
