//! What the tests share: a plain HTTP client.
#![allow(dead_code, reason = "the load test uses a part of it")]

pub mod packages;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use audit_emulator::Emulator;
use serde_json::Value;

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// As it is.
    pub text: String,
}

impl Answer {
    /// The body as JSON; fails where it is none.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Sends the bytes as they are; `None` where the connection ends without an answer.
pub fn raw(emulator: &Emulator, request: &[u8]) -> Option<Answer> {
    let mut stream = TcpStream::connect(emulator.address()).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    stream.write_all(request).ok()?;
    let mut bytes = Vec::new();
    // A reset is an end too.
    let _ = stream.read_to_end(&mut bytes);
    parse(&String::from_utf8_lossy(&bytes))
}

fn parse(text: &str) -> Option<Answer> {
    let (head, body) = text.split_once("\r\n\r\n")?;
    let mut lines = head.lines();
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let chunked = headers
        .iter()
        .any(|(name, value)| name == "transfer-encoding" && value == "chunked");
    let text = if chunked {
        unchunk(body)
    } else {
        body.to_owned()
    };
    Some(Answer {
        status,
        headers,
        text,
    })
}

fn unchunk(mut body: &str) -> String {
    let mut whole = String::new();
    while let Some((size, rest)) = body.split_once("\r\n") {
        let size = usize::from_str_radix(size, 16).unwrap();
        if size == 0 {
            break;
        }
        whole.push_str(&rest[..size]);
        body = rest[size..].strip_prefix("\r\n").unwrap();
    }
    whole
}

/// One request with these headers, on a connection of its own.
pub fn send(
    emulator: &Emulator,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Option<Answer> {
    let headers: String = headers
        .iter()
        .flat_map(|(name, value)| [name, ": ", value, "\r\n"])
        .collect();
    let (host, length) = (emulator.address(), body.len());
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}"
    );
    raw(emulator, format!("{head}\r\n{body}").as_bytes())
}

/// With a key and JSON, as clients send it.
pub fn ask(emulator: &Emulator, method: &str, path: &str, body: &Value) -> Answer {
    let key = format!("Bearer {}", emulator.api_key());
    let headers = [
        ("authorization", key.as_str()),
        ("content-type", "application/json"),
    ];
    send(emulator, method, path, &headers, &body.to_string()).expect("an answer")
}

/// A GET with a key.
pub fn get(emulator: &Emulator, path: &str) -> Answer {
    let key = format!("Bearer {}", emulator.api_key());
    send(emulator, "GET", path, &[("authorization", &key)], "").expect("an answer")
}

/// An event that the schema of `team.signed_in` accepts.
pub fn event(emulator: &Emulator) -> Value {
    serde_json::json!({
        "organization_id": emulator.organization(),
        "event": {
            "action": "team.signed_in",
            "version": 1,
            "occurred_at": "2026-02-02T16:35:39.317Z",
            "actor": {"type": "user", "id": "user_1", "name": "Zoë", "metadata": {"role": "admin"}},
            "targets": [{"type": "team", "id": "team_1", "name": "Blue"}],
            "context": {"location": "203.0.113.7", "user_agent": "test"},
            "metadata": {"seats": 3},
        },
    })
}

/// An emulator in which that event's schema is registered.
pub async fn emulator() -> Emulator {
    let emulator = Emulator::start().await.unwrap();
    register(&emulator);
    emulator
}

/// Registers that event's schema.
pub fn register(emulator: &Emulator) {
    let body = serde_json::json!({
        "actor": {"metadata": {"type": "object", "properties": {"role": {"type": "string"}}}},
        "targets": [{"type": "team"}],
        "metadata": {"type": "object", "properties": {"seats": {"type": "integer", "minimum": 1}}, "required": ["seats"]},
    });
    emulator.register("team.signed_in", &body).unwrap();
}

/// Sends an event with a key of idempotency.
pub fn send_event(emulator: &Emulator, idempotency_key: &str, body: &Value) -> Answer {
    let key = format!("Bearer {}", emulator.api_key());
    let headers = [
        ("authorization", key.as_str()),
        ("content-type", "application/json"),
        ("idempotency-key", idempotency_key),
    ];
    send(
        emulator,
        "POST",
        "/audit_logs/events",
        &headers,
        &body.to_string(),
    )
    .expect("an answer")
}
