//! One key is one event, and one answer, for 24 hours.

use std::time::Duration;

use crate::support::{emulator, event, send, send_event};
use serde_json::json;

const EVENTS: &str = "/audit_logs/events";

#[tokio::test]
async fn a_key_gets_the_same_answer_for_24_hours() {
    let emulator = emulator().await;
    let good = event(&emulator);
    let mut bad = good.clone();
    bad["event"]["targets"] = json!([]);
    assert_eq!(send_event(&emulator, "key-1", &good).status, 200);
    assert_eq!(send_event(&emulator, "key-1", &good).status, 200);
    // The key counts, whatever comes with it.
    assert_eq!(send_event(&emulator, "key-1", &bad).status, 200);
    assert_eq!(
        (
            emulator.events().unwrap().len(),
            emulator.refused().unwrap().len()
        ),
        (1, 0)
    );

    let refused = send_event(&emulator, "key-2", &bad);
    assert_eq!(refused.status, 400);
    let again = send_event(&emulator, "key-2", &good);
    assert_eq!((again.status, again.json()), (400, refused.json()));

    emulator.advance(Duration::from_hours(24) - Duration::from_mins(1));
    assert_eq!(send_event(&emulator, "key-2", &good).status, 400);
    emulator.advance(Duration::from_mins(2));
    assert_eq!(send_event(&emulator, "key-2", &good).status, 200);
    assert_eq!(send_event(&emulator, "key-1", &good).status, 200);
    assert_eq!(emulator.events().unwrap().len(), 3);
}

#[tokio::test]
async fn one_key_at_once_is_one_event() {
    let emulator = emulator().await;
    let body = event(&emulator);
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let senders: Vec<_> = (0..16)
            .map(|_| scope.spawn(|| send_event(&emulator, "the-same", &body).status))
            .collect();
        senders
            .into_iter()
            .map(|sender| sender.join().unwrap())
            .collect()
    });
    assert_eq!(statuses, [200; 16]);
    assert_eq!(emulator.events().unwrap().len(), 1);
}

#[tokio::test]
async fn an_event_that_was_lost_after_the_commit_is_repeated_without_harm() {
    let emulator = emulator().await;
    let body = event(&emulator);
    emulator.fault(
        "POST /audit_logs/events disconnect=after-commit times=1"
            .parse()
            .unwrap(),
    );
    let key = format!("Bearer {}", emulator.api_key());
    let headers = [
        ("authorization", key.as_str()),
        ("content-type", "application/json"),
        ("idempotency-key", "k"),
    ];
    assert!(send(&emulator, "POST", EVENTS, &headers, &body.to_string()).is_none());
    assert_eq!(send_event(&emulator, "k", &body).status, 200);
    assert_eq!(emulator.events().unwrap().len(), 1);
}
