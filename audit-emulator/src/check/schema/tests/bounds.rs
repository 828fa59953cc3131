//! What a schema may cost: to compile, to hold against data, to tell about.

use serde_json::{Map, Value, json};

use super::super::{Rejected, Schema};
use crate::check::errors::Errors;
use crate::refusal::MAX_ERRORS;

fn compile(schema: &Value) -> Result<Schema, Vec<Rejected>> {
    Schema::compile(schema)
}

fn check(schema: &Value, data: &Value) -> Result<Errors, String> {
    let mut errors = Errors::default();
    let schema = compile(schema).unwrap();
    schema.check(data, "/metadata", "#/properties/metadata", &mut errors)?;
    Ok(errors)
}

/// Each schema asks its own schemas once, however deep they lie in each other.
#[test]
fn nesting_costs_no_more_than_its_size() {
    let wrapped: [fn(Value) -> Value; 5] = [
        |inner| json!({"anyOf": [inner]}),
        |inner| json!({"oneOf": [inner]}),
        |inner| json!({"if": {}, "then": inner}),
        |inner| json!({"not": {"not": inner}}),
        |inner| json!({"anyOf": [inner, {"type": "null"}]}),
    ];
    for wrap in wrapped {
        let schema = (0..30).fold(json!({"type": "string", "maxLength": 1}), |inner, _| {
            wrap(inner)
        });
        assert!(check(&schema, &json!("xxx")).unwrap().count() > 0);
    }
    let contains = (0..30).fold(
        json!({"type": "null"}),
        |inner, _| json!({"contains": inner}),
    );
    let nested = (0..30).fold(json!(1), |inner, _| json!([inner]));
    assert!(check(&contains, &nested).unwrap().count() > 0);
}

#[test]
fn what_takes_too_long_says_who_is_to_blame() {
    let alternatives: Vec<Value> = (0..900).map(|number| json!({"const": number})).collect();
    let data: Value = vec![json!(-1); 40_000].into();
    assert!(
        check(&json!({"items": {"anyOf": alternatives}}), &data)
            .unwrap_err()
            .contains("the schema at #/properties/metadata")
    );
}

#[test]
fn errors_are_kept_up_to_a_number_and_a_size() {
    let schema = json!({"items": {"type": "string"}});
    let found = check(&schema, &vec![json!(1); 5_000].into()).unwrap();
    assert_eq!(
        (found.kept.len(), found.omitted),
        (MAX_ERRORS, 5_000 - MAX_ERRORS)
    );
    let large: Vec<Value> = (0..100).map(|_| json!(["x".repeat(10_000)])).collect();
    let found = check(&schema, &large.into()).unwrap();
    assert_eq!((found.kept.len(), found.omitted), (26, 74));
}

#[test]
fn schemas_are_bounded() {
    let many: Vec<Value> = vec![json!({}); 22_000];
    let deep = (0..200).fold(json!({}), |inner, _| json!({"not": inner}));
    let patterns: Map<String, Value> = (0..60)
        .map(|number| (format!("^.{{0,{}}}$", 400 + number), json!({})))
        .collect();
    for (schema, said) in [
        (json!({"anyOf": many}), "more than 10000 schemas"),
        (deep, "more than 100 levels"),
        (json!({"patternProperties": patterns}), "spelled out"),
        (
            json!({"properties": {" ".repeat(30_000): {"anyOf": vec![json!(1); 9_000]}}}),
            "has paths of more than",
        ),
    ] {
        let rejected = compile(&schema).unwrap_err();
        assert!(
            rejected
                .iter()
                .any(|rejected| rejected.message.contains(said)),
            "{rejected:?}"
        );
        assert!(
            rejected
                .iter()
                .map(|rejected| rejected.at.len() + rejected.message.len())
                .sum::<usize>()
                < 256 * 1024
        );
    }
}
