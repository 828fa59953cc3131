//! Metadata is asked for where the body declares it; optional members that are null count as absent.

use crate::support::{Answer, ask, event};
use audit_emulator::Emulator;
use serde_json::{Value, json};

const EVENTS: &str = "/audit_logs/events";

fn places(answer: &Answer) -> Vec<Value> {
    answer.json()["errors"]
        .as_array()
        .unwrap_or_else(|| panic!("{answer:?}"))
        .iter()
        .map(|error| error["instancePath"].clone())
        .collect()
}

/// As the vendor's PHP and older Python clients send them.
#[tokio::test]
async fn optional_members_that_are_null_count_as_absent() {
    let emulator = Emulator::start().await.unwrap();
    let schema =
        json!({"actor": null, "targets": [{"type": "team", "metadata": null}], "metadata": null});
    let registered = ask(
        &emulator,
        "POST",
        "/audit_logs/actions/team.signed_in/schemas",
        &schema,
    );
    assert_eq!(
        (registered.status, registered.json().get("metadata")),
        (201, None)
    );
    assert_eq!(registered.json()["targets"], json!([{"type": "team"}]));
    let nothing_of_the_actor = json!({"actor": {"metadata": null}, "targets": [{"type": "team"}]});
    assert_eq!(
        ask(
            &emulator,
            "POST",
            "/audit_logs/actions/team.left/schemas",
            &nothing_of_the_actor
        )
        .status,
        201
    );

    let body = json!({"organization_id": emulator.organization(), "event": {
        "action": "team.signed_in", "version": null, "occurred_at": "2026-02-02T16:35:39.317Z",
        "actor": {"type": "user", "id": "user_1", "name": null, "metadata": null},
        "targets": [{"type": "team", "id": "team_1", "name": null, "metadata": null}],
        "context": {"location": null, "user_agent": null}, "metadata": null,
    }});
    let answer = ask(&emulator, "POST", EVENTS, &body);
    assert_eq!(answer.status, 200, "{answer:?}");
    let expected = json!({
        "action": "team.signed_in", "occurred_at": "2026-02-02T16:35:39.317Z", "actor": {"type": "user", "id": "user_1"},
        "targets": [{"type": "team", "id": "team_1"}], "context": {},
    });
    assert_eq!(emulator.events().unwrap()[0].event, expected);
    let mut bad = body.clone();
    bad["event"]["action"] = Value::Null;
    assert_eq!(
        ask(&emulator, "POST", EVENTS, &bad).status,
        422,
        "what is required may not be null"
    );
}

/// The service asks for the object at every place for which the body declares it, whatever its schema says of keys.
#[tokio::test]
async fn metadata_has_to_be_there_wherever_it_is_declared() {
    let emulator = Emulator::start().await.unwrap();
    let open = json!({"type": "object", "properties": {"a": {"type": "string"}}});
    let closed = json!({"additionalProperties": false, "properties": {}, "type": "object"});
    let mangled = json!({"type": "object", "properties": {"type": {"type": "object"}, "properties": {}, "required": {}}});
    for (number, schema) in [open, closed, mangled].into_iter().enumerate() {
        let action = format!("a.b{number}");
        let body = json!({
            "actor": {"metadata": schema},
            "targets": [{"type": "team", "metadata": schema}, {"type": "free"}],
            "metadata": schema,
        });
        emulator.register(&action, &body).unwrap();
        let mut body = event(&emulator);
        body["event"]["action"] = action.into();
        body["event"]["targets"] = json!([{"type": "team", "id": "1"}, {"type": "free", "id": "2"}, {"type": "team", "id": "3"}]);
        for place in ["", "/actor", "/targets/0", "/targets/2"] {
            body.pointer_mut(&format!("/event{place}")).unwrap()["metadata"] = json!({});
        }
        assert_eq!(
            ask(&emulator, "POST", EVENTS, &body).status,
            200,
            "{schema}"
        );
        for place in ["", "/actor", "/targets/0", "/targets/2"] {
            for null in [true, false] {
                let mut body = body.clone();
                let holder = body
                    .pointer_mut(&format!("/event{place}"))
                    .unwrap()
                    .as_object_mut()
                    .unwrap();
                if null {
                    holder["metadata"] = Value::Null;
                } else {
                    drop(holder.remove("metadata"));
                }
                let answer = ask(&emulator, "POST", EVENTS, &body);
                assert_eq!(answer.status, 400, "{place} {schema}");
                let error = &answer.json()["errors"][0];
                assert!(places(&answer).iter().all(|at| at == place), "{answer:?}");
                assert_eq!(
                    (&error["keyword"], &error["params"]),
                    (&json!("required"), &json!({"missingProperty": "metadata"}))
                );
                assert_eq!(error["message"], "must have required property 'metadata'");
            }
        }
    }
}

/// Two declarations of one type: either may hold, and both ask for the object.
#[tokio::test]
async fn an_action_without_any_metadata_asks_for_none() {
    let emulator = Emulator::start().await.unwrap();
    let schema =
        json!({"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]});
    let other =
        json!({"type": "object", "properties": {"b": {"type": "string"}}, "required": ["b"]});
    for (action, targets, metadata, status) in [
        ("a.none", json!([{"type": "team"}]), None, 200),
        (
            "a.none",
            json!([{"type": "team"}]),
            Some(json!({"anything": 1})),
            200,
        ),
        (
            "a.either",
            json!([{"type": "team", "metadata": schema}, {"type": "team"}]),
            None,
            200,
        ),
        (
            "a.both",
            json!([{"type": "team", "metadata": schema}, {"type": "team", "metadata": other}]),
            None,
            400,
        ),
        (
            "a.both",
            json!([{"type": "team", "metadata": schema}, {"type": "team", "metadata": other}]),
            Some(json!({"b": "1"})),
            200,
        ),
    ] {
        if emulator.schemas(action).unwrap().is_empty() {
            emulator
                .register(action, &json!({"targets": targets}))
                .unwrap();
        }
        let mut body = event(&emulator);
        let event = body["event"].as_object_mut().unwrap();
        event.insert("action".into(), action.into());
        event.remove("metadata");
        event["actor"].as_object_mut().unwrap().remove("metadata");
        if let Some(metadata) = metadata {
            event["targets"][0]["metadata"] = metadata;
        }
        let answer = ask(&emulator, "POST", EVENTS, &body);
        assert_eq!(answer.status, status, "{action} {answer:?}");
        if status == 400 {
            assert!(
                places(&answer).iter().all(|at| at == "/targets/0"),
                "{answer:?}"
            );
        }
    }
}
