//! Our errors are Ajv's: the same schemas and data are given to the real one, where there is Node.

mod bounds;
mod generate;

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Map, Value, json};

use super::{Problem, compile};
use crate::check::event_schema::compose;
use generate::Random;

/// What real Ajv is asked: one JSON text a line, a schema and data; the answer is `{"errors": […]}` or `{"refused": "…"}`.
const ASK: &str = r"
const Ajv = require('ajv').default;
const lines = require('fs').readFileSync(0, 'utf8').split('\n').filter(Boolean);
const quiet = { log() {}, warn() {}, error() {} };
const ajv = new Ajv({ allErrors: true, verbose: true, logger: quiet });
for (const line of lines) {
  const { schema, data } = JSON.parse(line);
  let answer;
  try {
    const validate = ajv.compile(schema);
    validate(data);
    answer = { errors: (validate.errors || []).map((e) => ({
      instancePath: e.instancePath, schemaPath: e.schemaPath, keyword: e.keyword, params: e.params, message: e.message, data: e.data,
    })) };
  } catch (error) {
    answer = { refused: error.message };
  }
  console.log(JSON.stringify(answer));
}
";

fn ours(schema: &Value, data: &Value) -> Value {
    match compile(schema) {
        Ok(schema) => {
            let found = schema.problems(data).unwrap();
            assert_eq!(found.omitted, 0);
            json!({"errors": found.problems.iter().map(Problem::to_json).collect::<Vec<_>>()})
        }
        Err(refused) => {
            json!({"refused": refused.iter().map(|refused| &refused.message).collect::<Vec<_>>()})
        }
    }
}

/// The real one's answers; `None` where it can't be had.
fn theirs(cases: &[(Value, Value)]) -> Option<Vec<Value>> {
    let folder = crate::testing::npm("ajv@8")?;
    let mut node = Command::new("node")
        .args(["-e", ASK])
        .env("NODE_PATH", folder.join("node_modules"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = node.stdin.take().unwrap();
    let lines: Vec<String> = cases
        .iter()
        .map(|(schema, data)| json!({"schema": schema, "data": data}).to_string())
        .collect();
    let writer = std::thread::spawn(move || stdin.write_all(lines.join("\n").as_bytes()).unwrap());
    let output = node.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success());
    Some(
        String::from_utf8(output.stdout)
            .unwrap()
            .lines()
            .map(crate::testing::doubles)
            .collect(),
    )
}

/// Errors as a set: the order within an object is that of its keys, which JavaScript keeps and we sort.
fn sorted(answer: &Value) -> Vec<String> {
    let mut errors: Vec<String> = answer["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(Value::to_string)
        .collect();
    errors.sort();
    errors
}

fn compare(cases: &[(Value, Value)]) {
    let Some(answers) = theirs(cases) else { return };
    assert_eq!(answers.len(), cases.len());
    let (mut refused, mut skipped, mut invalid) = (0, 0, 0);
    for ((schema, data), theirs) in cases.iter().zip(&answers) {
        let ours = ours(schema, data);
        let shown = || format!("schema {schema}\ndata {data}\nours {ours:#}\ntheirs {theirs:#}");
        if ours.get("refused").is_some() && theirs.get("refused").is_none() {
            // Ajv doesn't read what can't matter, such as `anyOf` beside `{}`; we do.
            skipped += 1;
            continue;
        }
        assert_eq!(
            ours.get("refused").is_some(),
            theirs.get("refused").is_some(),
            "{}",
            shown()
        );
        if theirs.get("refused").is_some() {
            refused += 1;
            continue;
        }
        assert_eq!(sorted(&ours), sorted(theirs), "{}", shown());
        invalid += usize::from(theirs["errors"] != json!([]));
    }
    // A comparison in which everything is valid would show little, and so would one in which nothing is.
    assert!(
        (cases.len() / 4..cases.len()).contains(&invalid),
        "{invalid} of {} invalid, {refused} refused",
        cases.len()
    );
    assert!(
        skipped * 100 < cases.len(),
        "{skipped} of {} refused by us alone",
        cases.len()
    );
}

#[test]
fn schemas_of_every_keyword_are_answered_as_ajv_does() {
    let mut random = Random::new(0x5eed_0001);
    let cases: Vec<_> = (0..2_000)
        .map(|_| {
            let schema = random.schema(3);
            let data = random.value_for(&schema, 3);
            (schema, data)
        })
        .collect();
    compare(&cases);
}

#[test]
fn events_are_answered_as_ajv_does() {
    let mut random = Random::new(0x5eed_0002);
    let cases: Vec<_> = (0..700)
        .map(|_| {
            let body = random.registration();
            let event = random.event(&body);
            (compose(&body), event)
        })
        .collect();
    compare(&cases);
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
        assert!(ours(schema, data).get("refused").is_some(), "{schema}");
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
        assert_eq!(ours(schema, data), json!({"errors": []}), "{schema}");
    }
    for ((schema, _), theirs) in cases.iter().zip(theirs(&cases).unwrap_or_default()) {
        assert_eq!(theirs, json!({"errors": []}), "{schema}");
    }
}

/// Every object has a `constructor` in JavaScript.
#[test]
fn names_that_every_object_inherits_are_there() {
    let schemas = [
        json!({"required": ["constructor", "toString", "__proto__"]}),
        json!({"properties": {"toString": {"type": "string"}}}),
        json!({"properties": {"valueOf": {"type": ["null", "boolean"]}, "a": {"type": "string"}}}),
        json!({"properties": {"__proto__": {"type": "string"}}}),
        json!({"properties": {"__proto__": {"type": "object", "minProperties": 1}}}),
        json!({"properties": {"constructor": {"const": "[Function]"}}}),
        json!({"properties": {"constructor": {"enum": [1, "[Function]"]}}}),
        json!({"properties": {"constructor": {"not": {"type": "null"}}}}),
        json!({"properties": {"constructor": {"anyOf": [{"type": "number"}, {"maxLength": 1}]}}}),
        json!({"dependencies": {"hasOwnProperty": ["b"]}}),
        json!({"minProperties": 1}),
        json!({"additionalProperties": false, "properties": {"constructor": {}}}),
        json!({"propertyNames": {"maxLength": 3}}),
    ];
    let data = [
        json!({}),
        json!({"constructor": "x"}),
        json!({"toString": 1, "b": 1}),
        json!({"__proto__": "x", "valueOf": null}),
    ];
    let cases: Vec<(Value, Value)> = schemas
        .iter()
        .flat_map(|schema| data.iter().map(|data| (schema.clone(), data.clone())))
        .collect();
    assert_eq!(ours(&schemas[0], &json!({})), json!({"errors": []}));
    assert_eq!(
        ours(&schemas[1], &json!({}))["errors"][0]["instancePath"],
        "/toString"
    );
    compare(&cases);
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
    let errors = ours(&compose(&body), &event.into());
    let expected = json!({
        "instancePath": "/targets/0/type",
        "schemaPath": "#/properties/targets/allOf/0/contains/properties/type/const",
        "keyword": "const",
        "params": {"allowedValue": "team"},
        "message": "must be equal to constant",
        "data": "user",
    });
    assert!(
        errors["errors"].as_array().unwrap().contains(&expected),
        "{errors:#}"
    );
    let keywords: Vec<&Value> = errors["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| &error["keyword"])
        .collect();
    assert_eq!(keywords, ["const", "contains", "enum"]);
}
