//! Eight connections send events for a while: no error, and no growing memory.
//!
//! `AUDIT_LOAD_SECONDS=20 cargo test --release --package audit-emulator --test load -- --nocapture` prints the rate.

#[path = "service/support/mod.rs"]
mod support;

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use audit_emulator::Emulator;
use support::{emulator, event};

const CONNECTIONS: usize = 8;
/// What memory may grow by between a third of the time and its end: caches are full by then.
const GROWTH_KIB: u64 = 16 * 1024;

fn seconds() -> u64 {
    std::env::var("AUDIT_LOAD_SECONDS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(3)
}

#[tokio::test]
async fn events_from_eight_connections() {
    let emulator = emulator().await;
    let total = Duration::from_secs(seconds());
    let end = Instant::now() + total;
    let (sent, early, late) = std::thread::scope(|scope| {
        let senders: Vec<_> = (0..CONNECTIONS)
            .map(|number| {
                scope.spawn({
                    let emulator = &emulator;
                    move || send_until(emulator, number, end)
                })
            })
            .collect();
        std::thread::sleep(total / 3);
        let early = memory_kib();
        let sent: usize = senders
            .into_iter()
            .map(|sender| sender.join().unwrap())
            .sum();
        (sent, early, memory_kib())
    });
    let rate = sent as u64 / seconds();
    println!(
        "load: {sent} events in {} s from {CONNECTIONS} connections, {rate} a second; memory {early:?} KiB, then {late:?} KiB",
        seconds()
    );
    let kept = support::get(&emulator, "/_emulator/events?limit=1").json()["data"][0]["sequence"]
        .as_u64()
        .unwrap();
    assert_eq!(kept, sent as u64);
    assert!(sent > 100, "{sent}");
    match (early, late) {
        (Some(early), Some(late)) => assert!(
            late < early + GROWTH_KIB,
            "memory grew from {early} to {late} KiB"
        ),
        _ => eprintln!("SKIPPED: this system doesn't say how much memory a process has"),
    }
}

/// Sends one event after the other on a connection; each must be accepted.
fn send_until(emulator: &Emulator, number: usize, end: Instant) -> usize {
    let mut stream = TcpStream::connect(emulator.address()).unwrap();
    stream.set_nodelay(true).unwrap();
    let mut answers = BufReader::new(stream.try_clone().unwrap());
    let mut body = event(emulator);
    // What could pile up by name: organizations, actions, people, keys.
    let organization = support::ask(
        emulator,
        "POST",
        "/organizations",
        &serde_json::json!({"name": format!("Load {number}")}),
    );
    body["organization_id"] = organization.json()["id"].clone();
    let action = format!("load.sent_{number}");
    emulator
        .register(&action, &serde_json::json!({"targets": [{"type": "team"}]}))
        .unwrap();
    body["event"]["action"] = action.into();
    let mut sent = 0;
    while Instant::now() < end {
        body["event"]["actor"]["id"] = format!("user_{number}_{sent}").into();
        body["event"]["metadata"] = serde_json::json!({format!("key_{sent}"): sent});
        let body = body.to_string();
        let head = format!(
            "POST /audit_logs/events HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer sk_a\r\ncontent-type: application/json\r\nidempotency-key: {number}-{sent}\r\ncontent-length: {}\r\n\r\n",
            emulator.address(),
            body.len()
        );
        stream
            .write_all(format!("{head}{body}").as_bytes())
            .unwrap();
        assert_eq!(read_status(&mut answers), 200);
        sent += 1;
    }
    sent
}

fn read_status(answers: &mut impl BufRead) -> u16 {
    let mut line = String::new();
    answers.read_line(&mut line).unwrap();
    let status = line.split(' ').nth(1).unwrap().parse().unwrap();
    let mut length = 0;
    loop {
        line.clear();
        answers.read_line(&mut line).unwrap();
        match line
            .trim_end()
            .to_lowercase()
            .strip_prefix("content-length: ")
        {
            Some(text) => length = text.parse().unwrap(),
            None if line.trim_end().is_empty() => break,
            None => {}
        }
    }
    answers.read_exact(&mut vec![0; length]).unwrap();
    status
}

/// The memory that the process has, where the system says so.
fn memory_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?
        .split_whitespace()
        .next()?
        .parse()
        .ok()
}
