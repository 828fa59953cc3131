//! The classes against a real validator: random pairs of schemas, and every event of a small world. Where the changes of a pair are compatible in a
//! direction no event is a counterexample; where they aren't, there is one.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jsonschema::Validator;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::strategy::Union;
use serde_json::{Map, Value, json};

use super::*;

const SAFE: i64 = 9_007_199_254_740_991;

/// Values between and beyond all that the schemas here name.
fn values() -> Vec<Value> {
    let strings = [
        "", "x", "y", "xx", "xy", "yy", "xxx", "xxy", "yyy", "xxxx", "xxxy",
    ]
    .map(Value::from);
    let wholes = (-3..=8)
        .chain([-12, -6, 12, SAFE, 1 - SAFE])
        .map(Value::from);
    let fractions = (-12..=32)
        .filter(|quarters| quarters % 4 != 0)
        .map(|quarters| json!(f64::from(quarters) / 4.0));
    strings
        .into_iter()
        .chain(wholes)
        .chain(fractions)
        .chain([json!(true), json!(false)])
        .collect()
}

fn object(members: impl IntoIterator<Item = (&'static str, Option<Value>)>) -> Value {
    members
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), value?)))
        .collect::<Map<_, _>>()
        .into()
}

/// Every event in which a key has any value.
pub fn events_of_one_key() -> Vec<Value> {
    values()
        .into_iter()
        .map(Some)
        .chain([None])
        .map(|value| json!({"metadata": object([("a", value)])}))
        .collect()
}

pub static EVENTS: LazyLock<Vec<Value>> = LazyLock::new(events);

/// Every event of a world of two keys and others: no schema describes `y` and `z`.
fn events() -> Vec<Value> {
    let some = [
        json!(""),
        json!("x"),
        json!("xxx"),
        json!(1),
        json!(2),
        json!(1.5),
        json!(true),
    ];
    let some = || [None].into_iter().chain(some.clone().map(Some));
    let others = [
        json!(""),
        json!("x"),
        json!("xxx"),
        json!(1),
        json!(1.5),
        json!(true),
    ]
    .map(Some);
    // One of them may be forbidden by its name.
    let others = others.into_iter().flat_map(|value| {
        [
            (value.clone(), None),
            (None, value.clone()),
            (value.clone(), value),
        ]
    });
    let others: Vec<_> = others.chain([(None, None)]).collect();
    let mut events = vec![json!({})];
    for (a, b) in some().flat_map(|a| some().map(move |b| (a.clone(), b))) {
        for (y, z) in others.clone() {
            events.push(json!({"metadata": object([("a", a.clone()), ("b", b.clone()), ("y", y), ("z", z)])}));
        }
    }
    events
}

/// The same number, written in another way.
fn number(number: f64) -> impl Strategy<Value = Value> {
    let whole = if number.fract() == 0.0 {
        json!(number.to_string().parse::<i64>().expect("a whole number"))
    } else {
        json!(number)
    };
    select(vec![whole, json!(number)])
}

fn listed() -> impl Strategy<Value = Value> {
    let values = vec![
        json!("x"),
        json!("xx"),
        json!("xxx"),
        json!(1),
        json!(2.0),
        json!(3),
        json!(1.5),
        json!(true),
        json!(false),
        json!(null),
    ];
    subsequence(values, 1..=5).prop_map(Value::from)
}

fn types() -> impl Strategy<Value = Value> {
    let names = subsequence(
        vec!["string", "integer", "number", "boolean", "null"],
        1..=4,
    );
    names.prop_map(|names| {
        if names.len() == 1 {
            json!(names[0])
        } else {
            json!(names)
        }
    })
}

/// A keyword and what it can say; some say nothing.
pub fn keyword() -> impl Strategy<Value = (&'static str, Value)> {
    let of = |keyword: &'static str, value: BoxedStrategy<Value>| {
        value.prop_map(move |value| (keyword, value)).boxed()
    };
    let bound = || {
        select(vec![0.0, 1.0, 1.5, 2.0, 3.0])
            .prop_flat_map(number)
            .boxed()
    };
    let count = || {
        (0_u32..4)
            .prop_flat_map(|count| number(count.into()))
            .boxed()
    };
    Union::new([
        of("maxLength", count()),
        of("minLength", count()),
        of("minimum", bound()),
        of("exclusiveMinimum", bound()),
        of("maximum", bound()),
        of("exclusiveMaximum", bound()),
        of(
            "multipleOf",
            select(vec![0.5, 1.0, 1.5, 2.0, 3.0])
                .prop_flat_map(number)
                .boxed(),
        ),
        of("enum", listed().boxed()),
        of(
            "const",
            select(vec![
                json!("x"),
                json!(1),
                json!(2.0),
                json!(true),
                json!(null),
            ])
            .boxed(),
        ),
        of("title", Just(json!("T")).boxed()),
        of("maxLength", Just(json!(500)).boxed()),
        of("minItems", Just(json!(1)).boxed()),
        of("items", Just(json!(true)).boxed()),
        of("allOf", Just(json!([true])).boxed()),
        of("anyOf", Just(json!([{"type": "string"}, {}])).boxed()),
        of("then", Just(json!(false)).boxed()),
        of("required", Just(json!(["k"])).boxed()),
        of("if", Just(json!({"type": "string"})).boxed()),
        of(
            "not",
            select(vec![
                json!(false),
                json!({"type": "null"}),
                json!({"type": "string"}),
                json!({"type": ["boolean", "array"]}),
            ])
            .boxed(),
        ),
    ])
}

/// A schema of a value without others in it.
pub fn plain() -> impl Strategy<Value = Value> {
    (
        proptest::option::weighted(0.8, types()),
        proptest::collection::vec(keyword(), 0..=2),
    )
        .prop_map(|(types, keywords)| {
            let types = types.map(|types| ("type", types));
            types
                .into_iter()
                .chain(keywords)
                .map(|(keyword, value)| (keyword.to_owned(), value))
                .collect::<Map<_, _>>()
                .into()
        })
}

/// A schema of a value, in one of the ways to write it.
fn value_schema() -> impl Strategy<Value = Value> {
    let one = |keyword: &'static str| {
        plain()
            .prop_map(move |schema| json!({keyword: [schema]}))
            .boxed()
    };
    let with_null = |keyword: &'static str| {
        plain()
            .prop_map(move |schema| json!({keyword: [schema, {"type": "null"}]}))
            .boxed()
    };
    let both = (plain(), plain()).prop_map(|(one, two)| json!({"allOf": [one, two]}));
    let beside =
        (types(), plain()).prop_map(|(types, schema)| json!({"type": types, "allOf": [schema]}));
    let either = (listed(), listed())
        .prop_map(|(one, two)| json!({"anyOf": [{"enum": one}, {"enum": two}]}));
    prop_oneof![
        6 => plain(),
        3 => Union::new([one("allOf"), one("anyOf"), one("oneOf"), with_null("anyOf"), with_null("oneOf")]),
        1 => both,
        1 => beside,
        1 => either,
        1 => Just(json!({"oneOf": [{"type": "string", "maxLength": 2}, {"type": "integer"}]})),
    ]
}

/// A schema of a value that the world of two keys holds all values of.
pub fn small() -> impl Strategy<Value = Value> {
    select(vec![
        json!({}),
        json!({"type": "string"}),
        json!({"type": ["string"], "minLength": 0}),
        json!({"type": "string", "maxLength": 2}),
        json!({"type": ["integer", "number"]}),
        json!({"type": "integer"}),
        json!({"anyOf": [{"type": "integer"}, {"type": "null"}]}),
        json!({"const": "x"}),
        json!({"enum": ["x"], "type": "string"}),
        json!({"enum": ["x", 1.0]}),
        json!({"type": "boolean"}),
    ])
}

/// A schema of metadata, or none.
fn schema() -> impl Strategy<Value = Option<Value>> {
    let key = || (proptest::option::of(small()), any::<bool>());
    let rest = prop_oneof![
        2 => Just(Some(json!(false))),
        1 => select(vec![None, Some(json!(true)), Some(json!({})), Some(json!({"minLength": 0}))]),
        1 => small().prop_map(Some),
    ];
    let counts = (
        proptest::option::weighted(0.3, 0_u64..4),
        proptest::option::weighted(0.3, 0_u64..4),
    );
    let schema =
        (key(), key(), rest, counts, 0..4_u8).prop_map(|(a, b, rest, (fewest, most), form)| {
            let keys = [("a", a), ("b", b)];
            let required: Vec<_> = keys
                .iter()
                .filter(|(_, (_, required))| *required)
                .map(|(key, _)| *key)
                .collect();
            let properties = object(keys.iter().map(|(key, (value, _))| (*key, value.clone())));
            let counts = [
                ("minProperties", fewest.map(Value::from)),
                ("maxProperties", most.map(Value::from)),
            ];
            let said = [
                ("type", Some(json!("object"))),
                ("properties", Some(properties)),
                ("required", Some(json!(required))),
            ];
            let whole = object(
                said.into_iter()
                    .chain([("additionalProperties", rest)])
                    .chain(counts),
            );
            match form {
                0 => json!({"allOf": [whole]}),
                1 => json!({"type": ["object"], "allOf": [whole, true], "patternProperties": {}}),
                _ => whole,
            }
        });
    proptest::option::weighted(0.9, schema)
}

/// A body, and the validator of its events.
pub fn read(schema: Option<&Value>) -> Option<(Body, Validator)> {
    let body = object([
        ("metadata", schema.cloned()),
        ("targets", Some(json!([{"type": "team"}]))),
    ])
    .to_string();
    let of_event = schema.map_or_else(
        || json!({}),
        |schema| json!({"properties": {"metadata": schema}, "required": ["metadata"]}),
    );
    // What no event could fulfil isn't read.
    Some((
        Body::parse(&body).ok()?,
        jsonschema::draft202012::new(&of_event).expect("a schema"),
    ))
}

/// What the changes of a pair should be classed as; `None` where one side accepts no event at all.
pub fn truth(old: &Validator, new: &Validator, events: &[Value]) -> Option<Class> {
    let accepted: BTreeMap<usize, (bool, bool)> = events
        .iter()
        .enumerate()
        .map(|(index, event)| (index, (old.is_valid(event), new.is_valid(event))))
        .collect();
    let is_possible =
        accepted.values().any(|(old, _)| *old) && accepted.values().any(|(_, new)| *new);
    let class = Class {
        backward: accepted.values().all(|(old, new)| !old || *new),
        forward: accepted.values().all(|(old, new)| !new || *old),
    };
    is_possible.then_some(class)
}

/// At least this number of cases, more where the environment asks for them.
pub fn config(cases: u32) -> ProptestConfig {
    let cases = ProptestConfig::default().cases.max(cases);
    ProptestConfig {
        cases,
        failure_persistence: None,
        max_global_rejects: cases * 20,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config(1_500))]

    #[test]
    fn classes_of_values_are_true(old in value_schema(), new in value_schema()) {
        let of_key = |schema: &Value| json!({"properties": {"a": schema}, "additionalProperties": false});
        let (Some((old_body, old)), Some((new_body, new))) = (read(Some(&of_key(&old))), read(Some(&of_key(&new)))) else {
            return Err(TestCaseError::reject("no body"));
        };
        let changes = bodies(&old_body, &new_body);
        let truth = truth(&old, &new, &events_of_one_key()).expect("without the key it is accepted");
        prop_assert_eq!(Class::of(&changes), truth, "{:#?}", changes);
        prop_assert!(changes.iter().all(|change| change.unread.all().is_empty()), "{:#?}", changes);
    }
}

proptest! {
    #![proptest_config(config(250))]

    #[test]
    fn classes_of_objects_are_true(old in schema(), new in schema()) {
        let (Some((old_body, old)), Some((new_body, new))) = (read(old.as_ref()), read(new.as_ref())) else {
            return Err(TestCaseError::reject("no body"));
        };
        let changes = bodies(&old_body, &new_body);
        let Some(truth) = truth(&old, &new, &EVENTS) else { return Err(TestCaseError::reject("no events")) };
        prop_assert_eq!(Class::of(&changes), truth, "{:#?}", changes);
        prop_assert!(changes.iter().all(|change| change.unread.all().is_empty()), "{:#?}", changes);
    }
}
