//! Actors that are enums, targets with types of their own, and the order that both come in.

use std::net::Ipv4Addr;
use std::sync::Arc;

use audit_core::{Actor, AuditEntity, AuditEvent, AuditMetadata, AuditValue};
use serde_json::{Value, json};

use crate::fixtures::{Document, Team, User, context, document, team, user};

#[derive(AuditEntity)]
#[audit(type = "api_key")]
struct ApiKey<'a> {
    #[audit(id)]
    id: &'a u64,
    #[audit(metadata, max_len = 4)]
    scope: String,
}

#[derive(AuditEntity)]
enum Subject<'a> {
    User(User),
    Key {
        key: ApiKey<'a>,
    },
    #[audit(type = "system", id = "scheduler")]
    Scheduler,
    Other(Actor),
}

#[derive(AuditEvent)]
#[audit(action = "suite.subject", version = 1)]
struct BySubject<'a> {
    #[audit(actor)]
    subject: Subject<'a>,
    #[audit(target)]
    team: Team,
}

fn actor(subject: Subject<'_>) -> Value {
    BySubject {
        subject,
        team: team(),
    }
    .try_into_event(context())
    .unwrap()
    .to_value()["actor"]
        .clone()
}

#[test]
fn each_variant_is_its_entity() {
    let user = json!({"type": "user", "id": "user_1", "name": "Zoë", "metadata": {"admin": true}});
    assert_eq!(actor(Subject::User(crate::fixtures::user())), user);
    let key = Subject::Key {
        key: ApiKey {
            id: &5,
            scope: "read".into(),
        },
    };
    assert_eq!(
        actor(key),
        json!({"type": "api_key", "id": "5", "metadata": {"scope": "read"}})
    );
    assert_eq!(
        actor(Subject::Scheduler),
        json!({"type": "system", "id": "scheduler", "metadata": {}})
    );
    let other = Actor::new("partner", "acme");
    assert_eq!(
        actor(Subject::Other(other)),
        json!({"type": "partner", "id": "acme", "metadata": {}})
    );
}

#[test]
fn actors_are_checked_too() {
    let subject = Subject::Key {
        key: ApiKey {
            id: &5,
            scope: "write".into(),
        },
    };
    let error = BySubject {
        subject,
        team: team(),
    }
    .try_into_event(context())
    .unwrap_err();
    assert_eq!(
        error.to_string(),
        "/actor/metadata/scope: 5 characters, at most 4 are allowed"
    );
}

#[test]
fn names_may_be_missing() {
    let subject = Subject::User(User {
        name: None,
        ..user()
    });
    assert!(actor(subject).get("name").is_none());
}

#[derive(AuditValue)]
enum Level {
    High,
}

#[derive(AuditMetadata)]
struct Place {
    room: u8,
    floor: Option<u8>,
}

#[derive(AuditEntity)]
#[audit(type = "host", rename_all = "camelCase")]
struct Host {
    #[audit(metadata)]
    risk_level: Level,
    #[audit(id)]
    address: Ipv4Addr,
    #[audit(flatten)]
    place: Place,
    #[audit(name)]
    label: Arc<str>,
    #[audit(metadata, rename = "last")]
    os: char,
}

#[derive(AuditEvent)]
#[audit(action = "suite.moved", version = 1)]
struct Moved {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    document: Document,
    #[audit(target, type = "source_space")]
    source: Team,
    first: u8,
    #[audit(target, type = "destination_space")]
    destination: Team,
    #[audit(target)]
    others: Vec<Document>,
    #[audit(target)]
    hosts: [Host; 2],
}

fn host(last: u8) -> Host {
    let place = Place {
        room: 2,
        floor: None,
    };
    Host {
        risk_level: Level::High,
        address: Ipv4Addr::new(10, 0, 0, last),
        place,
        label: "h".into(),
        os: 'l',
    }
}

#[test]
fn targets_stand_in_declaration_order() {
    let event = Moved {
        user: user(),
        document: document("a"),
        source: Team { id: 1 },
        first: 1,
        destination: Team { id: 2 },
        others: vec![document("b"), document("c")],
        hosts: [host(1), host(2)],
    }
    .try_into_event(context())
    .unwrap()
    .to_value();
    let host = |id: &str| json!({"type": "host", "id": id, "name": "h", "metadata": {"riskLevel": "High", "room": 2, "last": "l"}});
    let document =
        |owner: &str| json!({"type": "document", "id": "3", "metadata": {"owner": owner}});
    let targets = json!([
        document("a"),
        {"type": "source_space", "id": "1", "metadata": {}},
        {"type": "destination_space", "id": "2", "metadata": {}},
        document("b"),
        document("c"),
        host("10.0.0.1"),
        host("10.0.0.2"),
    ]);
    assert_eq!(event["targets"], targets);
}

#[test]
fn a_type_of_several_fields_is_declared_once() {
    let schema: Value = serde_json::from_str(Moved::SCHEMA_JSON).unwrap();
    let types: Vec<_> = schema["targets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|target| target["type"].as_str().unwrap())
        .collect();
    assert_eq!(
        types,
        ["destination_space", "document", "host", "source_space"]
    );
}

#[derive(AuditEvent)]
#[audit(action = "suite.held", version = 1)]
struct Held<'a> {
    #[audit(actor)]
    actor: Arc<User>,
    #[audit(target)]
    boxed: Box<Document>,
    #[audit(target)]
    team: &'a Team,
    #[audit(target, type = "other")]
    teams: Vec<&'a Team>,
}

#[test]
fn entities_may_be_held_by_pointers() {
    let (one, two) = (team(), Team { id: 8 });
    let held = Held {
        actor: Arc::new(user()),
        boxed: Box::new(document("a")),
        team: &one,
        teams: vec![&one, &two],
    };
    let event = held.try_into_event(context()).unwrap().to_value();
    assert_eq!(
        event["targets"][2],
        json!({"type": "other", "id": "7", "metadata": {}})
    );
    assert_eq!(event["targets"].as_array().unwrap().len(), 4);
}
