use super::*;
use crate::body::Types;

fn read(file: &str, text: &str) -> Reading {
    super::read(file, text.as_bytes()).unwrap_or_else(|problem| panic!("{file}:{problem}"))
}

fn rejected(file: &str, text: &str) -> String {
    match super::read(file, text.as_bytes()) {
        Ok(reading) => panic!("{reading:?}"),
        Err(problem) => problem.to_string(),
    }
}

fn names(reading: &Reading) -> Vec<(&str, u32)> {
    reading
        .declared
        .iter()
        .map(|declared| (declared.origin.action.as_str(), declared.origin.version))
        .collect()
}

fn warnings(reading: &Reading) -> Vec<String> {
    reading.warnings.iter().map(ToString::to_string).collect()
}

#[test]
fn takes_a_registration_body() {
    let text = r#"{"targets": [{"type": "team"}], "metadata": {"type": "object", "properties": {"b": {"type": "string"}, "a": {"type": "number"}}}}"#;
    let reading = read("x/user.signed_in/v3.json", text);
    assert_eq!(
        (names(&reading), warnings(&reading)),
        (vec![("user.signed_in", 3)], vec![])
    );
    let Declared { body, flat, .. } = &reading.declared[0];
    assert!(!flat && body.metadata.open && body.metadata.required.is_empty());
    let at = |key: &str| body.metadata.properties[key].at.0;
    assert!(at("b").is_some() && at("b") < at("a"), "as in the file");
    assert_eq!(
        names(&read("user.signed_in.json", text)),
        [("user.signed_in", 1)]
    );
    let with_action = text.replacen('{', r#"{"action": "team.joined", "#, 1);
    let reading = read("user.signed_in.json", &with_action);
    assert_eq!(names(&reading), [("team.joined", 1)]);
    assert_eq!(
        warnings(&reading),
        [
            "user.signed_in.json:1:1: team.joined@1: the file name has a different action: \"user.signed_in\""
        ]
    );
}

#[test]
fn takes_a_map_of_types() {
    let text = r#"{"action": "user.signed_in", "description": "Somebody came.", "targets": [{"type": "user", "metadata": {"n": "integer"}}, {"type": "team"}],
        "actor": {"metadata": {"mfa": "boolean"}}, "metadata": {"type": "string", "b": {"type": "number"}, "c": {"type": "string", "enum": ["x"]}}}"#;
    let reading = read("whatever.json", text);
    assert_eq!(
        (names(&reading), warnings(&reading)),
        (vec![("user.signed_in", 1)], vec![])
    );
    let Declared {
        body, flat, docs, ..
    } = &reading.declared[0];
    assert!(*flat && docs == "Somebody came.");
    assert_eq!(
        body.metadata.required.iter().collect::<Vec<_>>(),
        ["b", "c", "type"]
    );
    assert_eq!(body.metadata.properties["c"].names(), Some(vec!["x"]));
    assert_eq!(body.actor.properties["mfa"].types, Types::BOOLEAN);
    assert_eq!(body.targets["user"].properties["n"].types, Types::INTEGER);
    assert!(body.targets["user"].at.0 < body.targets["team"].at.0);
    assert!(
        read(
            "a.b.json",
            r#"{"action": "a.b", "targets": [{"type": "t"}]}"#
        )
        .declared[0]
            .flat
    );
    assert!(!read("a.b.json", r#"{"targets": [{"type": "t"}]}"#).declared[0].flat);
}

#[test]
fn takes_answers_of_both_lists() {
    let schema = r#"{"object": "audit_log_schema", "version": 4, "created_at": "", "actor": {"metadata": {}}, "targets": [{"type": "t"}]}"#;
    let action = format!(
        r#"{{"object": "audit_log_action", "name": "a.b", "schema": {schema}, "created_at": "", "updated_at": ""}}"#
    );
    let list = |item: &str| {
        format!(
            r#"{{"object": "list", "data": [{item}, {item}], "list_metadata": {{"before": null, "after": null}}}}"#
        )
    };
    for text in [list(&action), format!("[{action},{action}]")] {
        let reading = read("answer.json", &text);
        assert_eq!(
            (names(&reading), warnings(&reading)),
            (vec![("a.b", 4), ("a.b", 4)], vec![])
        );
    }
    assert_eq!(
        names(&read("c.d.json", &list(schema))),
        [("c.d", 4), ("c.d", 4)]
    );
    assert_eq!(
        names(&read("c.d/schemas.json", &list(schema))),
        [("c.d", 4), ("c.d", 4)]
    );
    assert_eq!(names(&read("c.d.json", &action)), [("a.b", 4)]);
    let reading = read("answer.json", &list(schema));
    assert!(reading.declared.is_empty());
    assert!(
        warnings(&reading)[0].starts_with("answer.json:1:29: item not imported: no action: add "),
        "{reading:?}"
    );
}

#[test]
fn knows_the_places_in_a_list() {
    let text = "{\"data\": [\n {\"name\": \"a.b\", \"schema\": {\"version\": 1, \"targets\": [{\"type\": \"t\"}],\n  \"metadata\": {\"x\": \"text\"}}},\n 7, {}\n]}";
    assert_eq!(
        warnings(&read("l.json", text)),
        [
            "l.json:3:21: a.b@1: \"x\" has the type \"text\": expected \"string\", \"integer\", \"number\" or \"boolean\"",
            "l.json:4:2: item not imported: neither a registration body, nor a map of targets and metadata, nor a list of schemas, but a number",
            "l.json:4:5: item not imported: neither a registration body, nor a map of targets and metadata, nor a list of schemas: it has no `targets`",
        ]
    );
}

#[test]
fn says_what_is_no_schema() {
    assert_eq!(
        rejected("a.json", ""),
        "1:1: not JSON: EOF while parsing a value"
    );
    assert_eq!(
        rejected("a.json", "{\n\"a\": x}"),
        "2:6: not JSON: expected value"
    );
    assert_eq!(
        rejected("a.json", "\"text\""),
        "1:1: neither a registration body, nor a map of targets and metadata, nor a list of schemas, but a string"
    );
    assert!(
        rejected("package.json", r#"{"name": "x", "version": "1"}"#)
            .ends_with("nor a list of schemas: it has no `targets`")
    );
    assert_eq!(
        rejected("a.json", r#"{"object": "list", "data": []}"#),
        "1:28: the list is empty"
    );
    assert!(rejected("a.json", r#"{"targets": []}"#).starts_with("1:1: no action: add "));
    assert_eq!(
        rejected("a.json", r#"{"action": 7, "targets": []}"#),
        "1:12: `action` must be a string, not a number"
    );
    for version in ["0", "-1", "1.5", "4294967296", "\"1\""] {
        let text = format!(r#"{{"version": {version}, "targets": []}}"#);
        assert_eq!(
            rejected("a.b.json", &text),
            "1:13: `version` must be a whole number from 1 to 4294967295",
            "{version}"
        );
    }
}

#[test]
fn a_schema_that_the_sdk_mangled_is_what_was_meant() {
    let text = r#"{"targets": [{"type": "t", "metadata": {"type": "object", "properties": {"n": {"type": {"type": "number"}}}}}], "metadata":
{"type": "object", "properties": {"type": {"type": "object"}, "properties": {"type": {"plan": {"type": "string"}}}, "required": {"type": ["plan"]}}}}"#;
    let reading = read("a.b.json", text);
    let body = &reading.declared[0].body;
    assert_eq!(
        (
            body.metadata.properties["plan"].types,
            body.metadata.required.len()
        ),
        (Types::STRING, 1)
    );
    assert_eq!(body.targets["t"].properties["n"].types, Types::NUMBER);
    let warnings = warnings(&reading);
    assert!(
        warnings[0]
            .starts_with("a.b.json:1:79: a.b@1: the type of \"n\" was wrapped into itself: "),
        "{warnings:?}"
    );
    assert!(
        warnings[1].starts_with("a.b.json:2:1: a.b@1: `metadata` was wrapped into itself: "),
        "{warnings:?}"
    );
    assert_eq!(warnings.len(), 2);
}

#[test]
fn wild_files_end_in_a_few_notes() {
    let deep = "[".repeat(1_000_000) + &"]".repeat(1_000_000);
    assert_eq!(read("a.json", &deep).warnings.len(), 1);
    let many = format!("[{}1]", "1,".repeat(100_000));
    let reading = read("a.json", &many);
    assert_eq!(reading.warnings.len(), MAX_ITEMS_REPORTED + 1);
    assert_eq!(
        warnings(&reading).pop().as_deref(),
        Some("a.json:1:1: 99981 more items not imported")
    );
    let targets = format!(r#"{{"targets": [{}1]}}"#, "1,".repeat(100_000));
    let reading = read("a.b.json", &targets);
    assert_eq!(
        warnings(&reading).pop().as_deref(),
        Some("a.b.json:1:1: a.b@1: 99982 more problems like these")
    );
    let large = format!(
        r#"{{"targets": [{{"type": "t"}}], "x": "{}"}}"#,
        "x".repeat(MAX_SCHEMA_BYTES)
    );
    assert_eq!(rejected("a.b.json", &large), "1:1: schema exceeds 1 MiB");
}
