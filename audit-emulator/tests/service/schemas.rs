//! Schemas are registered and listed, by HTTP.

use crate::support::{ask, get};
use audit_emulator::{Emulator, EqualSchema};
use serde_json::{Value, json};

const SCHEMAS: &str = "/audit_logs/actions/team.signed_in/schemas";

fn body(target: &str) -> Value {
    json!({
        "actor": {"metadata": {"type": "object", "properties": {"role": {"type": "string", "maxLength": 20}}}},
        "targets": [{"type": target}],
        "metadata": {"type": "object", "properties": {"seats": {"type": "number", "minimum": 1.5}}, "required": ["seats"]},
    })
}

#[tokio::test]
async fn every_registration_is_a_new_version() {
    let emulator = Emulator::start().await.unwrap();
    for version in 1..=3 {
        let answer = ask(&emulator, "POST", SCHEMAS, &body("team"));
        assert_eq!(answer.status, 201, "{answer:?}");
        let mut shown = answer.json();
        let created_at = shown.as_object_mut().unwrap().remove("created_at").unwrap();
        assert!(created_at.as_str().unwrap().ends_with('Z'));
        let mut expected = body("team");
        expected["object"] = "audit_log_schema".into();
        expected["version"] = version.into();
        assert_eq!(shown, expected);
    }
    assert_eq!(emulator.schemas("team.signed_in").unwrap().len(), 3);
    assert_eq!(
        emulator.schemas("unknown.action").unwrap(),
        Vec::<Value>::new()
    );
}

/// What the newest SDK documents of the service; the default is what its users have seen.
#[tokio::test]
async fn an_equal_schema_is_answered_with_the_latest_version_where_that_is_wanted() {
    let emulator = Emulator::builder()
        .equal_schema(EqualSchema::LatestVersion)
        .start()
        .await
        .unwrap();
    let post = |body: &Value| {
        let answer = ask(&emulator, "POST", SCHEMAS, body);
        assert_eq!(answer.status, 201, "{answer:?}");
        answer.json()
    };
    let first = post(&body("team"));
    assert_eq!(post(&body("team")), first);
    let text = body("team")
        .to_string()
        .replace("1.5", "1.50")
        .replace(',', ", ");
    assert_eq!(
        post(&serde_json::from_str(&text).unwrap()),
        first,
        "how it is written is no difference"
    );
    assert_eq!(post(&body("user"))["version"], 2);
    assert_eq!(
        post(&body("team"))["version"],
        3,
        "an older one isn't the latest"
    );
    assert_eq!(
        emulator.register("team.signed_in", &body("team")).unwrap(),
        3
    );
    assert_eq!(emulator.schemas("team.signed_in").unwrap().len(), 3);
}

#[tokio::test]
async fn the_library_registers_as_the_interface_does() {
    let emulator = Emulator::start().await.unwrap();
    assert_eq!(
        emulator.register("team.signed_in", &body("team")).unwrap(),
        1
    );
    assert_eq!(
        emulator.register("team.signed_in", &body("user")).unwrap(),
        2
    );
    let listed = get(&emulator, SCHEMAS).json();
    let mut schemas = emulator.schemas("team.signed_in").unwrap();
    schemas.reverse();
    assert_eq!(listed["data"], Value::from(schemas));
    let error = emulator
        .register("team.signed_in", &json!({"targets": []}))
        .unwrap_err();
    assert!(error.to_string().contains("at least one item"), "{error}");
}

#[tokio::test]
async fn a_bad_body_is_refused_with_all_that_is_wrong() {
    let emulator = Emulator::start().await.unwrap();
    let answer = ask(
        &emulator,
        "POST",
        SCHEMAS,
        &json!({"actor": {}, "targets": [{"metadata": 1}], "metadata": []}),
    );
    assert_eq!(answer.status, 422);
    let fields: Vec<Value> = answer.json()["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["field"].clone())
        .collect();
    assert_eq!(
        fields,
        [
            "actor.metadata",
            "targets.0.type",
            "targets.0.metadata",
            "metadata"
        ]
    );
    assert_eq!(answer.json()["message"], "Validation failed.");
    assert_eq!(get(&emulator, SCHEMAS).status, 404);
}

#[tokio::test]
async fn pages_lead_to_each_other_in_every_order() {
    let emulator = Emulator::start().await.unwrap();
    for _ in 0..5 {
        emulator.register("team.signed_in", &body("team")).unwrap();
    }
    let page = |query: &str| {
        let shown = get(&emulator, &format!("{SCHEMAS}?{query}")).json();
        let versions: Vec<u64> = shown["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|schema| schema["version"].as_u64().unwrap())
            .collect();
        let cursor = |name: &str| shown["list_metadata"][name].as_str().map(str::to_owned);
        (versions, cursor("before"), cursor("after"))
    };
    let (first, none, after) = page("limit=2");
    assert_eq!((first, none), (vec![5, 4], None));
    let (second, before, after) = page(&format!("limit=2&after={}", after.unwrap()));
    assert_eq!(second, [3, 2]);
    let (last, _, none) = page(&format!("limit=2&after={}", after.unwrap()));
    assert_eq!((last, none), (vec![1], None));
    let (back, none, _) = page(&format!("limit=2&before={}", before.unwrap()));
    assert_eq!((back, none), (vec![5, 4], None));
    assert_eq!(page("order=asc&limit=3").0, [1, 2, 3]);
    // `normal` is newest first, and `before` fetches older ones.
    let (first, before, none) = page("order=normal&limit=3");
    assert_eq!((first, none), (vec![5, 4, 3], None));
    assert_eq!(
        page(&format!("order=normal&limit=3&before={}", before.unwrap())).0,
        [2, 1]
    );
}

#[tokio::test]
async fn a_bad_page_is_refused() {
    let emulator = Emulator::start().await.unwrap();
    emulator.register("team.signed_in", &body("team")).unwrap();
    for query in [
        "limit=0",
        "limit=101",
        "limit=x",
        "order=up",
        "after=als_unknown",
        "before=a&after=b",
    ] {
        for list in [SCHEMAS, "/audit_logs/actions"] {
            let answer = get(&emulator, &format!("{list}?{query}"));
            assert_eq!(answer.status, 422, "{list} {query}: {answer:?}");
            assert!(answer.json()["message"].is_string());
        }
    }
    assert_eq!(
        get(&emulator, "/audit_logs/actions/no.such/schemas").status,
        404
    );
}
