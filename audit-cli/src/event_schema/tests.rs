mod errors;

use jsonschema::Validator;

use super::*;
use crate::testing::{BOOLEAN, INTEGER, NUMBER, Record, STRING, entity, field, fields};

fn record() -> Record {
    let role = field("role", STRING)
        .value("member", "May read.")
        .value("admin", "");
    let user = entity(Some("user"), "User", "A person.", None, &[fields(&[role])]);
    let scheduler = entity(Some("system"), "Scheduler", "", Some("scheduler"), &[]);
    let cron = entity(Some("system"), "Cron", "", Some("cron"), &[]);
    let key = entity(
        Some("api_key"),
        "Key",
        "",
        None,
        &[fields(&[field("prefix", STRING).max_len(8).optional()])],
    );
    let inner = entity(None, "Machine", "", None, &[scheduler, key, cron]);
    let space = entity(Some("space"), "Space", "", None, &[]);
    crate::testing::event("file.moved", 3)
        .docs("A file was moved.")
        .actor(entity(None, "Who", "Whoever can.", None, &[user, inner]))
        .target("space", space.clone())
        .target("space", space)
        .field(field("note", STRING).docs("Why.").optional())
        .field(field("attempt", INTEGER).range(0, 255))
        .field(field("ratio", NUMBER).optional())
        .field(field("forced", BOOLEAN).optional())
}

fn valid() -> Value {
    json!({
        "action": "file.moved",
        "version": 7,
        "occurred_at": "2026-02-28T23:59:59.000Z",
        "actor": {"type": "user", "id": "user_1", "name": "Zoë", "metadata": {"role": "admin"}},
        "targets": [{"type": "team", "id": "t", "metadata": {}}, {"type": "space", "id": "s", "name": "S", "metadata": {}}],
        "context": {},
        "metadata": {"attempt": 3},
    })
}

fn validator(record: &Record) -> Validator {
    jsonschema::draft202012::new(&schema(&record.event())).expect("a schema")
}

#[track_caller]
fn assert_each(cases: &[(&str, Value)], accepted: bool) {
    let validator = validator(&record());
    for (pointer, value) in cases {
        let mut event = valid();
        let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
        let parent = event.pointer_mut(parent).expect("a parent");
        match (parent, value) {
            (Value::Object(object), Value::Null) => drop(object.remove(key)),
            (Value::Object(object), value) => drop(object.insert(key.into(), value.clone())),
            (parent, value) => parent[key.parse::<usize>().expect("an index")] = value.clone(),
        }
        assert_eq!(validator.is_valid(&event), accepted, "{pointer} = {value}");
    }
}

#[test]
fn the_schema_is_one_by_its_metaschema() {
    assert!(jsonschema::draft202012::meta::is_valid(&schema(
        &record().event()
    )));
    assert!(jsonschema::draft202012::meta::is_valid(&schema(
        &crate::testing::event("a.b", 1).event()
    )));
}

#[test]
fn accepts_what_the_builder_writes() {
    assert!(validator(&record()).is_valid(&valid()));
    assert_each(
        &[
            ("/version", json!(1)),
            (
                "/actor",
                json!({"type": "system", "id": "scheduler", "metadata": {}}),
            ),
            (
                "/actor",
                json!({"type": "api_key", "id": "k", "metadata": {}}),
            ),
            (
                "/actor",
                json!({"type": "api_key", "id": "k", "metadata": {"prefix": "sk_12345"}}),
            ),
            (
                "/context",
                json!({"location": "203.0.113.7", "user_agent": "curl"}),
            ),
            ("/occurred_at", json!("0000-01-01T00:00:00.000Z")),
            ("/occurred_at", json!("9999-12-31T23:59:59.999Z")),
            ("/metadata/note", json!("é".repeat(500))),
            ("/metadata/attempt", json!(255)),
            ("/metadata/ratio", json!(-1.5)),
            (
                "/targets/0",
                json!({"type": "team", "id": "", "metadata": {}}),
            ),
        ],
        true,
    );
}

#[test]
fn refuses_everything_else() {
    let many: Vec<_> = (0..21)
        .map(|n| json!({"type": if n == 0 { "team" } else { "space" }, "id": "x", "metadata": {}}))
        .collect();
    assert_each(
        &[
            ("/action", json!("file.copied")),
            ("/version", json!(0)),
            ("/version", Value::Null),
            ("/context", Value::Null),
            ("/metadata", Value::Null),
            ("/extra", json!(1)),
            (
                "/actor",
                json!({"type": "system", "id": "other", "metadata": {}}),
            ),
            ("/actor", json!({"type": "system", "id": "scheduler"})),
            (
                "/actor",
                json!({"type": "system", "id": "scheduler", "metadata": {"a": 1}}),
            ),
            ("/actor", json!({"type": "user", "id": "user_1"})),
            ("/actor", json!({"type": "api_key", "id": "k"})),
            (
                "/actor",
                json!({"type": "api_key", "id": "k", "metadata": {"prefix": "sk_123456"}}),
            ),
            (
                "/actor",
                json!({"type": "robot", "id": "r", "metadata": {}}),
            ),
            ("/actor/metadata/role", json!("owner")),
            ("/actor/email", json!("z@example.com")),
            ("/context/ip", json!("203.0.113.7")),
            ("/occurred_at", json!("2026-02-28T23:59:59Z")),
            ("/occurred_at", json!("2026-13-28T23:59:59.000Z")),
            ("/occurred_at", json!("2026-02-28T24:00:00.000Z")),
            ("/occurred_at", json!("2026-02-28T23:59:59.000+00:00")),
            ("/metadata/note", json!("é".repeat(501))),
            ("/metadata/attempt", json!(256)),
            ("/metadata/attempt", json!(-1)),
            ("/metadata/attempt", json!(1.5)),
            ("/metadata/attempt", Value::Null),
            ("/metadata/forced", json!("true")),
            ("/metadata/unknown", json!(1)),
            ("/targets", json!([])),
            (
                "/targets",
                json!([{"type": "team", "id": "t", "metadata": {}}]),
            ),
            ("/targets", json!(many)),
            (
                "/targets/0",
                json!({"type": "file", "id": "f", "metadata": {}}),
            ),
            (
                "/targets/0",
                json!({"type": "team", "id": 1, "metadata": {}}),
            ),
            ("/targets/0", json!({"type": "team", "id": "t"})),
            (
                "/targets/0",
                json!({"type": "team", "id": "t", "metadata": {"plan": "pro"}}),
            ),
        ],
        false,
    );
}

#[test]
fn an_event_without_keys_takes_no_keys_and_any_actor() {
    let plain = validator(&crate::testing::event("a.b", 1));
    let mut event = json!({
        "action": "a.b",
        "version": 1,
        "occurred_at": "2026-02-28T23:59:59.123Z",
        "actor": {"type": "whatever", "id": "1", "metadata": {}},
        "targets": [{"type": "team", "id": "t", "metadata": {}}],
        "context": {"location": "here"},
        "metadata": {},
    });
    assert!(plain.is_valid(&event));
    event["metadata"] = json!({"a": 1});
    assert!(!plain.is_valid(&event));
    event["metadata"].take();
    assert!(!plain.is_valid(&event));
    event.as_object_mut().expect("an object").remove("metadata");
    assert!(
        !plain.is_valid(&event),
        "the service requires what the body declares"
    );
}

#[test]
fn the_text_is_sorted_described_and_ends_in_a_newline() {
    let text = render(&record().event());
    assert!(text.starts_with("{\n  \"$schema\": ") && text.ends_with("}\n"));
    for part in [
        "\"title\": \"file.moved version 3\"",
        "\"description\": \"A file was moved.\"",
        "\"description\": \"- `member`: May read.\"",
        "\"description\": \"A person.\"",
        "\"title\": \"User\"",
        "\"description\": \"Why.\"",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert_eq!(
        text.matches("\"contains\"").count(),
        2,
        "a type that two fields share is declared once"
    );
    let keys: Vec<_> = text
        .lines()
        .filter(|line| line.starts_with("  \""))
        .collect();
    assert!(keys.is_sorted(), "{keys:?}");
}
