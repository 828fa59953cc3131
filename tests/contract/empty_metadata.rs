//! `metadata` is sent wherever the registration body declares it, also where it is empty: the service requires it.

use audit_core::{Actor, AuditEntity, AuditEvent, Event};
use serde_json::{Value, json};

use crate::fixtures::{Team, context, team, timeless};

#[derive(AuditEntity)]
enum Who {
    Service(Service),
    #[audit(type = "system", id = "cron")]
    Cron,
}

#[derive(AuditEntity)]
#[audit(type = "service")]
struct Service {
    #[audit(id)]
    id: &'static str,
    #[audit(metadata)]
    region: Option<&'static str>,
}

#[derive(AuditEvent)]
#[audit(action = "suite.empty", version = 1)]
struct Empty {
    #[audit(actor)]
    who: Who,
    #[audit(target)]
    teams: Vec<Team>,
    reason: Option<&'static str>,
}

#[derive(AuditEvent)]
#[audit(action = "suite.keyless", version = 1, actor = Actor)]
struct Keyless {
    #[audit(target)]
    team: Team,
}

fn empty(who: Who) -> Empty {
    Empty {
        who,
        teams: vec![team(), team()],
        reason: None,
    }
}

fn expected(action: &str, actor: &Value, targets: &Value) -> Value {
    json!({
        "action": action,
        "version": 1,
        "actor": actor,
        "targets": targets,
        "context": {"location": "203.0.113.7", "user_agent": "Mozilla/5.0"},
        "metadata": {},
    })
}

fn teams() -> Value {
    let team = json!({"type": "team", "id": "7", "metadata": {}});
    json!([team, team])
}

#[test]
fn an_event_whose_optional_keys_are_none() {
    let event = empty(Who::Service(Service {
        id: "billing",
        region: None,
    }))
    .try_into_event(context())
    .unwrap();
    let actor = json!({"type": "service", "id": "billing", "metadata": {}});
    assert_eq!(timeless(&event), expected("suite.empty", &actor, &teams()));
    let with_keys = empty(Who::Service(Service {
        id: "billing",
        region: Some("eu"),
    }))
    .try_into_event(context())
    .unwrap();
    assert_eq!(
        with_keys.to_value()["actor"]["metadata"],
        json!({"region": "eu"})
    );
}

#[test]
fn a_unit_variant() {
    let event = empty(Who::Cron).try_into_event(context()).unwrap();
    assert_eq!(
        timeless(&event),
        expected(
            "suite.empty",
            &json!({"type": "system", "id": "cron", "metadata": {}}),
            &teams()
        )
    );
}

#[test]
fn an_actor_of_any_type() {
    let of =
        |actor: &Actor| timeless(&Keyless { team: team() }.into_event_with_actor(actor, context()));
    let targets = json!([{"type": "team", "id": "7", "metadata": {}}]);
    let actor = json!({"type": "system", "id": "cron", "metadata": {}});
    assert_eq!(
        of(&Actor::new("system", "cron")),
        expected("suite.keyless", &actor, &targets)
    );
    let named = json!({"type": "system", "id": "cron", "name": "Cron", "metadata": {}});
    assert_eq!(
        of(&Actor::new("system", "cron").name("Cron")),
        expected("suite.keyless", &named, &targets)
    );
}

#[test]
fn bytes_in_a_buffer() {
    let mut out = Vec::new();
    empty(Who::Cron).encode_into(context(), &mut out).unwrap();
    let value: Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(
        (&value["actor"]["metadata"], &value["metadata"]),
        (&json!({}), &json!({}))
    );
    let ends: fn(&Event) -> bool = |event| event.as_json().ends_with(r#","metadata":{}}"#);
    assert!(ends(&empty(Who::Cron).try_into_event(context()).unwrap()));
}
