//! Schemas of other tools: what is written otherwise and means the same is no change, and of what isn't understood nothing false is said.

use super::truth::{EVENTS, config, events_of_one_key, keyword, plain, read, small, truth};
use super::*;
use jsonschema::Validator;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Map, Value, json};

const SAFE: i64 = 9_007_199_254_740_991;

/// What refuses no value, whatever stands beside it.
fn of_values_says_nothing() -> Vec<Value> {
    vec![
        json!({"minLength": 0, "maxLength": 500}),
        json!({"uniqueItems": false, "minItems": 0, "maxItems": 3, "items": true}),
        json!({"contains": {"const": 1}, "minContains": 0}),
        json!({"properties": true, "required": [], "dependentRequired": {"a": []}, "unevaluatedProperties": false}),
        json!({"allOf": []}),
        json!({"allOf": [{}, true, {"title": "T"}]}),
        json!({"anyOf": [true, {"type": "string"}]}),
        json!({"oneOf": [{"minLength": 0}, {"type": "object"}]}),
        json!({"not": {"type": "null"}}),
        json!({"not": {"enum": [null, []]}}),
        json!({"if": {"type": "string"}}),
        json!({"then": false}),
        json!({"else": {"type": "string"}}),
        json!({"if": {"pattern": "x"}, "then": true, "else": {}}),
        json!({"if": false, "then": {"type": "integer"}}),
        json!({"$comment": "C", "title": "T", "examples": [], "deprecated": true, "readOnly": true, "default": 1, "x-owner": "us"}),
        json!({"$defs": {"a": {"type": "string"}}, "definitions": {}}),
    ]
}

/// What refuses no object, whatever stands beside it.
fn of_objects_says_nothing() -> Vec<Value> {
    vec![
        json!({"minProperties": 0, "maxProperties": 50}),
        json!({"propertyNames": {"maxLength": 40, "minLength": 1}}),
        json!({"patternProperties": {}}),
        json!({"unevaluatedProperties": {}}),
        json!({"items": {"type": "string"}, "minLength": 3, "minimum": 3, "format": "date"}),
        json!({"allOf": []}),
        json!({"allOf": [true, {"description": "D"}]}),
        json!({"$comment": "C", "title": "T", "examples": [], "deprecated": true, "readOnly": true, "x-owner": "us"}),
        json!({"$defs": {"a": {"type": "string"}}}),
    ]
}

fn beside(schema: &Value, others: Vec<Value>) -> Value {
    let mut schema: Map<_, _> = schema.as_object().expect("an object").clone();
    for (keyword, value) in others
        .into_iter()
        .flat_map(|other| other.as_object().expect("an object").clone())
    {
        schema.entry(keyword).or_insert(value);
    }
    schema.into()
}

/// The same in another way.
fn rewritten(schema: Value, form: u8) -> Value {
    match form {
        0 => json!({"allOf": [schema]}),
        1 => json!({"anyOf": [schema]}),
        2 => json!({"oneOf": [schema, {"type": "null"}]}),
        3 => json!({"if": true, "then": schema}),
        4 => json!({"if": {"type": "array"}, "else": schema, "then": false}),
        5 => json!({"anyOf": [schema, schema]}),
        6 => json!({"allOf": [schema, {"allOf": [schema]}]}),
        _ => schema,
    }
}

fn dressed(schema: &Value, mut others: Vec<Value>, form: u8) -> Value {
    // A reference may be to any definition.
    others.retain(|other| other.get("$defs").is_none() || !schema.to_string().contains("$ref"));
    // What isn't evaluated hangs on all that leads to other schemas.
    others.retain(|other| {
        other.get("allOf").is_none() || schema.get("unevaluatedProperties").is_none()
    });
    // The parts of `if` aren't put beside those of another one.
    let has_parts = |schema: &Value| {
        ["if", "then", "else"]
            .iter()
            .any(|part| schema.get(part).is_some())
    };
    let mut has = has_parts(schema);
    others.retain(|other| {
        let is_second = has && has_parts(other);
        has |= has_parts(other);
        !is_second
    });
    if schema["type"] == "integer" {
        others.push(json!({"multipleOf": 0.25, "minimum": -SAFE, "exclusiveMaximum": SAFE + 1}));
    }
    if schema["additionalProperties"] != Value::Null {
        others.push(json!({"unevaluatedProperties": false}));
    }
    rewritten(beside(schema, others), form)
}

/// A schema of a value, some of it not understood.
fn foreign() -> impl Strategy<Value = Value> {
    let composed = prop_oneof![
        Just(json!({"pattern": "^x"})),
        Just(json!({"allOf": [{"pattern": "^x"}, {"pattern": "y$"}]})),
        (plain(), plain()).prop_map(|(one, two)| json!({"anyOf": [one, two]})),
        (plain(), plain()).prop_map(|(one, two)| json!({"oneOf": [one, two]})),
        (plain(), plain())
            .prop_map(|(one, two)| json!({"oneOf": [one, {"pattern": "x", "not": two}]})),
        plain().prop_map(|one| json!({"not": one})),
        (plain(), plain(), plain())
            .prop_map(|(one, two, three)| json!({"if": one, "then": two, "else": three})),
        (plain(), keyword())
            .prop_map(|(one, (keyword, value))| json!({"if": one, "then": {keyword: value}})),
        Just(json!({"multipleOf": 0.1})),
        // Which accepts booleans and objects.
        Just(json!({"$ref": "https://json-schema.org/draft/2020-12/schema"})),
    ];
    (plain(), composed, any::<bool>()).prop_map(|(plain, composed, is_within)| {
        if is_within {
            json!({"allOf": [plain, composed]})
        } else {
            beside(&composed, vec![plain])
        }
    })
}

/// A schema of an object, some of it not understood.
fn foreign_object() -> impl Strategy<Value = Value> {
    let required = || subsequence(vec!["a", "b", "z"], 0..=2);
    let other = prop_oneof![
        2 => Just(json!({})),
        1 => small().prop_map(|value| json!({"patternProperties": {"^[az]$": value}})),
        1 => required().prop_map(|names| json!({"dependentRequired": {"a": names}})),
        1 => (small(), required()).prop_map(|(value, names)| json!({"dependentSchemas": {"b": {"properties": {"a": value}, "required": names}}})),
        1 => (small(), required()).prop_map(|(value, names)| json!({"if": {"properties": {"a": value}, "required": ["a"]}, "then": {"required": names}})),
        1 => (small(), small()).prop_map(|(one, two)| json!({"anyOf": [{"properties": {"a": one}}, {"properties": {"b": two}, "required": ["b"]}]})),
        1 => (small(), small()).prop_map(|(one, two)| json!({"oneOf": [{"properties": {"a": one}}, {"properties": {"a": two}}]})),
        1 => required().prop_map(|names| json!({"not": {"required": names}})),
        1 => select(vec![json!({"enum": ["a", "z"]}), json!({"maxLength": 1}), json!({"pattern": "^[ab]$"}), json!({"const": "a"})])
            .prop_map(|names| json!({"propertyNames": names})),
        1 => select(vec![json!(false), json!({"type": "string"})]).prop_map(|schema| json!({"unevaluatedProperties": schema})),
        1 => Just(json!({"allOf": [{"properties": {"a": {"type": "string"}}}], "unevaluatedProperties": false})),
    ];
    let rest = select(vec![
        None,
        Some(json!(false)),
        Some(json!({"type": "string"})),
    ]);
    (small(), required(), rest, other).prop_map(|(a, required, rest, other)| {
        let named: Map<_, _> = required
            .iter()
            .map(|name| ((*name).to_owned(), json!({})))
            .collect();
        let properties = beside(&json!({"a": a}), vec![named.into()]);
        let rest = rest.map(|rest| json!({"additionalProperties": rest}));
        beside(
            &json!({"properties": properties, "required": required}),
            [other].into_iter().chain(rest).collect(),
        )
    })
}

fn of_key(schema: &Value) -> Value {
    json!({"properties": {"a": schema}, "additionalProperties": false})
}

fn body(metadata: &Value) -> Option<Body> {
    Body::parse(&json!({"metadata": metadata, "targets": [{"type": "team"}]}).to_string()).ok()
}

/// A change that counts as breaking only because a keyword isn't understood may be none.
fn holds(changes: &[Change], truth: Class) -> Result<(), TestCaseError> {
    let certain = |is_broken: fn(&Change) -> bool| changes.iter().any(is_broken);
    let class = Class::of(changes);
    prop_assert!(!class.backward || truth.backward, "{changes:#?}");
    prop_assert!(!class.forward || truth.forward, "{changes:#?}");
    prop_assert!(
        !truth.backward
            || !certain(|change| !change.class.backward && change.unread.backward.is_empty()),
        "{changes:#?}"
    );
    prop_assert!(
        !truth.forward
            || !certain(|change| !change.class.forward && change.unread.forward.is_empty()),
        "{changes:#?}"
    );
    // Where nothing can be said, nothing else is said of that place.
    for whole in changes
        .iter()
        .filter(|change| change.rule == "not-comparable" && !change.unread.all().is_empty())
    {
        let others = changes.iter().filter(|change| {
            change.place == whole.place && (whole.key.is_none() || whole.key == change.key)
        });
        prop_assert_eq!(others.count(), 1, "{:#?}", changes);
    }
    Ok(())
}

fn is_true(
    old: &(Body, Validator),
    new: &(Body, Validator),
    events: &[Value],
) -> Result<(), TestCaseError> {
    match truth(&old.1, &new.1, events) {
        Some(truth) => holds(&bodies(&old.0, &new.0), truth),
        None => Err(TestCaseError::reject("no events")),
    }
}

#[test]
fn other_keys_may_be_there_without_a_forbidden_one() {
    let keys = json!({"properties": {"a": {}, "b": {}}, "required": ["b"]});
    let closed = read(Some(&beside(
        &keys,
        vec![json!({"additionalProperties": false})],
    )))
    .expect("a body");
    let open = read(Some(&beside(
        &keys,
        vec![json!({"not": {"required": ["z"]}})],
    )))
    .expect("a body");
    is_true(&closed, &open, &EVENTS).expect("the class of `object-opened` is true");
    is_true(&open, &closed, &EVENTS).expect("the class of `object-closed` is true");
}

proptest! {
    #![proptest_config(config(1_000))]

    #[test]
    fn another_way_to_write_a_value_is_no_change(
        schema in prop_oneof![plain(), foreign()],
        others in subsequence(of_values_says_nothing(), 0..=3),
        form in 0..9_u8,
    ) {
        let (Some(old), Some(new)) = (body(&of_key(&schema)), body(&of_key(&dressed(&schema, others, form)))) else {
            return Err(TestCaseError::reject("no body"));
        };
        prop_assert_eq!(bodies(&old, &new), []);
    }

    #[test]
    fn another_way_to_write_an_object_is_no_change(
        schema in foreign_object(),
        others in subsequence(of_objects_says_nothing(), 0..=3),
        form in select(vec![0, 6, 9]),
    ) {
        let (Some((old, accepts)), Some(new)) = (read(Some(&schema)), body(&dressed(&schema, others, form))) else {
            return Err(TestCaseError::reject("no body"));
        };
        if !EVENTS.iter().any(|event| accepts.is_valid(event)) {
            return Err(TestCaseError::reject("no events"));
        }
        prop_assert_eq!(bodies(&old, &new), []);
    }

    #[test]
    fn nothing_false_is_said_of_values(old in foreign(), new in prop_oneof![plain(), foreign()]) {
        let (Some(old), Some(new)) = (read(Some(&of_key(&old))), read(Some(&of_key(&new)))) else {
            return Err(TestCaseError::reject("no body"));
        };
        is_true(&old, &new, &events_of_one_key())?;
    }
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn nothing_false_is_said_of_objects(old in foreign_object(), new in foreign_object()) {
        let (Some(old), Some(new)) = (read(Some(&old)), read(Some(&new))) else {
            return Err(TestCaseError::reject("no body"));
        };
        is_true(&old, &new, &EVENTS)?;
    }
}
