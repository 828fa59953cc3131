use super::*;
use crate::body::Types;
use crate::import::forms;

/// The events of files, and the warnings.
fn expressed(files: &[(&str, &str)], options: &Options) -> (Vec<Event>, Vec<String>) {
    let read = |(file, text): &(&str, &str)| {
        forms::read(file, text.as_bytes())
            .unwrap_or_else(|problem| panic!("{file}:{problem}"))
            .declared
    };
    let mut warnings = Vec::new();
    let events = all(
        files.iter().flat_map(read).collect(),
        options,
        &mut warnings,
    );
    (events, warnings.iter().map(ToString::to_string).collect())
}

/// The schema that a field for one key has, and the warnings beyond that the object is open.
fn property(schema: &str) -> (Option<Property>, Vec<String>) {
    let text = format!(
        r#"{{"actor": {{"metadata": {{"additionalProperties": false}}}}, "targets": [{{"type": "t", "metadata": {{"additionalProperties": false}}}}],
"metadata": {{"additionalProperties": false, "properties": {{"a": {schema}}}}}}}"#
    );
    let (mut events, warnings) = expressed(&[("a.b.json", &text)], &Options::default());
    let warnings = warnings.into_iter().map(|note| {
        note.strip_prefix("a.b.json:2:65: a.b@1: ")
            .unwrap_or(&note)
            .to_owned()
    });
    (
        events
            .pop()
            .and_then(|event| event.metadata.fields.into_iter().next())
            .map(|field| field.property),
        warnings.collect(),
    )
}

fn choice(values: &[&str]) -> Property {
    Property {
        values: Some(values.iter().map(|value| (*value).into()).collect()),
        ..Property::of(Types::STRING)
    }
}

fn text(max_len: Option<u64>) -> Property {
    Property {
        max_len,
        ..Property::of(Types::STRING)
    }
}

#[test]
fn says_what_the_derives_can_say() {
    for (schema, kind) in [
        (r#"{"type": "string"}"#, Some(text(None))),
        (
            r#"{"type": ["string", "null"], "maxLength": 500}"#,
            Some(text(Some(500))),
        ),
        (r#"{"type": "string", "maxLength": 0}"#, Some(choice(&[""]))),
        (
            r#"{"type": "number", "maxLength": 3}"#,
            Some(Property::of(Types::NUMBER)),
        ),
        (r#"{"enum": ["x"], "maxLength": 3}"#, Some(choice(&["x"]))),
        (
            r#"{"type": "string", "enum": ["x", 1]}"#,
            Some(choice(&["x"])),
        ),
        (r#"{"type": "integer"}"#, Some(Property::of(Types::INTEGER))),
        (
            r#"{"type": ["integer", "number"]}"#,
            Some(Property::of(Types::NUMBER)),
        ),
        (r#"{"type": "boolean"}"#, Some(Property::of(Types::BOOLEAN))),
        (
            r#"{"enum": [true, false]}"#,
            Some(Property::of(Types::BOOLEAN)),
        ),
        (
            r#"{"type": "string", "enum": ["b", "a", "b"]}"#,
            Some(choice(&["a", "b"])),
        ),
        (r#"{"enum": ["b", null]}"#, Some(choice(&["b"]))),
        (r#"{"const": "x"}"#, Some(choice(&["x"]))),
        (
            r#"{"type": "string", "const": "x", "maxLength": 3}"#,
            Some(choice(&["x"])),
        ),
        (r#"{"anyOf": [{"type": "string"}]}"#, Some(text(None))),
        (
            r#"{"oneOf": [{"type": "string"}, {"type": "null"}]}"#,
            Some(text(None)),
        ),
        (
            r#"{"allOf": [{"type": "string", "maxLength": 9}, {"maxLength": 5}]}"#,
            Some(text(Some(5))),
        ),
        (
            r#"{"oneOf": [{"const": "b"}, {"enum": ["a"]}, {"const": null}]}"#,
            Some(choice(&["a", "b"])),
        ),
        (
            r#"{"type": "string", "minLength": 0, "maxLength": 500, "minimum": 1, "allOf": []}"#,
            Some(text(Some(500))),
        ),
        (
            r#"{"type": "number", "multipleOf": 1, "pattern": "x", "not": {"type": "string"}}"#,
            Some(Property::of(Types::INTEGER)),
        ),
    ] {
        assert_eq!(property(schema), (kind, vec![]), "{schema}");
    }
}

#[test]
fn reports_what_they_cannot() {
    for (schema, kind, note) in [
        (
            r#"{"type": ["string", "boolean"]}"#,
            None,
            "not imported: \"a\" can be string or boolean, and a field has one type",
        ),
        (
            "{}",
            None,
            "not imported: \"a\" can be any type, and a field has one type",
        ),
        (
            r#"{"type": "string", "maxLength": 501}"#,
            Some(text(None)),
            "can't express `maxLength` 501 of \"a\": the limit is 500",
        ),
        (
            r#"{"type": "string", "pattern": "x", "minLength": 1}"#,
            Some(text(None)),
            "can\'t express `minLength`, `pattern` of \"a\"",
        ),
        (
            r#"{"type": "string", "default": "x", "title": 7}"#,
            Some(text(None)),
            "dropped `default`, `title` of \"a\"",
        ),
        (
            r#"{"enum": [1, 2.5]}"#,
            Some(Property::of(Types::NUMBER)),
            "can\'t express the values of \"a\" (only strings make an enum): 1, 2.5",
        ),
        (
            r#"{"enum": [true]}"#,
            Some(Property::of(Types::BOOLEAN)),
            "can\'t express the values of \"a\" (only strings make an enum): true",
        ),
        (
            r#"{"enum": ["x", true]}"#,
            None,
            "not imported: \"a\" can be string or boolean, and a field has one type",
        ),
        (
            r#"{"type": "integer", "allOf": [{"minimum": 0}]}"#,
            Some(Property::of(Types::INTEGER)),
            "can\'t express `minimum` of \"a\"",
        ),
        (
            r#"{"anyOf": [{"type": "string"}, {"type": "integer"}]}"#,
            None,
            "not imported: \"a\" can be string or integer, and a field has one type",
        ),
        (
            r#"{"oneOf": [{"const": "a", "title": "A"}, {"const": "b", "title": "B"}]}"#,
            Some(choice(&["a", "b"])),
            "dropped `title` in a part of \"a\"",
        ),
        (
            r#"{"const": 1}"#,
            Some(Property::of(Types::INTEGER)),
            "can\'t express the values of \"a\" (only strings make an enum): 1",
        ),
        (
            r#"{"type": "string", "const": 1}"#,
            None,
            "not imported: \"a\" can be no value, and a field has one type",
        ),
        (
            r#"{"enum": []}"#,
            None,
            "not imported: \"a\" can be no value, and a field has one type",
        ),
        (
            "false",
            None,
            "not imported: \"a\" can be no value, and a field has one type",
        ),
    ] {
        assert_eq!(property(schema), (kind, vec![note.to_owned()]), "{schema}");
    }
    let long = format!(r#"{{"enum": ["{}", "x"]}}"#, "y".repeat(501));
    assert_eq!(property(&long), (Some(choice(&["x"])), vec![]));
}

#[test]
fn keywords_of_an_object_that_reject_nothing_are_not_reported() {
    let said = |keywords: &str| {
        let text = format!(
            r#"{{"targets": [{{"type": "t"}}], "metadata": {{"properties": {{"a": {{"type": "string"}}}}, "required": ["a"], {keywords}}}}}"#
        );
        let (_, warnings) = expressed(&[("a.b.json", &text)], &Options::default());
        warnings
            .into_iter()
            .filter(|note| !note.contains("accepts undescribed keys"))
            .collect::<Vec<_>>()
    };
    for keywords in [
        r#""minProperties": 0, "maxProperties": 50"#,
        r#""minProperties": 1, "allOf": [{}], "items": {}"#,
        r#""patternProperties": {}, "propertyNames": {"maxLength": 40}"#,
    ] {
        assert_eq!(said(keywords), [""; 0], "{keywords}");
    }
    for (keywords, named) in [
        (
            r#""minProperties": 2, "maxProperties": 50"#,
            "`minProperties`",
        ),
        (
            r#""additionalProperties": false, "patternProperties": {"^x": {"type": "string"}}"#,
            "`patternProperties`",
        ),
        (
            r#""additionalProperties": {"type": "string"}, "allOf": [true]"#,
            "`additionalProperties`",
        ),
    ] {
        assert_eq!(
            said(keywords),
            [format!(
                "a.b.json:1:42: a.b@1: can't express {named} of the metadata"
            )]
        );
    }
}

#[test]
fn descriptions_become_docs() {
    let text = r#"{"targets": [{"type": "t"}], "metadata": {"title": " Joined ", "description": "Somebody came.", "properties": {"a": {"type": "string", "description": "Why."}}}}"#;
    let (events, _) = expressed(&[("a.b.json", text)], &Options::default());
    assert_eq!(
        (
            events[0].docs.as_str(),
            events[0].metadata.fields[0].docs.as_str()
        ),
        ("Joined\n\nSomebody came.", "Why.")
    );
}

#[test]
fn one_line_says_what_is_open() {
    let open = r#"{"targets": [{"type": "t"}, {"type": "u", "metadata": {"additionalProperties": false}}], "metadata": {"type": "object", "required": ["x"]}}"#;
    let (_, warnings) = expressed(&[("a.b.json", open)], &Options::default());
    assert_eq!(
        warnings,
        [
            "a.b.json:1:1: a.b@1: accepts undescribed keys, and the types don't: metadata, metadata of the actor, metadata of target \"t\"",
            "a.b.json:1:102: a.b@1: required keys without a schema, not imported: `x`",
        ]
    );
    let flat = r#"{"action": "a.b", "targets": [{"type": "t"}], "metadata": {"x": "string"}}"#;
    assert_eq!(
        expressed(&[("a.b.json", flat)], &Options::default()).1,
        [""; 0],
        "a map says nothing about it"
    );
}

#[test]
fn maps_are_required_or_optional() {
    let flat = r#"{"action": "a.b", "targets": [{"type": "t", "metadata": {"type": "object", "properties": {"y": {"type": "string"}}, "required": ["y"], "additionalProperties": false}}], "metadata": {"x": "string"}}"#;
    for optional in [false, true] {
        let (events, _) = expressed(
            &[("a.b.json", flat)],
            &Options {
                optional,
                ..Options::default()
            },
        );
        assert_eq!(events[0].metadata.fields[0].optional, optional);
        assert!(
            !events[0].targets[0].1.fields[0].optional,
            "a schema says it"
        );
    }
}

#[test]
fn what_no_event_type_could_declare_is_left_out() {
    let targets: Vec<_> = (0..21)
        .map(|index| format!(r#"{{"type": "t{index}"}}"#))
        .collect();
    let many = format!(r#"{{"targets": [{}]}}"#, targets.join(","));
    let keys: Vec<_> = (0..51)
        .map(|index| format!(r#""k{index}": "string""#))
        .collect();
    let full = format!(
        r#"{{"targets": [{{"type": "t", "metadata": {{{}}}}}]}}"#,
        keys.join(",")
    );
    for (file, text, why) in [
        (
            "bad action.json",
            r#"{"action": "bad action", "targets": [{"type": "t"}]}"#,
            "\"bad action\" is not a valid action",
        ),
        (
            "a.b.json",
            r#"{"action": "a/b", "targets": [{"type": "t"}]}"#,
            "\"a/b\" is not a valid action",
        ),
        ("a.b.json", r#"{"targets": []}"#, "0 target types"),
        ("a.b.json", &many, "21 target types"),
        (
            "a.b.json",
            r#"{"targets": [{"type": "a\"b"}]}"#,
            "\"a\\\"b\" is not a valid target type",
        ),
        (
            "a.b.json",
            r#"{"targets": [{"type": ""}]}"#,
            "\"\" is not a valid target type",
        ),
        ("a.b.json", &full, "51 metadata keys of target \"t\""),
    ] {
        let (events, warnings) = expressed(&[(file, text)], &Options::default());
        assert!(events.is_empty() && warnings.len() == 1, "{warnings:?}");
        assert!(
            warnings[0].contains(&format!("not imported: {why}")),
            "{warnings:?}"
        );
    }
}

#[test]
fn one_version_becomes_a_type_or_all() {
    let of = |version: u32, key: &str| {
        format!(
            r#"{{"version": {version}, "action": "a.b", "targets": [{{"type": "t"}}], "metadata": {{"{key}": "string"}}}}"#
        )
    };
    let files = [
        ("x.json", of(2, "x")),
        ("y.json", of(10, "y")),
        ("z.json", of(10, "y")),
        ("w.json", of(10, "w")),
        ("v.json", of(1, "v")),
    ];
    let files: Vec<_> = files
        .iter()
        .map(|(file, text)| (*file, text.as_str()))
        .collect();
    let (events, mut warnings) = expressed(&files, &Options::default());
    warnings.sort();
    assert_eq!(
        events
            .iter()
            .map(|event| event.origin.version)
            .collect::<Vec<_>>(),
        [10]
    );
    assert_eq!(
        warnings,
        [
            "v.json:1:1: a.b@1: not imported: version 10 is newer; `--all-versions` imports both",
            "w.json:1:1: a.b@10: not imported: y.json:1:1 declares this version with a different schema",
            "x.json:1:1: a.b@2: not imported: version 10 is newer; `--all-versions` imports both",
        ]
    );
    let (events, warnings) = expressed(
        &files,
        &Options {
            all_versions: true,
            ..Options::default()
        },
    );
    assert_eq!(
        (
            events
                .iter()
                .map(|event| event.origin.version)
                .collect::<Vec<_>>(),
            warnings.len()
        ),
        (vec![1, 2, 10], 1)
    );
}
