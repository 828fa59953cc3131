//! What rustc advises of itself: paths that exist.

use crate::consumer::Consumer;

const EVENTS: &str = "use audit_core::{Actor, AuditEntity, AuditEvent, AuditMetadata, AuditValue};
#[derive(AuditEntity)] #[audit(type = \"user\")] pub struct User { #[audit(id)] pub id: u32 }
#[derive(AuditValue)] pub enum Kind { A }
#[derive(AuditMetadata)] pub struct Group { pub kind: Kind }
#[derive(AuditEvent)] #[audit(action = \"a.b\", version = 1)]
pub struct House { #[audit(actor)] pub by: Actor, #[audit(target)] pub user: User }
";

/// In a crate that depends on another one's events, and not on `audit-core` itself, rustc knows a trait by the module that defines it.
#[test]
fn a_trait_that_is_missing_is_imported_from_the_root() {
    let uses = "pub fn uses(house: events::House) {
    let _ = house.into_event(());
    let _ = (events::User::SCHEMA, events::Kind::TYPE, events::Group::KEYS);
}
";
    let said = Consumer::new("advice").said_behind(EVENTS, uses);
    for name in ["AuditEvent", "AuditEntity", "AuditValue", "AuditMetadata"] {
        assert!(said.contains(&format!("use audit_core::{name};")), "{name}: {said}");
    }
    let advised = said.lines().filter(|line| line.contains("+ use ")).count();
    assert_eq!(advised, 4, "{said}");
}
