//! Text that is cut: never refused, as long as the limit allows, and listed by its path.

use acme_events::{Change, FileShared, MembershipRoleChanged, Role};
use audit_core::{AuditEvent, Event};
use proptest::prelude::*;

use super::inputs::text;
use super::{config, envelope, schemas};
use crate::samples::files::{file, link};
use crate::samples::members::bulk_invited;
use crate::samples::people::{by_user, request, workspace, zoe};

/// What the contract says of `truncate`: at most `limit` characters, the last one `…` where something is missing.
fn cut(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    text.chars().take(limit - 1).chain(['…']).collect()
}

/// What it says of `join`: as many whole items as fit beside `…+N` for the rest.
fn joined(items: &[String], separator: &str, limit: usize) -> String {
    let whole = items.join(separator);
    if whole.chars().count() <= limit {
        return whole;
    }
    let some = (0..items.len()).rev().map(|number| {
        format!(
            "{}…+{}",
            items[..number].join(separator),
            items.len() - number
        )
    });
    some.into_iter()
        .find(|text| text.chars().count() <= limit)
        .expect("`…+N` fits")
}

fn check(event: &Event, pointer: &str, expected: &str, was_cut: bool) -> Result<(), TestCaseError> {
    let value = event.to_value();
    prop_assert_eq!(
        value.pointer(pointer).and_then(|text| text.as_str()),
        Some(expected)
    );
    prop_assert_eq!(
        event.truncated().iter().any(|path| path == pointer),
        was_cut
    );
    Ok(())
}

#[test]
fn text_is_cut_to_its_limit() {
    let schemas = schemas::<MembershipRoleChanged>();
    proptest!(config(), |(email in text(254), note in text(500))| {
        let role = Change { previous: Role::Guest, current: Role::Member };
        let member = acme_events::User { email: email.clone(), ..zoe() };
        let (by, workspace, request) = (by_user(), workspace(), request());
        let event = MembershipRoleChanged { by, member, workspace, role, note: Some(note.clone()), request }.into_event(envelope());
        check(&event, "/metadata/note", &cut(&note, 500), note.chars().count() > 500)?;
        check(&event, "/targets/0/metadata/email", &cut(&email, 254), email.chars().count() > 254)?;
        prop_assert!(schemas.iter().all(|schema| schema.is_valid(&event.to_value())));
    });
}

#[test]
fn all_text_of_an_event_is_cut_where_it_says_so() {
    let schemas = schemas::<FileShared<'_>>();
    proptest!(config(), |(message in text(500))| {
        let (by, workspace, file, link, recipients) = (zoe(), workspace(), file(), link(), [zoe()]);
        let (by, workspace, file, link, recipients) = (&by, &workspace, &file, &link, &recipients);
        let shared = FileShared { by, workspace, file, link, recipients, message: Some(&message), expires_in_days: None };
        let event = shared.try_into_event(envelope()).expect("text is cut");
        check(&event, "/metadata/message", &cut(&message, 500), message.chars().count() > 500)?;
        prop_assert!(schemas.iter().all(|schema| schema.is_valid(&event.to_value())));
    });
}

#[test]
fn lists_are_cut_between_items() {
    proptest!(config(), |(items in prop_oneof![prop::collection::vec(text(40), 0..40), prop::collection::vec(text(500), 0..4)])| {
        let mut value = bulk_invited(1);
        value.domains.clone_from(&items);
        let event = value.try_into_event(envelope()).expect("lists are cut");
        let expected = joined(&items, ", ", 500);
        check(&event, "/metadata/domains", &expected, expected != items.join(", "))?;
    });
}
