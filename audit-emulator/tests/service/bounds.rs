//! What no schema and no event can do: end the process, stop the others, fill the memory, hide what came before.

use std::time::{Duration, Instant};

use crate::support::{ask, event, get, register, send_event};
use audit_emulator::Emulator;
use serde_json::{Value, json};

const SCHEMAS: &str = "/audit_logs/actions/a.b/schemas";
const EVENTS: &str = "/audit_logs/events";

fn body(emulator: &Emulator, metadata: &Value) -> Value {
    json!({
        "organization_id": emulator.organization(),
        "event": {
            "action": "a.b",
            "occurred_at": "2026-02-02T16:35:39.317Z",
            "actor": {"type": "user", "id": "user_1"},
            "targets": [{"type": "t", "id": "t_1"}],
            "context": {},
            "metadata": metadata,
        },
    })
}

fn schema_of(key: &Value) -> Value {
    json!({"targets": [{"type": "t"}], "metadata": {"type": "object", "properties": {"k": key}}})
}

#[tokio::test]
async fn a_pattern_of_fourteen_thousand_alternatives_is_refused() {
    let emulator = Emulator::start().await.unwrap();
    let pattern = "abc|".repeat(14_000);
    let answer = ask(
        &emulator,
        "POST",
        SCHEMAS,
        &schema_of(&json!({"type": "string", "pattern": pattern})),
    );
    assert_eq!(
        (answer.status, &answer.json()["errors"][0]["field"]),
        (422, &json!("metadata.properties.k.pattern"))
    );
    assert!(
        emulator
            .register("a.b", &schema_of(&json!({"pattern": pattern})))
            .is_err()
    );
    assert_eq!(get(&emulator, "/audit_logs/actions").status, 200);
}

#[tokio::test]
async fn a_pattern_that_never_ends_stops_nobody() {
    let emulator = Emulator::start().await.unwrap();
    for (pattern, status) in [
        ("^(a+)+$", 400),
        ("^(?:(?=a)a|(?=a)aa)+b", 400),
        ("^(?=a)", 200),
    ] {
        let version = ask(
            &emulator,
            "POST",
            SCHEMAS,
            &schema_of(&json!({"type": "string", "pattern": pattern})),
        )
        .json();
        let mut sent = body(&emulator, &json!({"k": format!("{}!", "a".repeat(60))}));
        sent["event"]["version"] = version["version"].clone();
        let started = Instant::now();
        let answer = ask(&emulator, "POST", EVENTS, &sent);
        assert_eq!(answer.status, status, "{answer:?}");
        assert!(
            started.elapsed() < Duration::from_secs(5),
            "{pattern}: {:?}",
            started.elapsed()
        );
    }
    let shown = &emulator.refused().unwrap()[1].refusal.clone().unwrap();
    assert_eq!(shown["code"], "emulator_limit");
    assert!(
        shown["message"]
            .as_str()
            .unwrap()
            .contains("the pattern /^(?:(?=a)a|(?=a)aa)+b/u"),
        "{shown}"
    );
}

#[tokio::test]
async fn what_is_nested_too_deep_is_refused_and_hides_nothing() {
    let emulator = Emulator::start().await.unwrap();
    register(&emulator);
    let nested = |depth: usize| (0..depth).fold(json!(1), |inner, _| json!([inner]));
    for (depth, status) in [(55, 400), (100, 400)] {
        let mut sent = event(&emulator);
        sent["event"]["targets"] = json!([{"type": "other", "id": "1", "name": nested(depth)}]);
        let key = format!("key-{depth}");
        for _ in 0..2 {
            assert_eq!(send_event(&emulator, &key, &sent).status, status, "{depth}");
        }
        assert_eq!(get(&emulator, "/_emulator/events").status, 200, "{depth}");
        assert!(!emulator.refused().unwrap().is_empty());
    }
    let registered = emulator.register("a.b", &schema_of(&json!({"const": nested(100)})));
    assert!(
        registered
            .unwrap_err()
            .to_string()
            .contains("nested more than 64 levels")
    );
}

#[tokio::test]
async fn an_answer_is_bounded_and_says_what_it_leaves_out() {
    let emulator = Emulator::start().await.unwrap();
    let types: Vec<Value> = (0..400)
        .map(|number| json!({"type": format!("t{number}")}))
        .collect();
    assert_eq!(
        ask(&emulator, "POST", SCHEMAS, &json!({"targets": types})).status,
        201
    );
    let mut sent = body(&emulator, &json!({}));
    sent["event"]["targets"] = vec![json!({"type": "x", "id": "1"}); 800].into();
    let answer = ask(&emulator, "POST", EVENTS, &sent);
    assert_eq!(answer.status, 400);
    assert!(answer.text.len() < 1024 * 1024, "{}", answer.text.len());
    let shown = answer.json();
    assert!(
        shown["omitted_errors"].as_u64().unwrap() > 100_000,
        "{}",
        shown["omitted_errors"]
    );
    assert!(
        shown["message"]
            .as_str()
            .unwrap()
            .starts_with("Invalid Audit Log event. There are ")
    );

    sent["event"]["targets"] = vec![json!(1); 40_000].into();
    let answer = ask(&emulator, "POST", EVENTS, &sent);
    assert_eq!(
        (answer.status, &answer.json()["omitted_errors"]),
        (422, &json!(39_000))
    );
}

#[tokio::test]
async fn a_schema_is_bounded_also_as_part_of_the_whole() {
    let emulator = Emulator::start().await.unwrap();
    let large = json!({"type": "object", "properties": {"k": {"anyOf": vec![json!({}); 22_000]}}});
    let answer = ask(
        &emulator,
        "POST",
        SCHEMAS,
        &json!({"targets": [{"type": "t"}], "metadata": large}),
    );
    assert_eq!(answer.status, 422);
    assert!(
        answer.text.contains("more than 10000 schemas"),
        "{answer:?}"
    );
    let types: Vec<Value> = (0..4_000)
        .map(|number| json!({"type": format!("t{number}")}))
        .collect();
    let answer = ask(&emulator, "POST", SCHEMAS, &json!({"targets": types}));
    assert_eq!(
        (
            answer.status,
            answer.text.contains("more than 10000 schemas")
        ),
        (422, true),
        "{answer:?}"
    );
}

#[tokio::test]
async fn a_long_path_is_refused_and_an_open_one_is_remembered_in_part() {
    let emulator = Emulator::start().await.unwrap();
    for (length, status) in [(8_000, 200), (8_200, 414)] {
        let answer = get(&emulator, &format!("/organizations?{}", "x".repeat(length)));
        assert_eq!(
            (answer.status, answer.json().is_object()),
            (status, true),
            "{length}"
        );
    }
    let logged = emulator.requests();
    assert_eq!(
        (logged.len(), logged[0].query.len()),
        (1, 1_024 + '…'.len_utf8())
    );
}

#[tokio::test]
async fn requests_that_nobody_waits_for_are_bounded_too() {
    use std::io::Write;

    let emulator = Emulator::start().await.unwrap();
    emulator.fault("GET /audit_logs/actions delay=10m".parse().unwrap());
    let key = ("authorization", "Bearer sk_a");
    // Some of those that close at once aren't read at all.
    for _ in 0..40 {
        for _ in 0..100 {
            let mut stream = std::net::TcpStream::connect(emulator.address()).unwrap();
            let host = emulator.address();
            write!(stream, "GET /audit_logs/actions HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer sk_a\r\n\r\n").unwrap();
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        let answer = crate::support::send(&emulator, "GET", "/organizations", &[key], "").unwrap();
        if answer.status == 503 {
            assert!(
                answer.json()["message"]
                    .as_str()
                    .unwrap()
                    .starts_with("1024 requests are under way"),
                "{answer:?}"
            );
            return;
        }
    }
    panic!("they aren't counted");
}
