//! Exports: ordered, looked at, fetched as CSV while their address lives.

use std::time::Duration;

use crate::support::{Answer, ask, emulator, event, get, send};
use audit_emulator::Emulator;
use serde_json::{Value, json};

const EXPORTS: &str = "/audit_logs/exports";

fn order(emulator: &Emulator, more: &Value) -> Answer {
    let mut body = json!({
        "organization_id": emulator.organization(),
        "range_start": days_from_now(-60),
        "range_end": days_from_now(1),
    });
    body.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    ask(emulator, "POST", EXPORTS, &body)
}

fn days_from_now(days: i64) -> String {
    (jiff::Timestamp::now() + jiff::SignedDuration::from_hours(24 * days)).to_string()
}

/// The file's rows, after the header, from an address.
fn rows(emulator: &Emulator, url: &str) -> Vec<Vec<String>> {
    let path = url.strip_prefix(emulator.url()).unwrap();
    let answer = send(emulator, "GET", path, &[], "").unwrap();
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (200, Some("text/csv; charset=utf-8")),
        "{answer:?}"
    );
    let mut reader = csv::Reader::from_reader(answer.text.as_bytes());
    let header: Vec<String> = reader
        .headers()
        .unwrap()
        .iter()
        .map(str::to_owned)
        .collect();
    assert_eq!(
        header[..5],
        ["id", "action", "version", "occurred_at", "actor_id"]
    );
    reader
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

fn fetch(emulator: &Emulator, more: &Value) -> Vec<Vec<String>> {
    let ordered = order(emulator, more);
    assert_eq!(
        (ordered.status, &ordered.json()["state"]),
        (201, &json!("pending")),
        "{ordered:?}"
    );
    let ready = get(
        emulator,
        &format!("{EXPORTS}/{}", ordered.json()["id"].as_str().unwrap()),
    )
    .json();
    assert_eq!(ready["state"], "ready");
    rows(emulator, ready["url"].as_str().unwrap())
}

fn arrive(emulator: &Emulator, change: impl FnOnce(&mut Value)) {
    let mut body = event(emulator);
    body["event"]["occurred_at"] = days_from_now(-1).into();
    change(&mut body);
    let answer = ask(emulator, "POST", "/audit_logs/events", &body);
    assert_eq!(answer.status, 200, "{answer:?}");
}

#[tokio::test]
async fn an_export_holds_what_was_chosen() {
    let emulator = emulator().await;
    emulator
        .register("file.moved", &json!({"targets": [{"type": "file"}]}))
        .unwrap();
    arrive(&emulator, |_| {});
    arrive(&emulator, |body| {
        body["event"]["occurred_at"] = days_from_now(-50).into();
    });
    arrive(&emulator, |body| {
        body["event"]["actor"] =
            json!({"type": "user", "id": "user_2", "name": "Ada", "metadata": {}});
    });
    arrive(&emulator, |body| {
        body["event"]["action"] = "file.moved".into();
        body["event"]["targets"] = json!([{"type": "file", "id": "f"}]);
    });
    let ids = |more: Value| {
        let rows = fetch(&emulator, &more);
        rows.into_iter()
            .map(|row| format!("{} {}", row[1], row[4]))
            .collect::<Vec<_>>()
    };
    // By the time at which they happened.
    let all = [
        "team.signed_in user_1",
        "team.signed_in user_1",
        "team.signed_in user_2",
        "file.moved user_1",
    ];
    assert_eq!(ids(json!({})).len(), 4);
    assert_eq!(ids(json!({}))[0], all[0]);
    assert_eq!(ids(json!({"range_start": days_from_now(-2)})), all[1..]);
    assert_eq!(ids(json!({"range_end": days_from_now(-2)})), all[..1]);
    assert_eq!(ids(json!({"actions": ["file.moved"]})), all[3..]);
    assert_eq!(
        ids(json!({"actions": ["file.moved", "team.signed_in"]})).len(),
        4
    );
    assert_eq!(ids(json!({"actor_names": ["Ada"]})), all[2..3]);
    assert_eq!(ids(json!({"actors": ["Ada"]})), all[2..3]);
    assert_eq!(ids(json!({"actor_ids": ["user_2", "user_3"]})), all[2..3]);
    assert_eq!(ids(json!({"targets": ["file"]})), all[3..]);
    assert!(ids(json!({"targets": ["file"], "actor_ids": ["user_2"]})).is_empty());
}

#[tokio::test]
async fn a_row_is_the_event() {
    let emulator = emulator().await;
    arrive(&emulator, |body| {
        body["event"]["occurred_at"] = days_from_now(-1).into();
        body["event"]["actor"]["name"] = "=HYPERLINK(\"http://evil\"),\n\"x\"".into();
    });
    let row = fetch(&emulator, &json!({})).remove(0);
    let kept = emulator.events().unwrap().remove(0);
    assert_eq!(Some(&row[0]), kept.id.as_ref());
    // Evidence isn't altered, not even for spreadsheets.
    assert_eq!(row[5], "=HYPERLINK(\"http://evil\"),\n\"x\"");
    for (cell, place) in [(7, "/actor/metadata"), (8, "/targets"), (11, "/metadata")] {
        assert_eq!(
            &serde_json::from_str::<Value>(&row[cell]).unwrap(),
            kept.event.pointer(place).unwrap()
        );
    }
    assert_eq!(
        (row[2].as_str(), row[9].as_str(), row[10].as_str()),
        ("1", "203.0.113.7", "test")
    );
}

#[tokio::test]
async fn a_long_export_is_whole_and_later_events_are_no_part_of_it() {
    let emulator = emulator().await;
    let time = days_from_now(-1);
    for _ in 0..1_201 {
        arrive(&emulator, |body| {
            body["event"]["occurred_at"] = time.clone().into();
        });
    }
    let id = order(&emulator, &json!({})).json()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    arrive(&emulator, |_| {});
    let url = get(&emulator, &format!("{EXPORTS}/{id}")).json()["url"]
        .as_str()
        .unwrap()
        .to_owned();
    let mut ids: Vec<String> = rows(&emulator, &url)
        .into_iter()
        .map(|row| row[0].clone())
        .collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 1_201);
}

#[tokio::test]
async fn an_address_lives_for_ten_minutes_and_cannot_be_guessed() {
    let emulator = emulator().await;
    let id = order(&emulator, &json!({})).json()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let address = || {
        let url = get(&emulator, &format!("{EXPORTS}/{id}")).json()["url"]
            .as_str()
            .unwrap()
            .to_owned();
        url.strip_prefix(emulator.url()).unwrap().to_owned()
    };
    let status = |path: &str| send(&emulator, "GET", path, &[], "").unwrap().status;
    let (first, second) = (address(), address());
    assert_ne!(first, second);
    let secret = first
        .rsplit('/')
        .next()
        .unwrap()
        .strip_suffix(".csv")
        .unwrap();
    assert!(secret.len() == 32 && secret.bytes().all(|byte| byte.is_ascii_hexdigit()));
    assert_eq!((status(&first), status(&second)), (200, 200));
    emulator.advance(Duration::from_mins(9));
    assert_eq!(status(&first), 200);
    emulator.advance(Duration::from_mins(1));
    let expired = send(&emulator, "GET", &first, &[], "").unwrap();
    assert_eq!(expired.status, 403);
    assert!(
        expired.json()["message"]
            .as_str()
            .unwrap()
            .contains("fetch the export again")
    );
    assert_eq!(status(&address()), 200);
    let other = if secret.starts_with('0') { "1" } else { "0" };
    assert_eq!(
        status(&first.replace(secret, &format!("{other}{}", &secret[1..]))),
        404
    );
    assert_eq!(status(&first.replace(&id, "audit_log_export_1")), 404);
}

#[tokio::test]
async fn what_cannot_be_exported_is_refused() {
    let emulator = emulator().await;
    let range = "invalid_audit_log_export_range_date";
    for more in [
        json!({"range_start": days_from_now(-93)}),
        json!({"range_end": days_from_now(-61)}),
        json!({"range_end": days_from_now(-60), "range_start": days_from_now(-60)}),
    ] {
        let answer = order(&emulator, &more);
        assert_eq!(
            (answer.status, &answer.json()["code"]),
            (400, &json!(range)),
            "{more}"
        );
    }
    let answer = order(
        &emulator,
        &json!({"organization_id": 1, "range_start": "soon", "actions": "all"}),
    );
    assert_eq!(
        (answer.status, &answer.json()["error"]),
        (400, &json!("Bad Request"))
    );
    assert_eq!(
        answer.json()["message"],
        json!([
            "organization_id must be a string",
            "range_start must be a valid ISO 8601 date string",
            "each value in actions must be a string"
        ])
    );
    let answer = order(
        &emulator,
        &json!({"organization_id": "org_01EHQMYV6MBK39QC5PZXHY59C3"}),
    );
    assert_eq!(answer.status, 404);
    assert_eq!(
        get(&emulator, &format!("{EXPORTS}/audit_log_export_1")).json()["message"],
        "Audit Log Export not found: 'audit_log_export_1'."
    );
}

/// The limit is a day, whatever time of it it is.
#[tokio::test]
async fn the_day_three_months_ago_can_be_exported() {
    let emulator = emulator().await;
    let months_ago = |months| {
        let then = jiff::Timestamp::now()
            .to_zoned(jiff::tz::TimeZone::UTC)
            .checked_sub(jiff::Span::new().months(months))
            .unwrap();
        then.date()
    };
    assert_eq!(
        order(
            &emulator,
            &json!({"range_start": months_ago(3).to_string()})
        )
        .status,
        201
    );
    let before = months_ago(3).yesterday().unwrap();
    assert_eq!(
        order(&emulator, &json!({"range_start": before.to_string()})).status,
        400
    );
}

/// As a JavaScript server keeps it: an export is evidence.
#[tokio::test]
async fn the_order_of_keys_is_the_one_that_was_sent() {
    let emulator = emulator().await;
    let mut body = event(&emulator);
    body["event"]["occurred_at"] = days_from_now(-1).into();
    body["event"]["metadata"] = "METADATA".into();
    let text = body
        .to_string()
        .replace("\"METADATA\"", r#"{"z":1.0,"seats":3,"b":"x"}"#);
    let headers = [
        ("authorization", "Bearer sk_a"),
        ("content-type", "application/json"),
    ];
    assert_eq!(
        send(&emulator, "POST", "/audit_logs/events", &headers, &text)
            .unwrap()
            .status,
        200
    );
    assert_eq!(
        fetch(&emulator, &json!({}))[0][11],
        r#"{"z":1,"seats":3,"b":"x"}"#
    );
}
