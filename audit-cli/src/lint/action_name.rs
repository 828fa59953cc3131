//! `action-name`: actions are dotted lower-case words, also those that are taken `as_registered`.

use audit_core::limits::is_action;
use audit_core::schema::record::read::Event;

use super::{Lint, Report};
use crate::finding::code;

pub const LINT: Lint = Lint::plain(code::ACTION_NAME, check);

fn check(events: &[&Event], report: &mut Report) {
    let what =
        "the action isn't two or more lower-case words joined by dots, such as user.signed_in";
    let help = "waive it where the service has the action already; otherwise give the event another action, without `as_registered`";
    for event in events.iter().filter(|event| !is_action(&event.action)) {
        report.event(event, &event.source, what, help);
    }
}
