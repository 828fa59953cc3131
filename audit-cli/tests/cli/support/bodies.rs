//! Registration bodies, random and compared by what they mean.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::{SizeRange, btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

/// Keys that are no identifiers, or that Rust, the derives or other keys have a use for.
const KEYS: [&str; 34] = [
    "type",
    "self",
    "Self",
    "super",
    "crate",
    "gen",
    "async",
    "_",
    "-",
    "--",
    "2fa",
    "1",
    "actor",
    "context",
    "occurred_at",
    "build",
    "try_build",
    "try_build_all",
    "id",
    "name",
    "maybe_a",
    "a",
    "maybe_a_value",
    "a_value",
    "agentName",
    "agent_name",
    "AgentName",
    "agent-name",
    "AGENT_NAME",
    "user",
    "userID",
    "result",
    "option",
    "string",
];

/// The same for target types, which may hold anything but quotes, backslashes and control characters.
const KINDS: [&str; 18] = [
    "user",
    "User",
    "team",
    "api_key",
    "api key",
    "actor",
    "context",
    "option",
    "self",
    "type",
    "2fa",
    "-",
    "日本",
    "größe",
    "result",
    "vec",
    "event",
    "some_event_builder",
];

/// And for values, which may hold anything.
const VALUES: [&str; 24] = [
    "",
    " ",
    "self",
    "Self",
    "none",
    "Some",
    "read_only",
    "READ_ONLY",
    "read-only",
    "readOnly",
    "30",
    "3 0",
    "1.2",
    "12",
    "c",
    "c++",
    "c#",
    "日",
    "月",
    "\u{202e}",
    "a\"b\\c",
    "line\nbreak",
    "#[audit(skip)]",
    "*/",
];

fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        select(&KEYS[..]).prop_map(Into::into),
        "[a-z]{1,2}(_[a-z]{1,2})?",
        "[A-Za-z0-9_-]{1,40}"
    ]
}

fn kind() -> impl Strategy<Value = String> {
    prop_oneof![4 => select(&KINDS[..]).prop_map(Into::into), 1 => "[^\"\\\\\\p{C}]{1,20}"]
}

fn property() -> impl Strategy<Value = Value> {
    let value = prop_oneof![
        select(&VALUES[..]).prop_map(Into::into),
        "[a-z]{1,3}",
        any::<String>()
    ];
    prop_oneof![
        Just(json!({"type": "string"})),
        Just(json!({"type": "integer"})),
        Just(json!({"type": "number"})),
        Just(json!({"type": "boolean"})),
        (1..=500).prop_map(|max_len| json!({"type": "string", "maxLength": max_len})),
        btree_set(value, 1..6).prop_map(|values| json!({"type": "string", "enum": values})),
        Just(json!({"type": "string", "enum": ["admin", "member"]})),
    ]
}

fn metadata() -> impl Strategy<Value = Value> {
    let keys = btree_map(key(), (property(), any::<bool>()), 0..8);
    keys.prop_map(|keys| {
        let required: Vec<_> = keys.iter().filter(|(_, (_, required))| *required).map(|(key, _)| key.clone()).collect();
        let properties: Map<String, Value> = keys.into_iter().map(|(key, (property, _))| (key, property)).collect();
        json!({"type": "object", "additionalProperties": false, "properties": properties, "required": required})
    })
}

/// A body that the derives can declare.
pub fn body() -> impl Strategy<Value = Value> {
    let simple = Just(
        json!({"type": "object", "additionalProperties": false, "properties": {"role": {"type": "string"}}}),
    );
    let of_target = prop_oneof![simple, metadata()];
    let targets = btree_map(kind(), of_target, 1..4);
    (option::of(metadata()), targets, metadata()).prop_map(|(actor, targets, metadata)| {
        let targets: Vec<_> = targets
            .into_iter()
            .map(|(kind, metadata)| json!({"type": kind, "metadata": metadata}))
            .collect();
        let actor = actor.unwrap_or_else(|| json!({"additionalProperties": false}));
        json!({"actor": {"metadata": actor}, "targets": targets, "metadata": metadata})
    })
}

/// Several, each with an action of its own.
pub fn bodies(count: impl Into<SizeRange>) -> impl Strategy<Value = BTreeMap<String, Value>> {
    let action = prop_oneof![
        "[a-z]{1,2}\\.[a-z]{1,2}(_[a-z0-9]{1,2})?",
        select(&["some.event", "some_event.builder", "some.event_builder"][..])
            .prop_map(Into::into)
    ];
    vec((action, body()), count).prop_map(|bodies| bodies.into_iter().collect())
}

/// What a body means: by place and key the type, whether it is required, the values and the limit.
pub fn meaning(body: &Value) -> BTreeMap<String, BTreeMap<String, String>> {
    let targets = body["targets"].as_array().into_iter().flatten();
    let targets = targets.map(|target| {
        (
            format!("target {}", target["type"]),
            of_object(&target["metadata"]),
        )
    });
    let others = [
        ("actor", &body["actor"]["metadata"]),
        ("metadata", &body["metadata"]),
    ];
    targets
        .chain(others.map(|(place, object)| (place.to_owned(), of_object(object))))
        .collect()
}

fn of_object(object: &Value) -> BTreeMap<String, String> {
    let required: BTreeSet<_> = object["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let properties = object["properties"].as_object().into_iter().flatten();
    let of_key = |(key, property): (&String, &Value)| {
        let values: Option<BTreeSet<_>> = property["enum"]
            .as_array()
            .map(|values| values.iter().map(Value::to_string).collect());
        let (kind, limit) = (&property["type"], &property["maxLength"]);
        (
            key.clone(),
            format!(
                "{kind} {values:?} {limit} {}",
                required.contains(key.as_str())
            ),
        )
    };
    properties.map(of_key).collect()
}
