//! Our errors are Ajv's: the same schemas and data are given to the real one, where there is Node.

mod bounds;
mod composed;
mod generate;
mod pattern;

use serde_json::{Map, Value, json};

use super::Schema;
use crate::check::errors::Errors;
use crate::check::event_schema::EventSchema;
use crate::check::{absent, request};
use composed::compose;
use generate::Random;

/// As the service has it.
const AJV: &str = "new (require('ajv').default)({ allErrors: true, verbose: true, logger: { log() {}, warn() {}, error() {} } })";

/// What is found in data, or why the schema is rejected.
type Ours = Result<Errors, Vec<String>>;

fn ours(schema: &Value, data: &Value) -> Ours {
    let schema = Schema::compile(schema).map_err(|rejected| {
        let messages = rejected.into_iter().map(|rejected| rejected.message);
        messages.collect::<Vec<_>>()
    })?;
    let mut errors = Errors::default();
    schema.check(data, "", "#", &mut errors).unwrap();
    assert_eq!(errors.omitted, 0);
    Ok(errors)
}

/// The real one's answers; `None` where it can't be had.
fn theirs(cases: &[(Value, Value)]) -> Option<Vec<Value>> {
    let cases: Vec<_> = cases
        .iter()
        .map(|(schema, data)| (schema.clone(), vec![data.clone()]))
        .collect();
    let answers = crate::testing::ajv(AJV, &cases)?;
    let only = |answer: &String| {
        let mut answer = crate::testing::doubles(answer);
        if let Some(errors) = answer.get_mut("errors") {
            *errors = errors[0].take();
        }
        answer
    };
    Some(answers.iter().map(only).collect())
}

/// Errors as a set: the order within an object is that of its keys, which JavaScript keeps and we sort.
fn sorted(errors: &[Value]) -> Vec<String> {
    let mut errors: Vec<String> = errors.iter().map(Value::to_string).collect();
    errors.sort();
    errors
}

/// Compares what we find in data with what Ajv does, which is asked with another schema where ours isn't a whole one.
fn compare(cases: &[(Value, Value)], ours: impl Fn(usize) -> Ours) {
    let Some(answers) = theirs(cases) else { return };
    assert_eq!(answers.len(), cases.len());
    let (mut rejected, mut skipped, mut invalid) = (0, 0, 0);
    for (index, ((schema, data), theirs)) in cases.iter().zip(&answers).enumerate() {
        let ours = ours(index);
        let shown = || format!("schema {schema}\ndata {data}\nours {ours:#?}\ntheirs {theirs:#}");
        match (&ours, theirs["errors"].as_array()) {
            // Ajv doesn't read what can't matter, such as `anyOf` beside `{}`; we do.
            (Err(_), Some(_)) => skipped += 1,
            (Err(_), None) => rejected += 1,
            (Ok(_), None) => panic!("{}", shown()),
            (Ok(ours), Some(theirs)) => {
                assert_eq!(sorted(&ours.kept), sorted(theirs), "{}", shown());
                invalid += usize::from(!theirs.is_empty());
            }
        }
    }
    // A comparison in which everything is valid would show little, and so would one in which nothing is.
    assert!(
        (cases.len() / 4..cases.len()).contains(&invalid),
        "{invalid} of {} invalid, {rejected} rejected",
        cases.len()
    );
    assert!(
        skipped * 100 < cases.len(),
        "{skipped} of {} rejected by us alone",
        cases.len()
    );
}

#[test]
fn schemas_of_every_keyword_are_answered_as_ajv_does() {
    let mut random = Random::new(0x5eed_0001);
    let cases: Vec<_> = (0..2_000)
        .map(|_| {
            let schema = random.schema(3);
            let data = random.flat_for(&schema);
            (schema, data)
        })
        .collect();
    compare(&cases, |index| ours(&cases[index].0, &cases[index].1));
}

#[test]
fn events_are_answered_as_ajv_does() {
    let mut random = Random::new(0x5eed_0002);
    let (mut bodies, mut cases) = (Vec::new(), Vec::new());
    while cases.len() < 700 {
        let body = random.registration();
        let mut event = random.event(&body);
        absent::in_event(&mut event);
        if request::check(&json!({"organization_id": "", "event": event})).is_ok() {
            cases.push((compose(&body), event));
            bodies.push(body);
        }
    }
    compare(&cases, |index| {
        let schema = EventSchema::compile(&bodies[index]).unwrap();
        Ok(schema.check(&cases[index].1).unwrap())
    });
}

#[test]
fn what_strict_mode_refuses_is_refused() {
    let schemas = [
        json!({"kind": "string"}),
        json!({"type": "text"}),
        json!({"type": []}),
        json!({"type": ["string", "string"]}),
        json!({"type": "string", "format": "date-time"}),
        json!({"enum": []}),
        json!({"enum": [1, 1]}),
        json!({"required": "a"}),
        json!({"required": ["a", "a"]}),
        json!({"maxLength": -1}),
        json!({"maxLength": 1.5}),
        json!({"minimum": "1"}),
        json!({"multipleOf": 0}),
        json!({"pattern": "["}),
        json!({"pattern": "\\-"}),
        json!({"pattern": 1}),
        json!({"properties": []}),
        json!({"properties": {"a": 1}}),
        json!({"properties": {"a": {"type": "string", "minlength": 1}}}),
        json!({"properties": {"ab": {}}, "patternProperties": {"^a": {"type": "string"}}}),
        json!({"anyOf": []}),
        json!({"if": {}}),
        json!({"then": {}}),
        json!({"additionalItems": false}),
        json!({"contains": {}, "minContains": 2}),
        json!({"nullable": true}),
        json!({"uniqueItems": 1}),
        json!({"title": 1}),
        json!({"id": "a"}),
        json!({"dependencies": {"a": ["b", 1]}}),
        json!({"dependencies": []}),
        json!({"items": []}),
        json!({"unevaluatedProperties": false}),
        json!({"definitions": {"a": {"type": "nope"}}}),
        json!({"definitions": {"a": {"properties": {"b": 1}}}}),
        json!({"definitions": {"a": {"maxLength": "1"}}}),
    ];
    let cases: Vec<(Value, Value)> = schemas
        .into_iter()
        .map(|schema| (schema, json!({})))
        .collect();
    for (schema, data) in &cases {
        assert!(ours(schema, data).is_err(), "{schema}");
    }
    for ((schema, _), theirs) in cases.iter().zip(theirs(&cases).unwrap_or_default()) {
        assert!(theirs.get("refused").is_some(), "{schema} {theirs}");
    }
}

/// Ajv doesn't compile what nothing refers to, and knows no `$defs`.
#[test]
fn definitions_are_held_against_the_schema_of_schemas_alone() {
    let schemas = [
        json!({"definitions": {"a": {"kind": 1, "format": "x", "if": {}, "$ref": "#/b", "pattern": "["}}}),
        json!({"definitions": {"a": {"nullable": 1}}}),
        json!({"$defs": {"a": {"type": "nope"}}}),
    ];
    let cases: Vec<(Value, Value)> = schemas
        .into_iter()
        .map(|schema| (schema, json!({})))
        .collect();
    for (schema, data) in &cases {
        assert_eq!(ours(schema, data).unwrap().count(), 0, "{schema}");
    }
    for ((schema, _), theirs) in cases.iter().zip(theirs(&cases).unwrap_or_default()) {
        assert_eq!(theirs, json!({"errors": []}), "{schema}");
    }
}

/// Without Node: what FACTS.md shows, word for word.
#[test]
fn a_missing_target_is_reported_as_the_service_does() {
    let body = json!({"targets": [{"type": "team"}]});
    let mut event = Map::from_iter([("targets".to_owned(), json!([{"type": "user", "id": "1"}]))]);
    event.extend([
        ("actor".to_owned(), json!({"id": "1", "type": "user"})),
        ("context".to_owned(), json!({})),
    ]);
    event.extend([
        ("action".to_owned(), json!("a.b")),
        ("occurred_at".to_owned(), json!("2026-01-01")),
    ]);
    let schema = EventSchema::compile(&body).unwrap();
    let errors = schema.check(&event.into()).unwrap().kept;
    let expected = json!({
        "instancePath": "/targets/0/type",
        "schemaPath": "#/properties/targets/allOf/0/contains/properties/type/const",
        "keyword": "const",
        "params": {"allowedValue": "team"},
        "message": "must be equal to constant",
        "data": "user",
    });
    assert!(errors.contains(&expected), "{errors:#?}");
    let keywords: Vec<&Value> = errors.iter().map(|error| &error["keyword"]).collect();
    assert_eq!(keywords, ["const", "contains", "enum"]);
}
