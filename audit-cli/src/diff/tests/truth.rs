//! The classes against a real validator: random pairs of schemas, and every event of a small world. Where the changes of a pair are compatible in a
//! direction no event is a counterexample; where they aren't, there is one.

use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::*;

/// Every value of the world; `None` is a key that is left out.
fn values() -> Vec<Option<Value>> {
    let values =
        [json!(""), json!("x"), json!("xx"), json!("xxx"), json!("xxxx"), json!(1), json!(2), json!(1.5), json!(2.5), json!(true)];
    [None].into_iter().chain(values.map(Some)).collect()
}

/// Every metadata object of the world. No schema describes `z`.
fn events() -> Vec<Value> {
    let mut events = Vec::new();
    for a in values() {
        for b in values() {
            for z in [None, Some(json!("x"))] {
                let members = [("a", a.clone()), ("b", b.clone()), ("z", z)];
                events.push(
                    members.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect::<Map<_, _>>().into(),
                );
            }
        }
    }
    events
}

fn value_schema() -> impl Strategy<Value = Value> {
    let names = proptest::sample::subsequence(vec!["string", "integer", "number", "boolean"], 0..=3);
    let free = (names, proptest::option::of(0_u64..4)).prop_map(|(names, max_len)| {
        let mut schema = Map::new();
        if !names.is_empty() {
            schema.insert("type".into(), names.into());
        }
        if let Some(max_len) = max_len {
            schema.insert("maxLength".into(), max_len.into());
        }
        schema.into()
    });
    let listed = proptest::sample::subsequence(vec![json!("x"), json!("xx"), json!("xxx"), json!(1), json!(1.5)], 1..=4);
    prop_oneof![3 => free, 1 => listed.prop_map(|values| json!({"enum": values}))]
}

/// A schema of metadata that some event fulfils.
fn schema() -> impl Strategy<Value = Value> {
    let key = || (proptest::option::of(value_schema()), any::<bool>());
    (key(), key(), any::<bool>()).prop_map(|(a, b, open)| {
        let keys = [("a", a), ("b", b)];
        let required: Vec<_> =
            keys.iter().filter(|(_, (value, required))| *required && (open || value.is_some())).map(|(key, _)| *key).collect();
        let properties: Map<_, _> = keys.iter().filter_map(|(key, (value, _))| Some(((*key).to_owned(), value.clone()?))).collect();
        json!({"type": "object", "properties": properties, "required": required, "additionalProperties": open})
    })
}

fn read(schema: &Value) -> (Body, Validator) {
    let body = json!({"metadata": schema, "targets": [{"type": "team"}]}).to_string();
    (Body::parse(&body).expect("a body"), jsonschema::draft202012::new(schema).expect("a schema"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn classes_are_true(old in schema(), new in schema()) {
        let ((old_body, old), (new_body, new)) = (read(&old), read(&new));
        let changes = bodies(&old_body, &new_body);
        let events = events();
        let holds = |one: &Validator, other: &Validator| events.iter().all(|event| !one.is_valid(event) || other.is_valid(event));
        let truth = Class { backward: holds(&old, &new), forward: holds(&new, &old) };
        prop_assert_eq!(Class::of(&changes), truth, "{:#?}", changes);
    }
}
