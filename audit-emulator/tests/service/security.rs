//! Who may ask, what is never shown, and what is too much.

use std::io::Write;
use std::time::Duration;

use crate::support::{ask, event, get, raw, register, send};
use audit_emulator::Emulator;
use serde_json::{Value, json};

const PATHS: [(&str, &str); 10] = [
    ("GET", "/audit_logs/actions"),
    ("POST", "/audit_logs/actions/a.b/schemas"),
    ("POST", "/audit_logs/events"),
    ("POST", "/audit_logs/exports"),
    ("GET", "/organizations"),
    ("PUT", "/organizations/org_1/audit_logs_retention"),
    ("POST", "/portal/generate_link"),
    ("POST", "/_emulator/faults"),
    ("DELETE", "/_emulator/faults"),
    ("POST", "/_emulator/clock"),
];

#[tokio::test]
async fn nothing_is_done_without_a_key_that_is_taken() {
    let emulator = Emulator::builder()
        .api_key("sk_test_right")
        .api_key("sk_test_other")
        .start()
        .await
        .unwrap();
    let wrong: [Vec<(&str, &str)>; 5] = [
        vec![],
        vec![("authorization", "Bearer sk_test_wrong")],
        vec![("authorization", "Bearer sk_test_right2")],
        vec![("authorization", "sk_test_right")],
        vec![("authorization", "Basic sk_test_right")],
    ];
    for (method, path) in PATHS {
        for headers in &wrong {
            let answer = send(&emulator, method, path, headers, "{}").unwrap();
            assert_eq!(
                (answer.status, answer.json()),
                (401, json!({"message": "Unauthorized"})),
                "{method} {path} {headers:?}"
            );
        }
    }
    for key in ["Bearer sk_test_right", "Bearer sk_test_other"] {
        assert_eq!(
            send(
                &emulator,
                "GET",
                "/audit_logs/actions",
                &[("authorization", key)],
                ""
            )
            .unwrap()
            .status,
            200
        );
    }
    assert_eq!(emulator.api_key(), "sk_test_right");
    assert!(emulator.refused().unwrap().is_empty());
}

#[tokio::test]
async fn without_configured_keys_any_is_taken_that_looks_like_one() {
    let emulator = Emulator::start().await.unwrap();
    for (key, status) in [
        ("Bearer sk_live_whatever", 200),
        ("Bearer sk_", 401),
        ("Bearer token", 401),
    ] {
        assert_eq!(
            send(
                &emulator,
                "GET",
                "/audit_logs/actions",
                &[("authorization", key)],
                ""
            )
            .unwrap()
            .status,
            status,
            "{key}"
        );
    }
    assert_eq!(get(&emulator, "/audit_logs/actions").status, 200);
}

#[tokio::test]
async fn a_key_is_never_shown() {
    let key = "sk_test_very_secret";
    let builder = Emulator::builder().api_key(key);
    assert!(!format!("{builder:?}").contains("very_secret"));
    let emulator = builder.start().await.unwrap();
    register(&emulator);
    ask(&emulator, "POST", "/audit_logs/events", &event(&emulator));
    ask(
        &emulator,
        "POST",
        "/_emulator/faults",
        &json!({"path": "/elsewhere", "status": 500}),
    );
    let mut shown = format!(
        "{emulator:?} {:?} {:?}",
        emulator.requests(),
        emulator.events()
    );
    let asked = [
        "/audit_logs/actions",
        "/nowhere",
        "/_emulator/faults",
        "/_emulator/events",
        "/_emulator/schemas",
        "/organizations?limit=x",
    ];
    shown.extend(asked.map(|path| format!("{:?}", get(&emulator, path))));
    assert!(
        shown.contains("team.signed_in") && !shown.contains("very_secret"),
        "{shown}"
    );

    let error = Emulator::builder()
        .api_key("very secret")
        .start()
        .await
        .unwrap_err();
    assert!(
        !format!("{error} {error:?}").contains("very secret"),
        "{error}"
    );
}

#[tokio::test]
async fn what_is_not_there_is_told_in_json() {
    let emulator = Emulator::start().await.unwrap();
    for path in [
        "/nowhere",
        "/audit_logs/events/1",
        "/_emulator/nowhere",
        "/%3Cscript%3E",
    ] {
        let answer = send(&emulator, "GET", path, &[], "").unwrap();
        assert_eq!(
            (answer.status, answer.json()["message"].as_str()),
            (404, Some(format!("Cannot GET {path}").as_str()))
        );
    }
    for (method, path, allowed) in [
        ("DELETE", "/audit_logs/actions", "GET"),
        ("GET", "/audit_logs/events", "POST"),
        ("PATCH", "/organizations/org_1/audit_logs_retention", "PUT"),
        ("GET", "/_emulator/clock", "POST"),
    ] {
        let answer = ask(&emulator, method, path, &Value::Null);
        assert_eq!(
            (answer.status, &answer.json()["error"]),
            (405, &json!("Method Not Allowed")),
            "{method} {path}"
        );
        assert!(
            answer
                .header("allow")
                .is_some_and(|allow| allow.contains(allowed)),
            "{answer:?}"
        );
    }
}

#[tokio::test]
async fn every_answer_has_the_headers_that_keep_browsers_honest() {
    let emulator = Emulator::start().await.unwrap();
    for path in [
        "/audit_logs/actions",
        "/nowhere",
        "/_emulator/events",
        "/organizations?limit=x",
    ] {
        let answer = get(&emulator, path);
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{path}");
        }
        assert!(
            answer.header("content-security-policy").is_some()
                && answer.header("x-request-id").is_some()
        );
        assert!(
            answer
                .headers
                .iter()
                .all(|(name, _)| !name.starts_with("access-control-"))
        );
    }
}

#[tokio::test]
async fn a_body_may_be_too_large_everywhere() {
    let emulator = Emulator::start().await.unwrap();
    let large = json!({"name": "x".repeat(102_400)});
    for (method, path) in PATHS
        .iter()
        .filter(|(method, _)| *method != "GET" && *method != "DELETE")
    {
        let answer = ask(&emulator, method, path, &large);
        assert_eq!(
            (answer.status, &answer.json()["message"]),
            (413, &json!("request entity too large")),
            "{path}"
        );
    }
}

#[tokio::test]
async fn events_that_cannot_be_read_are_among_the_refused_ones() {
    let emulator = Emulator::start().await.unwrap();
    let key = ("authorization", "Bearer sk_a");
    let json = ("content-type", "application/json");
    let large = "x".repeat(102_401);
    for (headers, body) in [
        (vec![key, json], large.as_str()),
        (vec![key, json], "{"),
        (vec![key], "{}"),
        (vec![key, json, ("content-encoding", "gzip")], "{}"),
    ] {
        send(&emulator, "POST", "/audit_logs/events", &headers, body).unwrap();
    }
    emulator.fault(
        "POST /audit_logs/events status=429 times=1"
            .parse()
            .unwrap(),
    );
    send(&emulator, "POST", "/audit_logs/events", &[key, json], "{}").unwrap();
    let refused = emulator.refused().unwrap();
    let shown: Vec<(u16, &Value)> = refused
        .iter()
        .map(|event| (event.status, &event.event))
        .collect();
    assert_eq!(
        shown,
        [
            (413, &Value::Null),
            (400, &Value::Null),
            (400, &Value::Null),
            (415, &Value::Null)
        ]
    );
    assert_eq!(
        refused[0].refusal,
        Some(json!({"message": "request entity too large"}))
    );
    assert_eq!(
        get(&emulator, "/_emulator/events").json()["data"]
            .as_array()
            .unwrap()
            .len(),
        4
    );
}

#[tokio::test]
async fn a_path_that_is_no_text_is_told_in_json() {
    let emulator = Emulator::start().await.unwrap();
    for path in [
        "/audit_logs/actions/%ff/schemas",
        "/_emulator/exports/%ff/x.csv",
        "/organizations/%C3",
    ] {
        let answer = get(&emulator, path);
        assert_eq!(
            (answer.status, answer.json()["message"].is_string()),
            (400, true),
            "{answer:?}"
        );
    }
}

#[tokio::test]
async fn a_body_without_a_length_is_measured_too() {
    let emulator = Emulator::start().await.unwrap();
    let host = emulator.address();
    let head = format!(
        "POST /organizations HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer sk_a\r\ncontent-type: application/json\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n"
    );
    let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000));
    let answer = raw(
        &emulator,
        format!("{head}{chunk}{chunk}0\r\n\r\n").as_bytes(),
    )
    .unwrap();
    assert_eq!(answer.status, 413);
}

#[tokio::test]
async fn nonsense_leaves_the_server_alive() {
    let emulator = Emulator::start().await.unwrap();
    for nonsense in [
        "\0\0\0\0\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "POST /organizations HTTP/1.1\r\ncontent-length: x\r\n\r\n",
    ] {
        raw(&emulator, nonsense.as_bytes());
    }
    for path in [
        "/audit_logs/actions/%00/schemas",
        "/audit_logs/actions/%ff/schemas",
        "/audit_logs/actions?limit=%00",
        "/organizations?domains=%5B%22",
    ] {
        assert!(get(&emulator, path).status < 500, "{path}");
    }
    // A connection that sends nothing holds nobody up.
    let idle: Vec<_> = (0..50)
        .map(|_| std::net::TcpStream::connect(emulator.address()).unwrap())
        .collect();
    let mut slow = std::net::TcpStream::connect(emulator.address()).unwrap();
    slow.write_all(b"POST /organizations HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer sk_a\r\ncontent-length: 10\r\n\r\n{")
        .unwrap();
    slow.set_read_timeout(Some(Duration::from_millis(10)))
        .unwrap();
    assert_eq!(get(&emulator, "/audit_logs/actions").status, 200);
    drop((idle, slow));
}
