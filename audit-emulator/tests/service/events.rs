//! Events are taken as the service takes them: checked, and kept.

use crate::support::{Answer, ask, emulator, event, send};
use serde_json::{Value, json};

const EVENTS: &str = "/audit_logs/events";

fn errors(answer: &Answer, field: &str) -> Vec<Value> {
    answer.json()["errors"]
        .as_array()
        .unwrap_or_else(|| panic!("{answer:?}"))
        .iter()
        .map(|error| error[field].clone())
        .collect()
}

#[tokio::test]
async fn a_good_event_is_kept_as_it_was_sent() {
    let emulator = emulator().await;
    let mut body = event(&emulator);
    body["event"]["metadata"]["seats"] = serde_json::from_str("9007199254740993").unwrap();
    let answer = ask(&emulator, "POST", EVENTS, &body);
    assert_eq!(
        (answer.status, answer.json()),
        (200, json!({"success": true}))
    );
    let events = emulator.events().unwrap();
    // A JavaScript server has doubles.
    body["event"]["metadata"]["seats"] = 9_007_199_254_740_992_i64.into();
    assert_eq!((events.len(), &events[0].event), (1, &body["event"]));
    assert!(
        events[0]
            .id
            .as_deref()
            .is_some_and(|id| id.starts_with("audit_event_") && id.len() == 38)
    );
    assert_eq!(
        events[0].organization_id.as_deref(),
        Some(emulator.organization())
    );
    assert!(emulator.refused().unwrap().is_empty());
}

#[tokio::test]
async fn what_is_missing_in_the_request_is_told_at_once() {
    let emulator = emulator().await;
    for (body, fields) in [
        (json!({}), vec!["organization_id", "event"]),
        (
            json!({"organization_id": 1, "event": []}),
            vec!["organization_id", "event"],
        ),
        (
            json!({"organization_id": "o", "event": {}}),
            vec![
                "event.action",
                "event.occurred_at",
                "event.actor",
                "event.targets",
                "event.context",
            ],
        ),
        (
            json!({"organization_id": "o", "event": {"action": "a.b", "occurred_at": "soon", "actor": {}, "targets": [{"id": "1"}, 2], "context": {}}}),
            vec![
                "event.occurred_at",
                "event.actor.id",
                "event.actor.type",
                "event.targets.0.type",
                "event.targets.1",
            ],
        ),
    ] {
        let answer = ask(&emulator, "POST", EVENTS, &body);
        assert_eq!(answer.status, 422, "{answer:?}");
        assert_eq!(answer.json()["message"], "Validation failed.");
        assert_eq!(errors(&answer, "field"), fields);
    }
    let first = emulator.refused().unwrap().remove(2);
    assert_eq!(
        (first.status, &first.event, first.organization_id.as_deref()),
        (422, &json!({}), Some("o"))
    );
}

#[tokio::test]
async fn every_error_of_the_schema_is_told() {
    let emulator = emulator().await;
    let mut body = event(&emulator);
    body["event"]["targets"] = json!([{"type": "user", "id": 1}]);
    body["event"]["metadata"] = json!({"seats": 0, "note": "x".repeat(501)});
    body["event"]["actor"]["metadata"] = json!({"role": null});
    let answer = ask(&emulator, "POST", EVENTS, &body);
    assert_eq!(
        (answer.status, &answer.json()["code"]),
        (400, &json!("invalid_audit_log"))
    );
    assert_eq!(answer.json()["message"], "Invalid Audit Log event");
    let mut places: Vec<String> = answer.json()["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| format!("{} {}", error["instancePath"], error["keyword"]))
        .collect();
    places.sort();
    places.dedup();
    assert_eq!(
        places,
        [
            r#""/actor/metadata/role" "anyOf""#,
            r#""/actor/metadata/role" "type""#,
            r#""/metadata/note" "anyOf""#,
            r#""/metadata/note" "maxLength""#,
            r#""/metadata/note" "type""#,
            r#""/metadata/seats" "minimum""#,
            r#""/targets" "contains""#,
            r#""/targets/0/id" "type""#,
            r#""/targets/0/type" "const""#,
            r#""/targets/0/type" "enum""#,
        ]
    );
    let expected = json!({
        "instancePath": "/targets/0/type",
        "schemaPath": "#/properties/targets/allOf/0/contains/properties/type/const",
        "keyword": "const",
        "params": {"allowedValue": "team"},
        "message": "must be equal to constant",
        "data": "user",
    });
    assert!(
        answer.json()["errors"]
            .as_array()
            .unwrap()
            .contains(&expected)
    );
    assert_eq!(emulator.refused().unwrap()[0].refusal, Some(answer.json()));
    assert!(emulator.events().unwrap().is_empty());
}

#[tokio::test]
async fn the_limits_hold() {
    let emulator = emulator().await;
    let too_many = |count: usize| {
        (0..count)
            .map(|number| json!({"type": "team", "id": number.to_string()}))
            .collect::<Value>()
    };
    let keys = |count: usize| {
        (0..count)
            .map(|number| (format!("k{number}"), json!(true)))
            .collect::<Value>()
    };
    for (place, value, status) in [
        ("/event/targets", too_many(20), 200),
        ("/event/targets", too_many(21), 400),
        ("/event/targets", json!([]), 400),
        ("/event/actor/metadata", keys(50), 200),
        ("/event/actor/metadata", keys(51), 400),
        ("/event/actor/metadata", json!({"k".repeat(40): 1}), 200),
        ("/event/actor/metadata", json!({"k".repeat(41): 1}), 400),
        ("/event/actor/metadata", json!({"a key": 1}), 400),
        ("/event/actor/metadata/text", json!("é".repeat(500)), 200),
        ("/event/actor/metadata/text", json!("é".repeat(501)), 400),
        ("/event/actor/metadata/text", json!(null), 400),
        ("/event/actor/metadata/text", json!([1]), 400),
        ("/event/context", json!({}), 200),
        ("/event/metadata", json!({}), 400),
        ("/event/version", json!(2), 400),
        ("/event/version", json!("1"), 400),
        ("/event/version", json!(1.0), 200),
    ] {
        let mut body = event(&emulator);
        body["event"]["actor"]["metadata"]["text"] = "".into();
        *body.pointer_mut(place).unwrap() = value;
        let answer = ask(&emulator, "POST", EVENTS, &body);
        assert_eq!(answer.status, status, "{place} {body} {answer:?}");
    }
}

#[tokio::test]
async fn a_request_may_have_102400_bytes() {
    let emulator = emulator().await;
    let mut body = event(&emulator);
    body["event"]["context"]["user_agent"] = "".into();
    let room = 102_400 - body.to_string().len();
    body["event"]["context"]["user_agent"] = "x".repeat(room).into();
    assert_eq!(ask(&emulator, "POST", EVENTS, &body).status, 200);
    for more in [1, 200_000] {
        body["event"]["context"]["user_agent"] = "x".repeat(room + more).into();
        let answer = ask(&emulator, "POST", EVENTS, &body);
        assert_eq!(
            (answer.status, answer.json()),
            (413, json!({"message": "request entity too large"}))
        );
    }
    assert_eq!(emulator.events().unwrap().len(), 1);
}

#[tokio::test]
async fn an_event_needs_an_organization_and_a_version_that_are_there() {
    let emulator = emulator().await;
    let with = |place: &str, value: Value| {
        let mut body = event(&emulator);
        *body.pointer_mut(place).unwrap() = value;
        ask(&emulator, "POST", EVENTS, &body)
    };
    let answer = with("/organization_id", json!("org_01EHQMYV6MBK39QC5PZXHY59C3"));
    assert_eq!(
        (answer.status, answer.json()),
        (
            404,
            json!({"message": "Organization not found: 'org_01EHQMYV6MBK39QC5PZXHY59C3'."})
        )
    );

    // The service's words, which programs look for.
    for (place, value, said) in [
        (
            "/event/action",
            json!("team.deleted"),
            "event 'team.deleted', version '1' has not been configured in this environment; register it with POST /audit_logs/actions/team.deleted/schemas",
        ),
        (
            "/event/action",
            json!("USER:REGISTERED"),
            "event 'USER:REGISTERED', version '1' has not been configured in this environment; register it with POST /audit_logs/actions/USER%3AREGISTERED/schemas",
        ),
        (
            "/event/action",
            json!("team deleted"),
            "event 'team deleted', version '1' has not been configured in this environment; register it with POST /audit_logs/actions/ACTION/schemas",
        ),
        (
            "/event/version",
            json!(7),
            "event 'team.signed_in', version '7' has not been configured in this environment; its newest version is 1",
        ),
        (
            "/event/version",
            json!(-1),
            "event 'team.signed_in', version '-1' has not been configured in this environment; its newest version is 1",
        ),
    ] {
        let answer = with(place, value);
        assert_eq!(
            (answer.status, answer.json()["message"].as_str().unwrap()),
            (400, said)
        );
        assert_eq!(
            errors(&answer, "instancePath"),
            [place.strip_prefix("/event").unwrap()]
        );
    }
}

/// Version 1, however many there are, and not the only or the latest one.
#[tokio::test]
async fn an_event_without_a_version_is_checked_by_the_first_one() {
    let emulator = emulator().await;
    let unversioned = |body: &Value| {
        let mut body = body.clone();
        body["event"].as_object_mut().unwrap().remove("version");
        ask(&emulator, "POST", EVENTS, &body)
    };
    let body = event(&emulator);
    assert_eq!(unversioned(&body).status, 200);
    emulator
        .register("team.signed_in", &json!({"targets": [{"type": "user"}]}))
        .unwrap();
    assert_eq!(unversioned(&body).status, 200);
    let mut second = body.clone();
    second["event"]["targets"][0]["type"] = "user".into();
    let answer = unversioned(&second);
    assert_eq!(
        (answer.status, errors(&answer, "keyword")[0].as_str()),
        (400, Some("const"))
    );
    second["event"]["version"] = 2.into();
    assert_eq!(ask(&emulator, "POST", EVENTS, &second).status, 200);
    second["event"]["action"] = "team.deleted".into();
    assert!(
        unversioned(&second).json()["message"]
            .as_str()
            .unwrap()
            .starts_with("event 'team.deleted', version '1' has not")
    );
}

#[tokio::test]
async fn what_is_no_json_is_refused() {
    let emulator = emulator().await;
    let key = ("authorization", "Bearer sk_test");
    let body = event(&emulator).to_string();
    for (content_type, body, said) in [
        (
            "text/plain",
            body.as_str(),
            "Content-Type: application/json",
        ),
        ("application/json", "{\"a\":", "isn't JSON"),
        ("application/json", "", "isn't JSON"),
        ("application/json; charset=utf-8", "[", "isn't JSON"),
    ] {
        let answer = send(
            &emulator,
            "POST",
            EVENTS,
            &[key, ("content-type", content_type)],
            body,
        )
        .unwrap();
        assert_eq!(answer.status, 400);
        assert!(
            answer.json()["message"].as_str().unwrap().contains(said),
            "{answer:?}"
        );
    }
    assert_eq!(
        send(&emulator, "POST", EVENTS, &[key], &body)
            .unwrap()
            .status,
        400
    );
}
