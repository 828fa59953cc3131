//! The event as an environment takes it.

use audit_core::{AuditEvent, NotRegistered, Registrations};

use crate::fixtures::{Team, User, context, team, user};

#[derive(AuditEvent)]
#[audit(action = "suite.sent", version = 10)]
struct Sent {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    version: u8,
}

fn registrations(server: u64) -> Registrations {
    let sha256 = "0".repeat(64);
    let file = format!(
        r#"{{"suite.sent": {{"1": {{"server": 1, "sha256": "{sha256}"}}, "10": {{"server": {server}, "sha256": "{sha256}"}}}}}}"#
    );
    Registrations::from_json(&file).unwrap()
}

fn sent() -> audit_core::Event {
    Sent { user: user(), team: team(), version: 10 }.into_event(context())
}

#[test]
fn only_the_version_changes() {
    let event = sent();
    assert!(event.as_json().starts_with(r#"{"action":"suite.sent","version":10,"occurred_at":""#));
    for server in [1, 3, 10, 12_345, u64::from(u32::MAX)] {
        let wire = event.to_wire(&registrations(server)).unwrap();
        assert_eq!(wire, event.as_json().replacen("\"version\":10", &format!("\"version\":{server}"), 1));
        assert!(wire.contains(r#""metadata":{"version":10}"#));
    }
}

#[test]
fn the_unregistered_is_refused() {
    let error: NotRegistered = sent().to_wire(&Registrations::default()).unwrap_err();
    assert_eq!((error.action(), error.version()), ("suite.sent", 10));
    let others = Registrations::from_json(r#"{"suite.sent": {"1": {"server": 1, "sha256": ""}}, "other.sent": {}}"#);
    assert!(others.is_err() || sent().to_wire(&others.unwrap()).is_err());
    assert!(error.to_string().contains("suite.sent"));
}

#[test]
fn broken_files_are_refused() {
    for file in [
        "",
        "[]",
        "{",
        r#"{"a.b": 1}"#,
        r#"{"a.b": {"0": {"server": 1, "sha256": ""}}}"#,
        r#"{"a.b": {"x": {"server": 1, "sha256": ""}}}"#,
    ] {
        assert!(Registrations::from_json(file).is_err(), "{file}");
    }
    for server in ["0", "-1", "1.5", "\"1\"", "4294967296"] {
        let file = format!(r#"{{"a.b": {{"1": {{"server": {server}, "sha256": ""}}}}}}"#);
        assert!(Registrations::from_json(&file).is_err(), "{file}");
    }
    assert!(Registrations::load("no/such/file.json").unwrap_err().to_string().starts_with("no/such/file.json: "));
}
