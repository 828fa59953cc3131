//! Each fault does what its rule says, and leaves what it says.

use std::time::{Duration, Instant};

use crate::support::{Answer, ask, get, send};
use audit_emulator::{Emulator, Fault, Request};
use serde_json::{Value, json};

const SCHEMAS: &str = "/audit_logs/actions/team.signed_in/schemas";

fn post(emulator: &Emulator) -> Option<Answer> {
    let headers = [
        ("authorization", "Bearer sk_test"),
        ("content-type", "application/json"),
    ];
    send(
        emulator,
        "POST",
        SCHEMAS,
        &headers,
        &json!({"targets": [{"type": "team"}]}).to_string(),
    )
}

fn versions(emulator: &Emulator) -> usize {
    emulator.schemas("team.signed_in").unwrap().len()
}

async fn with(rule: &str) -> Emulator {
    Emulator::builder()
        .fault(rule.parse().unwrap())
        .start()
        .await
        .unwrap()
}

#[tokio::test]
async fn a_status_before_the_commit_leaves_nothing() {
    let emulator = with("POST /audit_logs/actions/*/schemas status=500 times=1").await;
    let answer = post(&emulator).unwrap();
    assert_eq!(
        (answer.status, answer.json(), versions(&emulator)),
        (500, json!({"message": "Internal Server Error"}), 0)
    );
    assert_eq!(
        (post(&emulator).unwrap().status, versions(&emulator)),
        (201, 1)
    );
}

#[tokio::test]
async fn a_status_after_the_commit_leaves_the_version() {
    let emulator = with("POST status=500 commit times=1 body={\"message\":\"lost\"}").await;
    let answer = post(&emulator).unwrap();
    assert_eq!(
        (answer.status, answer.json(), versions(&emulator)),
        (500, json!({"message": "lost"}), 1)
    );
}

#[tokio::test]
async fn a_cut_connection_has_no_answer() {
    for (rule, left) in [
        ("disconnect=before-commit times=1", 0),
        ("disconnect=after-commit times=1", 1),
    ] {
        let emulator = with(rule).await;
        assert!(post(&emulator).is_none(), "{rule}");
        assert_eq!(versions(&emulator), left, "{rule}");
        let logged = Request {
            method: "POST".into(),
            path: SCHEMAS.into(),
            query: String::new(),
            status: None,
        };
        assert_eq!(emulator.requests(), [logged]);
        assert_eq!(get(&emulator, "/audit_logs/actions").status, 200);
    }
}

#[tokio::test]
async fn a_delayed_request_is_carried_out_also_when_nobody_waits() {
    for rule in ["POST delay=300ms", "POST commit delay=300ms"] {
        let emulator = with(rule).await;
        let started = Instant::now();
        assert_eq!(post(&emulator).unwrap().status, 201);
        assert!(started.elapsed() >= Duration::from_millis(300));
        let answer = client_that_gives_up(&emulator);
        assert!(answer.is_err());
        tokio::time::sleep(Duration::from_millis(600)).await;
        assert_eq!(versions(&emulator), 2, "{rule}");
        assert_eq!(
            emulator.requests().len(),
            2,
            "also what nobody waited for is logged"
        );
    }
}

fn client_that_gives_up(emulator: &Emulator) -> std::io::Result<usize> {
    use std::io::{Read, Write};
    let mut stream = std::net::TcpStream::connect(emulator.address())?;
    stream.set_read_timeout(Some(Duration::from_millis(100)))?;
    let body = r#"{"targets":[{"type":"team"}]}"#;
    write!(
        stream,
        "POST {SCHEMAS} HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer sk_a\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        emulator.address(),
        body.len()
    )?;
    stream.read(&mut [0; 100])
}

#[tokio::test]
async fn too_many_requests_say_when_to_come_back() {
    let emulator = with("status=429 retry-after=7 times=1").await;
    let answer = get(&emulator, "/audit_logs/actions");
    assert_eq!(
        (answer.status, answer.header("retry-after")),
        (429, Some("7"))
    );
    assert_eq!(
        answer.json(),
        json!({"message": "Too many requests.", "code": "rate_limit_exceeded"})
    );

    let emulator = with("rate=2/30s").await;
    let statuses: Vec<u16> = (0..3)
        .map(|_| get(&emulator, "/audit_logs/actions").status)
        .collect();
    assert_eq!(statuses, [200, 200, 429]);
    let wait: u64 = get(&emulator, "/audit_logs/actions")
        .header("retry-after")
        .unwrap()
        .parse()
        .unwrap();
    assert!((25..=30).contains(&wait), "{wait}");
}

#[tokio::test]
async fn a_body_that_is_no_json_is_sent_as_it_is() {
    let emulator = with("status=502 body=<h1>Bad gateway</h1>").await;
    let answer = get(&emulator, "/audit_logs/actions");
    assert_eq!(
        (answer.status, answer.text.as_str()),
        (502, "<h1>Bad gateway</h1>")
    );
    assert!(
        answer
            .header("content-type")
            .unwrap()
            .starts_with("text/html")
    );
}

#[tokio::test]
async fn faults_are_set_over_http_and_by_the_library() {
    let emulator = Emulator::start().await.unwrap();
    let rule = json!({"method": "GET", "path": "/audit_logs/actions", "status": 503, "times": 1, "retry_after": 2});
    let added = ask(&emulator, "POST", "/_emulator/faults", &rule);
    assert_eq!((added.status, added.json()), (201, json!({"id": 1})));
    let answer = get(&emulator, "/audit_logs/actions");
    assert_eq!(
        (answer.status, answer.header("retry-after")),
        (503, Some("2"))
    );
    let listed = get(&emulator, "/_emulator/faults").json();
    assert_eq!(
        (
            &listed["data"][0]["applied"],
            &listed["data"][0]["fault"]["status"]
        ),
        (&Value::from(1), &Value::from(503))
    );

    assert_eq!(emulator.fault("status=500".parse::<Fault>().unwrap()), 2);
    assert_eq!(get(&emulator, "/audit_logs/actions").status, 500);
    assert_eq!(
        ask(&emulator, "DELETE", "/_emulator/faults", &Value::Null).status,
        204
    );
    assert_eq!(get(&emulator, "/audit_logs/actions").status, 200);
    emulator.fault("status=500".parse::<Fault>().unwrap());
    emulator.clear_faults();
    assert_eq!(get(&emulator, "/audit_logs/actions").status, 200);
    for (wrong, said) in [
        (json!({"statsu": 500}), "unknown field `statsu`"),
        (json!({"times": 1}), "does nothing"),
        (json!([]), "is an object"),
        (json!([null, "/a", 500]), "is an object"),
        (
            json!({"status": 429, "retry_after": -1}),
            "`retry_after` is a number of seconds, 0 or more, or a date, not `-1`",
        ),
        (
            json!({"status": 500, "times": 0}),
            "`times=0` never applies",
        ),
        (json!({"delay_ms": 600_001}), "at most 10 minutes"),
        (
            json!({"method": "FOO BAR", "status": 500}),
            "a method is one of GET",
        ),
        (
            json!({"fault": "statsu=500"}),
            "`statsu` is no part of a fault",
        ),
        (json!({"fault": "status=500", "times": 1}), "stands alone"),
        (json!({"fault": 1}), "as text"),
    ] {
        let answer = ask(&emulator, "POST", "/_emulator/faults", &wrong);
        assert_eq!(answer.status, 422, "{wrong}");
        assert!(
            answer.json()["message"].as_str().unwrap().contains(said),
            "{wrong} {answer:?}"
        );
    }
    // What isn't the service's is neither spoiled nor logged.
    assert!(
        emulator
            .requests()
            .iter()
            .all(|request| request.path == "/audit_logs/actions")
    );
}

#[tokio::test]
async fn one_spelling_works_everywhere() {
    let emulator = Emulator::start().await.unwrap();
    let text = "POST /audit_logs/actions/{action}/schemas status=503 times=1";
    assert_eq!(
        ask(
            &emulator,
            "POST",
            "/_emulator/faults",
            &json!({"fault": text})
        )
        .status,
        201
    );
    assert_eq!(
        (
            post(&emulator).unwrap().status,
            post(&emulator).unwrap().status
        ),
        (503, 201)
    );
    emulator.fault(text.parse().unwrap());
    assert_eq!(
        (
            post(&emulator).unwrap().status,
            post(&emulator).unwrap().status
        ),
        (503, 201)
    );
}

#[tokio::test]
async fn faults_are_bounded() {
    let emulator = Emulator::start().await.unwrap();
    for _ in 0..1_000 {
        emulator.fault("/nowhere status=500".parse().unwrap());
    }
    let refused = ask(
        &emulator,
        "POST",
        "/_emulator/faults",
        &json!({"fault": "status=500"}),
    );
    assert_eq!(
        (refused.status, refused.text.contains("1000 faults")),
        (422, true)
    );
}
