//! What people see: events as they arrived and as they arrive, nothing but data.

use std::time::Duration;

use crate::support::{ask, emulator, event, get, send};
use serde_json::{Value, json};

const EVENTS: &str = "/audit_logs/events";

#[tokio::test]
async fn html_and_script_are_kept_and_shown_as_data() {
    let emulator = emulator().await;
    let script = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\u{2028}'\"&";
    let mut body = event(&emulator);
    for place in [
        "/event/actor/name",
        "/event/targets/0/name",
        "/event/context/user_agent",
        "/event/actor/metadata/role",
    ] {
        *body.pointer_mut(place).unwrap() = script.into();
    }
    assert_eq!(ask(&emulator, "POST", EVENTS, &body).status, 200);
    let shown = get(&emulator, "/_emulator/events");
    assert_eq!(shown.json()["data"][0]["event"], body["event"]);
    assert_eq!(shown.header("content-type"), Some("application/json"));
    assert_eq!(shown.header("x-content-type-options"), Some("nosniff"));
    assert!(
        shown
            .header("content-security-policy")
            .is_some_and(
                |policy| policy.starts_with("default-src 'none'") && !policy.contains("unsafe")
            )
    );
}

#[tokio::test]
async fn events_are_shown_newest_first_by_what_they_hold() {
    let emulator = emulator().await;
    for number in 0..5 {
        let mut body = event(&emulator);
        body["event"]["actor"]["id"] = format!("user_{number}").into();
        if number == 3 {
            body["event"]["targets"] = json!(["no object", {"type": "team", "id": "odd"}]);
        }
        ask(&emulator, "POST", EVENTS, &body);
    }
    let sequences = |query: &str| {
        let shown = get(&emulator, &format!("/_emulator/events?{query}")).json();
        let found: Vec<i64> = shown["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| entry["sequence"].as_i64().unwrap())
            .collect();
        (found, shown["before"].clone())
    };
    assert_eq!(sequences(""), (vec![5, 4, 3, 2, 1], Value::Null));
    assert_eq!(sequences("limit=2"), (vec![5, 4], json!(4)));
    assert_eq!(sequences("limit=2&before=4"), (vec![3, 2], json!(2)));
    assert_eq!(sequences("limit=1&before=2"), (vec![1], Value::Null));
    assert_eq!(sequences("actor=user_2").0, [3]);
    assert_eq!(sequences("actor=user").0.len(), 5);
    assert_eq!(sequences("actor=Zo%C3%AB").0.len(), 5);
    assert_eq!(sequences("target=odd").0, [4]);
    assert_eq!(sequences("target=Blue&accepted=true").0, [5, 3, 2, 1]);
    assert_eq!(sequences("accepted=false").0, [4]);
    assert!(sequences("action=team.signed_out").0.is_empty());
    assert_eq!(
        sequences(&format!("organization={}", emulator.organization()))
            .0
            .len(),
        5
    );
    assert!(sequences("organization=org_1").0.is_empty());
    for wrong in ["limit=0", "limit=x", "before=-1", "accepted=maybe"] {
        assert_eq!(
            get(&emulator, &format!("/_emulator/events?{wrong}")).status,
            422,
            "{wrong}"
        );
    }
    let refused = &get(&emulator, "/_emulator/events?accepted=false").json()["data"][0];
    assert_eq!(
        (&refused["status"], &refused["accepted"], &refused["id"]),
        (&json!(422), &json!(false), &Value::Null)
    );
    assert_eq!(refused["refusal"]["errors"][0]["field"], "event.targets.0");
}

#[tokio::test]
async fn the_stream_tells_what_arrives_and_what_was_missed() {
    let emulator = emulator().await;
    let arrive = || {
        assert_eq!(
            ask(&emulator, "POST", EVENTS, &event(&emulator)).status,
            200
        );
    };
    arrive();
    arrive();
    let mut now = Stream::open(&emulator, "");
    let mut from_1 = Stream::open(&emulator, "last-event-id: 1\r\n");
    assert_eq!(from_1.next_id(), "2");
    // A page that was open before a restart has seen nothing of this database.
    for before in ["30", "0123abcd-1"] {
        let mut page = Stream::open(&emulator, &format!("last-event-id: {before}\r\n"));
        assert_eq!(
            (page.next_id().as_str(), page.next_id().as_str()),
            ("1", "2"),
            "{before}"
        );
    }
    arrive();
    assert_eq!(
        (now.next_id().as_str(), from_1.next_id().as_str()),
        ("3", "3")
    );
    // The end of the server is the end of its streams, at once.
    let started = std::time::Instant::now();
    emulator.stop().await;
    assert!(
        started.elapsed() < Duration::from_millis(1_500),
        "{:?}",
        started.elapsed()
    );
}

struct Stream(std::io::BufReader<std::net::TcpStream>);

impl Stream {
    fn open(emulator: &audit_emulator::Emulator, header: &str) -> Self {
        use std::io::Write;
        let mut stream = std::net::TcpStream::connect(emulator.address()).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .unwrap();
        write!(
            stream,
            "GET /_emulator/stream HTTP/1.1\r\nhost: {}\r\n{header}\r\n",
            emulator.address()
        )
        .unwrap();
        let mut this = Self(std::io::BufReader::new(stream));
        while !this.line().is_empty() {}
        this
    }

    fn line(&mut self) -> String {
        use std::io::BufRead;
        let mut line = String::new();
        self.0.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    fn try_open(emulator: &audit_emulator::Emulator) -> Option<Self> {
        use std::io::Write;
        let mut stream = std::net::TcpStream::connect(emulator.address()).unwrap();
        write!(
            stream,
            "GET /_emulator/stream HTTP/1.1\r\nhost: {}\r\n\r\n",
            emulator.address()
        )
        .unwrap();
        let mut this = Self(std::io::BufReader::new(stream));
        this.line().contains("200").then_some(this)
    }

    /// The next message's id as it is sent.
    fn next_whole_id(&mut self) -> String {
        loop {
            if let Some(id) = self.line().strip_prefix("id: ").map(str::to_owned) {
                return id;
            }
        }
    }

    /// The next message's sequence, out of its id; its data is an entry.
    fn next_id(&mut self) -> String {
        let (mut id, mut data) = (None, None);
        loop {
            let line = self.line();
            if let Some(given) = line.strip_prefix("id: ") {
                id = Some(given.to_owned());
            }
            if let Some(given) = line.strip_prefix("data: ") {
                data = Some(serde_json::from_str::<Value>(given).unwrap());
            }
            if let (Some(id), Some(data)) = (&id, &data) {
                let (_, sequence) = id.split_once('-').unwrap();
                assert_eq!(data["sequence"].to_string(), sequence);
                return sequence.to_owned();
            }
        }
    }
}

#[tokio::test]
async fn schemas_are_shown_with_all_their_versions() {
    let emulator = emulator().await;
    emulator
        .register("a.b", &json!({"targets": [{"type": "x"}]}))
        .unwrap();
    emulator
        .register("a.b", &json!({"targets": [{"type": "y"}]}))
        .unwrap();
    let shown = get(&emulator, "/_emulator/schemas").json();
    let actions: Vec<&Value> = shown["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|action| &action["action"])
        .collect();
    assert_eq!(actions, ["a.b", "team.signed_in"]);
    let versions = shown["data"][0]["versions"].as_array().unwrap();
    assert_eq!(
        (&versions[0]["version"], &versions[1]["version"]),
        (&json!(1), &json!(2))
    );
    assert_eq!(versions[1]["schema"], json!({"targets": [{"type": "y"}]}));
}

/// With a file the events are the same ones, and so are their ids.
#[tokio::test]
async fn a_stream_goes_on_after_a_restart_with_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let start = || async {
        audit_emulator::Emulator::builder()
            .database(folder.path().join("db"))
            .start()
            .await
            .unwrap()
    };
    let emulator = start().await;
    crate::support::register(&emulator);
    for _ in 0..2 {
        ask(&emulator, "POST", EVENTS, &event(&emulator));
    }
    let mut page = Stream::open(&emulator, "last-event-id: 0\r\n");
    let id = page.next_whole_id();
    drop(page);
    emulator.stop().await;
    let emulator = start().await;
    assert_eq!(
        Stream::open(&emulator, &format!("last-event-id: {id}\r\n")).next_id(),
        "2"
    );
}

#[tokio::test]
async fn streams_leave_room_for_the_service() {
    let emulator = emulator().await;
    let mut pages: Vec<Stream> = (0..64).map(|_| Stream::open(&emulator, "")).collect();
    // Without asking for it: the answer ends with the connection.
    let request = format!(
        "GET /_emulator/stream HTTP/1.1\r\nhost: {}\r\n\r\n",
        emulator.address()
    );
    let refused = crate::support::raw(&emulator, request.as_bytes()).unwrap();
    assert_eq!(
        (refused.status, refused.header("connection")),
        (503, Some("close")),
        "{refused:?}"
    );
    assert!(
        refused.json()["message"]
            .as_str()
            .unwrap()
            .contains("64 streams")
    );
    assert_eq!(get(&emulator, "/organizations").status, 200);
    pages.clear();
    // An event is written to those that have gone.
    ask(&emulator, "POST", EVENTS, &event(&emulator));
    for _ in 0..100 {
        if Stream::try_open(&emulator).is_some() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("no place came free");
}

#[tokio::test]
async fn who_asks_names_this_host_whatever_is_asked() {
    let emulator = emulator().await;
    let paths = [
        "/",
        "/nowhere",
        "/_emulator/events",
        "/_emulator/schemas",
        "/_emulator/stream",
        "/_emulator/faults",
    ];
    let service = [
        "/organizations",
        "/audit_logs/actions",
        "/audit_logs/exports/1",
        "/_emulator/exports/1/2.csv",
    ];
    for path in paths.into_iter().chain(service) {
        let port = emulator.address().port();
        for host in [
            "evil.example".to_owned(),
            format!("evil.example:{port}"),
            "127.0.0.1:1".to_owned(),
        ] {
            let request = format!(
                "GET {path} HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer sk_a\r\nconnection: close\r\n\r\n"
            );
            let answer = crate::support::raw(&emulator, request.as_bytes()).unwrap();
            assert_eq!(answer.status, 421, "{host}");
            assert!(
                answer.json()["message"]
                    .as_str()
                    .unwrap()
                    .contains(emulator.url())
            );
        }
    }
    let own = format!("host: localhost:{}\r\n", emulator.address().port());
    for (hosts, status) in [("", 400), (&format!("{own}{own}"), 400), (&own, 200)] {
        let request = format!(
            "GET /organizations HTTP/1.1\r\n{hosts}authorization: Bearer sk_a\r\nconnection: close\r\n\r\n"
        );
        assert_eq!(
            crate::support::raw(&emulator, request.as_bytes())
                .unwrap()
                .status,
            status,
            "{hosts}"
        );
    }
    let proxied =
        format!("GET http://evil.example/organizations HTTP/1.1\r\n{own}connection: close\r\n\r\n");
    assert_eq!(
        crate::support::raw(&emulator, proxied.as_bytes())
            .unwrap()
            .status,
        421
    );
    let answer = send(&emulator, "GET", "/_emulator/events", &[], "").unwrap();
    assert_eq!(answer.status, 200);
    assert!(
        answer
            .headers
            .iter()
            .all(|(name, _)| !name.starts_with("access-control-"))
    );
}
