//! One mistake, one error: counted with two validators, one of them Ajv in strict mode, where there is Node.

use super::*;

/// Ajv in strict mode.
const AJV: &str = "new (require('ajv/dist/2020').default)({ strict: true, allErrors: true, formats: { 'date-time': true } })";

/// The errors that Ajv reports of each event, and that it takes the schema; `None` where it can't be had. Ajv also says of each `then` that it failed.
fn ajv(schema: &Value, events: &[Value]) -> Option<Vec<Vec<String>>> {
    let answers = crate::testing::ajv(AJV, &[(schema.clone(), events.to_vec())])?;
    let answer: Value = serde_json::from_str(&answers[0]).expect("JSON");
    let found = answer["errors"]
        .as_array()
        .unwrap_or_else(|| panic!("{answer} {schema:#}"));
    let shown = |error: &Value| {
        let text = |member: &str| error[member].as_str().expect("text").to_owned();
        format!("{} {}", text("instancePath"), text("keyword"))
    };
    let of_event = |errors: &Value| {
        let errors = errors.as_array().expect("a list").iter();
        errors
            .filter(|error| error["keyword"] != "if")
            .map(shown)
            .collect()
    };
    Some(found.iter().map(of_event).collect())
}

fn with(pointer: &str, value: Value) -> Value {
    let mut event = valid();
    *event
        .pointer_mut(pointer)
        .unwrap_or_else(|| panic!("{pointer}")) = value;
    event
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn one_mistake_is_one_error() {
    let schema = schema(&record().event());
    let cases = [
        (valid(), ""),
        (
            with(
                "/actor",
                json!({"type": "system", "id": "scheduler", "metadata": {}}),
            ),
            "",
        ),
        (
            with(
                "/actor",
                json!({"type": "system", "id": "cron", "metadata": {}}),
            ),
            "",
        ),
        (with("/actor", json!("user_1")), "/actor type"),
        (
            with(
                "/actor",
                json!({"id": "user_1", "metadata": {"role": "admin"}}),
            ),
            "/actor required",
        ),
        (with("/actor/type", json!("usr")), "/actor/type enum"),
        (with("/actor/id", json!(1)), "/actor/id type"),
        (
            with("/actor/metadata", json!({})),
            "/actor/metadata required",
        ),
        (
            with("/actor/metadata/role", json!("owner")),
            "/actor/metadata/role enum",
        ),
        (
            with("/actor", json!({"type": "user", "id": "u"})),
            "/actor required",
        ),
        (
            with(
                "/actor",
                json!({"type": "user", "id": "u", "metadata": {"role": "admin"}, "email": "x"}),
            ),
            "/actor additionalProperties",
        ),
        (
            with(
                "/actor",
                json!({"type": "system", "id": "scheduller", "metadata": {}}),
            ),
            "/actor/id enum",
        ),
        (
            with(
                "/actor",
                json!({"type": "system", "id": "cron", "metadata": {"a": 1}}),
            ),
            "/actor/metadata additionalProperties",
        ),
        (
            with(
                "/actor",
                json!({"type": "api_key", "id": "k", "metadata": {"prefix": "sk_123456"}}),
            ),
            "/actor/metadata/prefix maxLength",
        ),
        (
            with("/targets/0/type", json!("teem")),
            "/targets/0/type enum",
        ),
        (
            with("/targets/0", json!({"id": "t"})),
            "/targets/0 required",
        ),
        (with("/targets/1/id", json!(1)), "/targets/1/id type"),
        (with("/targets", json!([])), "/targets minItems"),
        (
            with("/metadata/attempt", json!("3")),
            "/metadata/attempt type",
        ),
    ];
    let validator = jsonschema::draft202012::new(&schema).expect("a schema");
    for (event, error) in &cases {
        let errors: Vec<_> = validator
            .iter_errors(event)
            .map(|error| format!("{} {}", error.instance_path(), error.kind().keyword()))
            .collect();
        assert_eq!(
            errors,
            if error.is_empty() {
                vec![]
            } else {
                vec![*error]
            },
            "{event}"
        );
    }
    let events: Vec<_> = cases.iter().map(|(event, _)| event.clone()).collect();
    let Some(answers) = ajv(&schema, &events) else {
        return;
    };
    for ((event, error), errors) in cases.iter().zip(answers) {
        assert_eq!(
            errors,
            if error.is_empty() {
                vec![]
            } else {
                vec![*error]
            },
            "{event}"
        );
    }
}

#[test]
fn a_type_that_isnt_there_is_reported_as_that() {
    let schema = schema(&record().event());
    let event = with(
        "/targets",
        json!([{"type": "team", "id": "t", "metadata": {}}]),
    );
    let validator = jsonschema::draft202012::new(&schema).expect("a schema");
    let errors: Vec<_> = validator
        .iter_errors(&event)
        .map(|error| error.instance_path().to_string())
        .collect();
    assert_eq!(errors, ["/targets"]);
    // Ajv also says of each target why it isn't the one that is missing.
    if let Some(errors) = ajv(&schema, &[event]) {
        assert_eq!(errors, [["/targets/0/type const", "/targets contains"]]);
    }
}

#[test]
fn ajv_takes_every_committed_schema_in_strict_mode() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas");
    let store =
        crate::store::Store::open(folder.as_ref(), Vec::new()).expect("the examples' folder");
    let schemas: Vec<Value> = store
        .versions
        .into_values()
        .filter_map(|files| files.event)
        .map(|text| serde_json::from_slice(&text).expect("JSON"))
        .collect();
    assert!(schemas.len() > 20);
    for schema in schemas {
        ajv(&schema, &[]);
    }
}
