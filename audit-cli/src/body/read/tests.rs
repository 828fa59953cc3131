use super::*;
use crate::body::Types;

fn problems(text: &str) -> Vec<String> {
    read_bytes(text.as_bytes())
        .problems
        .iter()
        .map(ToString::to_string)
        .collect()
}

fn property(schema: &str) -> Vec<String> {
    problems(&format!(
        "{{\"targets\": [{{\"type\": \"team\"}}],\n\"metadata\": {{\"properties\": {{\n\"a\": {schema}}}}}}}"
    ))
}

#[test]
fn reads_what_the_service_takes() -> Result<(), Problem> {
    let body = Body::parse(
        r#"{"actor": {"metadata": {"properties": {"role": {"enum": ["b", "a", "b"], "type": "string"}}, "required": ["role"], "type": "object"}},
           "targets": [{"type": "team"}, {"type": "user", "metadata": {"properties": {"n": {"type": ["integer", "null"]}}, "additionalProperties": false}}]}"#,
    )?;
    assert_eq!(body.keys(), 2);
    assert!(body.metadata.properties.is_empty() && body.metadata.open);
    assert_eq!(body.actor.properties["role"].names(), Some(vec!["a", "b"]));
    assert_eq!(body.targets["user"].properties["n"].types, Types::INTEGER);
    assert!(!body.targets["user"].open);
    Ok(())
}

#[test]
fn keeps_what_it_knows_no_place_for() -> Result<(), Problem> {
    let body = Body::parse(
        r#"{"targets": [{"type": "team"}], "metadata": {"description": "d", "minProperties": 1, "additionalProperties": {"type": "string"},
           "properties": {"a": {"type": "string", "pattern": "^x", "title": "A"}}}}"#,
    )?;
    let a = &body.metadata.properties["a"];
    assert_eq!((a.constraints.len(), a.annotations.len()), (1, 1));
    assert_eq!(
        body.metadata.constraints.keys().collect::<Vec<_>>(),
        ["additionalProperties", "minProperties"]
    );
    assert!(body.metadata.open && body.metadata.annotations.contains_key("description"));
    Ok(())
}

#[test]
fn says_where_a_body_is_none() {
    assert_eq!(
        problems("[]"),
        ["1:1: a registration body must be an object, not a list"]
    );
    assert_eq!(
        problems("{\n}"),
        ["1:1: a registration body needs `targets`"]
    );
    assert_eq!(
        problems("{\"targets\": []}"),
        ["1:13: 0 target types, expected 1 to 20"]
    );
    assert_eq!(
        problems(
            "{\"targets\": [{}, {\"type\": 1}, {\"type\": \"a\"}, {\"type\": \"a\"}],\n\"aktor\": {}}"
        ),
        [
            "2:10: a registration body has no \"aktor\": expected actor, metadata, targets",
            "1:14: a target needs a `type`",
            "1:27: a target's `type` must be a string, not a number",
            "1:46: duplicate target type \"a\"",
        ]
    );
}

#[test]
fn says_where_a_property_is_none() {
    let nested = "\"a\" is nested: a metadata value is a string, a number or a boolean";
    assert_eq!(
        property(r#"{"type": "object"}"#),
        [format!("3:15: {nested}")]
    );
    assert_eq!(property(r#"{"items": {}}"#), [format!("3:16: {nested}")]);
    assert_eq!(
        property(r#"{"type": "text"}"#),
        ["3:15: \"a\" has the type \"text\", unknown to JSON Schema"]
    );
    assert_eq!(
        property("[]"),
        ["3:6: the schema of \"a\" must be an object, not a list"]
    );
    assert_eq!(property("false"), [""; 0]);
    assert_eq!(
        property("{}, \"a\": {}"),
        ["3:15: `properties` has \"a\" twice"]
    );
    assert_eq!(
        property("{}, \"b c\": {}"),
        ["3:17: \"b c\" is not a valid key: 1 to 40 letters, digits, `_` or `-`"]
    );
}

#[test]
fn an_event_has_no_more_targets_than_it_can() {
    let targets = |count: usize| {
        (0..count)
            .map(|index| format!("{{\"type\": \"t{index}\"}}"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    assert_eq!(
        problems(&format!("{{\"targets\": [{}]}}", targets(20))),
        [""; 0]
    );
    assert_eq!(
        problems(&format!("{{\"targets\": [{}]}}", targets(21))),
        ["1:13: 21 target types, expected 1 to 20"]
    );
}

#[test]
fn deep_and_long_files_end_in_a_few_problems() {
    let deep = format!(
        "{{\"targets\": {}{}}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    assert_eq!(problems(&deep).len(), 1);
    let many = format!("{{\"targets\": [{}1]}}", "1,".repeat(100_000));
    assert_eq!(problems(&many).len(), MAX_PROBLEMS);
}
