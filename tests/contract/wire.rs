//! The event as an environment takes it.

use audit_core::{AuditEvent, NotRegistered, Registrations, WireError};

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
    Sent {
        user: user(),
        team: team(),
        version: 10,
    }
    .into_event(context())
}

#[test]
fn only_the_version_changes() {
    let event = sent();
    assert!(
        event
            .as_json()
            .starts_with(r#"{"action":"suite.sent","version":10,"occurred_at":""#)
    );
    for server in [1, 3, 10, 12_345, u64::from(u32::MAX)] {
        let wire = event.to_wire(&registrations(server)).unwrap();
        assert_eq!(
            wire,
            event
                .as_json()
                .replacen("\"version\":10", &format!("\"version\":{server}"), 1)
        );
        assert!(wire.contains(r#""metadata":{"version":10}"#));
    }
}

#[test]
fn the_unregistered_is_rejected() {
    let error: NotRegistered = sent().to_wire(&Registrations::default()).unwrap_err();
    assert_eq!((error.action(), error.version()), ("suite.sent", 10));
    let others = Registrations::from_json(
        r#"{"suite.sent": {"1": {"server": 1, "sha256": ""}}, "other.sent": {}}"#,
    );
    assert!(others.is_err() || sent().to_wire(&others.unwrap()).is_err());
    assert!(error.to_string().contains("suite.sent"));
}

/// An outbox holds text, written by this program or stored anew by a database.
#[test]
fn stored_text_is_sent_too() {
    let event = sent();
    let registrations = registrations(77);
    assert_eq!(
        registrations.to_wire(event.as_json()).unwrap(),
        event.to_wire(&registrations).unwrap()
    );
    let spaced = format!(" {:#}\n", event.to_value());
    let expected = spaced.replacen("\n  \"version\": 10", "\n  \"version\": 77", 1);
    assert_ne!(expected, spaced);
    assert_eq!(registrations.to_wire(&spaced).unwrap(), expected);
    let escaped = event
        .as_json()
        .replacen("\"version\"", "\"v\\u0065rsion\"", 1);
    assert!(
        registrations
            .to_wire(&escaped)
            .unwrap()
            .contains(r#""v\u0065rsion":77,"#)
    );
}

#[test]
fn stored_text_that_is_no_event_is_rejected() {
    let registrations = registrations(77);
    let event = sent().to_value();
    let without = |key: &str| {
        let mut event = event.clone();
        event.as_object_mut().unwrap().remove(key);
        event.to_string()
    };
    let entity_without = |pointer: &str| {
        let mut event = event.clone();
        event
            .pointer_mut(pointer)
            .unwrap()
            .as_object_mut()
            .unwrap()
            .remove("metadata");
        event.to_string()
    };
    let instead = |pointer: &str, value: serde_json::Value| {
        let mut event = event.clone();
        *event.pointer_mut(pointer).unwrap() = value;
        event.to_string()
    };
    let null = |pointer: &str| instead(pointer, serde_json::Value::Null);
    let with = |version: serde_json::Value| {
        let mut event = event.clone();
        event["version"] = version;
        event.to_string()
    };
    let json = event.to_string();
    let cases = [
        (String::new(), "it isn't JSON"),
        (json[..json.len() - 1].to_owned(), "it isn't JSON"),
        (format!("{json}{json}"), "it isn't JSON"),
        ("[]".into(), "it isn't an object"),
        ("\"é\"".into(), "it isn't an object"),
        (
            format!(r#"{{"organization_id":"org_1","event":{json}}}"#),
            "it has no `action`",
        ),
        (without("version"), "it has no `version`"),
        (without("context"), "it has no `context`"),
        // Stored by a release that left empty metadata out.
        (without("metadata"), "it has no `metadata`"),
        (
            null("/metadata"),
            "`metadata` must be an object, and is null",
        ),
        (null("/targets/0/metadata"), "/targets/0 has no `metadata`"),
        (null("/actor"), "/actor must be an object"),
        (null("/targets"), "`targets` must be a list"),
        (instead("/targets", 7.into()), "`targets` must be a list"),
        (
            instead("/targets", event["targets"][0].clone()),
            "`targets` must be a list",
        ),
        (null("/targets/0"), "/targets/0 must be an object"),
        (entity_without("/actor"), "/actor has no `metadata`"),
        (entity_without("/targets/0"), "/targets/0 has no `metadata`"),
        (
            format!(r#"{{"version":1,{}"#, &json[1..]),
            "it has two members `version`",
        ),
        (
            json.replacen("\"suite.sent\"", "7", 1),
            "`action` must be a string",
        ),
        (
            with(0.into()),
            "`version` must be a positive integer, and is 0",
        ),
        (
            with("10".into()),
            "`version` must be a positive integer, and is \"10\"",
        ),
        (
            with(1.5.into()),
            "`version` must be a positive integer, and is 1.5",
        ),
        (
            with(u64::MAX.into()),
            "`version` must be a positive integer",
        ),
    ];
    for (text, reason) in cases {
        let error = registrations.to_wire(&text).unwrap_err();
        assert!(matches!(error, WireError::NotAnEvent(_)), "{text}: {error}");
        assert!(
            error
                .to_string()
                .starts_with(&format!("the text isn't an audit event: {reason}")),
            "{text}: {error}"
        );
    }
    let WireError::NotRegistered(error) = registrations.to_wire(&with(4.into())).unwrap_err()
    else {
        panic!("it is an event")
    };
    assert_eq!((error.action(), error.version()), ("suite.sent", 4));
}

/// As some editors write files.
#[test]
fn a_byte_order_mark_is_no_part_of_a_file() {
    let registrations =
        Registrations::from_json("\u{feff}{\"a.b\": {\"1\": {\"server\": 3, \"sha256\": \"\"}}}")
            .unwrap();
    assert_eq!(registrations.server_version("a.b", 1), Some(3));
}

#[test]
fn broken_files_are_rejected() {
    for file in [
        "",
        "[]",
        "{",
        r#"{"a.b": 1}"#,
        r#"{"a.b": {"0": {"server": 1, "sha256": ""}}}"#,
        r#"{"a.b": {"01": {"server": 1, "sha256": ""}}}"#,
        r#"{"a.b": {"+1": {"server": 1, "sha256": ""}}}"#,
        r#"{"a.b": {"x": {"server": 1, "sha256": ""}}}"#,
    ] {
        assert!(Registrations::from_json(file).is_err(), "{file}");
    }
    for server in ["0", "-1", "1.5", "\"1\"", "4294967296"] {
        let file = format!(r#"{{"a.b": {{"1": {{"server": {server}, "sha256": ""}}}}}}"#);
        assert!(Registrations::from_json(&file).is_err(), "{file}");
    }
    assert!(
        Registrations::load("no/such/file.json")
            .unwrap_err()
            .to_string()
            .starts_with("no/such/file.json: ")
    );
}
