//! Every sample is taken by the service, as the emulator plays it, under the version that the service gave to its schema.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;

use audit_core::Registrations;
use audit_emulator::Emulator;
use serde_json::{Value, json};

use crate::samples::{self, Sample};

fn start() -> Emulator {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    // It lives on a thread of its own.
    runtime.block_on(Emulator::start()).expect("an emulator")
}

/// Registers each body once, behind some that others had registered: so no version is what code calls it.
fn register(emulator: &Emulator, samples: &[Sample]) -> Registrations {
    let mut registrations: BTreeMap<&str, BTreeMap<u32, Value>> = BTreeMap::new();
    for Sample { event, body } in samples {
        let versions = registrations.entry(event.action()).or_default();
        if versions.contains_key(&event.version()) {
            continue;
        }
        for _ in 0..event.version() {
            emulator
                .register(event.action(), &json!({"targets": [{"type": "nothing"}]}))
                .expect("registered");
        }
        let body = serde_json::from_str(body).expect("JSON");
        let server = emulator
            .register(event.action(), &body)
            .expect("registered");
        assert_ne!(server, event.version());
        versions.insert(event.version(), json!({ "server": server, "sha256": "" }));
    }
    Registrations::from_json(&json!(registrations).to_string()).expect("registrations")
}

/// Status and body of the answer.
fn send(emulator: &Emulator, event: &str) -> String {
    let body = format!(
        r#"{{"organization_id":"{}","event":{event}}}"#,
        emulator.organization()
    );
    let (address, key) = (emulator.address(), emulator.api_key());
    let mut stream = TcpStream::connect(address).expect("a connection");
    write!(
        stream,
        "POST /audit_logs/events HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\n\
         Connection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}

#[test]
fn every_event_is_taken() {
    let (emulator, samples) = (start(), samples::all());
    let registrations = register(&emulator, &samples);
    for Sample { event, .. } in &samples {
        let wire = event.to_wire(&registrations).expect("registered");
        let answer = send(&emulator, &wire);
        assert!(answer.starts_with("HTTP/1.1 200 "), "{wire}\n{answer}");
    }
    let received = emulator.events().expect("events");
    assert_eq!(received.len(), samples.len());
    for (received, Sample { event, .. }) in received.iter().zip(&samples) {
        let sent = serde_json::from_str(&event.to_wire(&registrations).expect("registered"))
            .expect("JSON");
        assert_eq!(
            as_doubles(received.event.clone()),
            as_doubles(sent),
            "what is kept is what was sent"
        );
    }
}

/// The service's numbers are JavaScript's: 1000.0 is 1000.
fn as_doubles(value: Value) -> Value {
    match value {
        Value::Number(number) => json!(number.as_f64()),
        Value::Array(items) => items.into_iter().map(as_doubles).collect(),
        Value::Object(members) => members
            .into_iter()
            .map(|(key, value)| (key, as_doubles(value)))
            .collect(),
        other => other,
    }
}

/// Under the version that code declares they are refused: it is another schema there.
#[test]
fn the_declared_version_is_no_number_of_the_services() {
    let (emulator, samples) = (start(), samples::all());
    register(&emulator, &samples);
    let Sample { event, .. } = samples
        .iter()
        .find(|sample| sample.event.version() == 1)
        .expect("a first version");
    let answer = send(&emulator, event.as_json());
    assert!(
        answer.starts_with("HTTP/1.1 400 ") && answer.contains("invalid_audit_log"),
        "{answer}"
    );
}
