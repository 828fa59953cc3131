use super::*;
use crate::import::forms;

/// What becomes of files, and what is noted.
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

/// The kind that a schema of one key has, and what is noted beyond that the object is open.
fn property(schema: &str) -> (Option<Kind>, Vec<String>) {
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
            .map(|field| field.kind),
        warnings.collect(),
    )
}

fn choice(values: &[&str]) -> Kind {
    Kind::Choice(values.iter().map(ToString::to_string).collect())
}

#[test]
fn says_what_the_derives_can_say() {
    for (schema, kind) in [
        (r#"{"type": "string"}"#, Some(Kind::Text(None))),
        (
            r#"{"type": ["string", "null"], "maxLength": 500}"#,
            Some(Kind::Text(Some(500))),
        ),
        (r#"{"type": "integer"}"#, Some(Kind::Integer)),
        (r#"{"type": ["integer", "number"]}"#, Some(Kind::Number)),
        (r#"{"type": "boolean"}"#, Some(Kind::Boolean)),
        (r#"{"enum": [true, false]}"#, Some(Kind::Boolean)),
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
        (r#"{"anyOf": [{"type": "string"}]}"#, Some(Kind::Text(None))),
        (
            r#"{"oneOf": [{"type": "string"}, {"type": "null"}]}"#,
            Some(Kind::Text(None)),
        ),
        (
            r#"{"allOf": [{"type": "string", "maxLength": 9}, {"maxLength": 5}]}"#,
            Some(Kind::Text(Some(5))),
        ),
        (
            r#"{"oneOf": [{"const": "b"}, {"enum": ["a"]}, {"const": null}]}"#,
            Some(choice(&["a", "b"])),
        ),
        (
            r#"{"type": "string", "minLength": 0, "maxLength": 500, "minimum": 1, "allOf": []}"#,
            Some(Kind::Text(Some(500))),
        ),
        (
            r#"{"type": "number", "multipleOf": 1, "pattern": "x", "not": {"type": "string"}}"#,
            Some(Kind::Integer),
        ),
    ] {
        assert_eq!(property(schema), (kind, vec![]), "{schema}");
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn notes_what_they_cannot() {
    for (schema, kind, note) in [
        (
            r#"{"type": ["string", "boolean"]}"#,
            None,
            "\"a\" can be string or boolean, and a field has one type: it isn't imported, add it by hand",
        ),
        (
            "{}",
            None,
            "\"a\" can be any type, and a field has one type: it isn't imported, add it by hand",
        ),
        (
            r#"{"type": "string", "maxLength": 0}"#,
            Some(Kind::Text(None)),
            "`maxLength` 0 of \"a\" can't be expressed: a limit is 1 to 500 characters",
        ),
        (
            r#"{"type": "string", "maxLength": 501}"#,
            Some(Kind::Text(None)),
            "`maxLength` 501 of \"a\" can't be expressed: a limit is 1 to 500 characters",
        ),
        (
            r#"{"type": "number", "maxLength": 3}"#,
            Some(Kind::Number),
            "`maxLength` of \"a\" isn't kept: only free text has a limit",
        ),
        (
            r#"{"enum": ["x"], "maxLength": 3}"#,
            Some(choice(&["x"])),
            "`maxLength` of \"a\" isn't kept: only free text has a limit",
        ),
        (
            r#"{"type": "string", "pattern": "x", "minLength": 1}"#,
            Some(Kind::Text(None)),
            "`minLength`, `pattern` of \"a\" can't be expressed",
        ),
        (
            r#"{"type": "string", "default": "x", "title": 7}"#,
            Some(Kind::Text(None)),
            "`default`, `title` of \"a\" has no place in Rust, and isn't kept",
        ),
        (
            r#"{"type": "string", "enum": ["x", 1]}"#,
            Some(choice(&["x"])),
            "no value of \"a\" can be 1, which its `enum` lists",
        ),
        (
            r#"{"enum": [1, 2.5]}"#,
            Some(Kind::Number),
            "`enum` of \"a\" can't be expressed: 1, 2.5; only texts make an enum",
        ),
        (
            r#"{"enum": [true]}"#,
            Some(Kind::Boolean),
            "`enum` of \"a\" can't be expressed: true; only texts make an enum",
        ),
        (
            r#"{"enum": ["x", true]}"#,
            None,
            "`enum` of \"a\" mixes types (string or boolean), so it isn't imported: add it by hand",
        ),
        (
            r#"{"type": "integer", "allOf": [{"minimum": 0}]}"#,
            Some(Kind::Integer),
            "`minimum` of \"a\" can't be expressed",
        ),
        (
            r#"{"anyOf": [{"type": "string"}, {"type": "integer"}]}"#,
            None,
            "\"a\" can be string or integer, and a field has one type: it isn't imported, add it by hand",
        ),
        (
            r#"{"oneOf": [{"const": "a", "title": "A"}, {"const": "b", "title": "B"}]}"#,
            Some(choice(&["a", "b"])),
            "`title` in a part of \"a\" isn't kept",
        ),
        (
            r#"{"const": 1}"#,
            Some(Kind::Integer),
            "the list of values of \"a\" can't be expressed: 1; only texts make an enum",
        ),
        (
            r#"{"type": "string", "const": 1}"#,
            None,
            "\"a\" can have no value, so it isn't imported",
        ),
        (
            r#"{"enum": []}"#,
            None,
            "\"a\" can have no value, so it isn't imported",
        ),
        (
            "false",
            None,
            "\"a\" can have no value, so it isn't imported",
        ),
    ] {
        assert_eq!(property(schema), (kind, vec![note.to_owned()]), "{schema}");
    }
    let long = format!(r#"{{"enum": ["{}", "x"]}}"#, "y".repeat(501));
    let (kind, warnings) = property(&long);
    assert_eq!((kind, warnings.len()), (Some(choice(&["x"])), 1));
    assert!(warnings[0].chars().count() < 100, "{warnings:?}");
}

#[test]
fn keywords_of_an_object_that_refuse_nothing_arent_noted() {
    let said = |keywords: &str| {
        let text = format!(
            r#"{{"targets": [{{"type": "t"}}], "metadata": {{"properties": {{"a": {{"type": "string"}}}}, "required": ["a"], {keywords}}}}}"#
        );
        let (_, warnings) = expressed(&[("a.b.json", &text)], &Options::default());
        warnings
            .into_iter()
            .filter(|note| !note.contains("keys beyond those described"))
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
                "a.b.json:1:42: a.b@1: {named} of the metadata can't be expressed"
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
            "a.b.json:1:1: a.b@1: keys beyond those described are accepted (the event, the actor, target \"t\"), and the types accept none",
            "a.b.json:1:102: a.b@1: required and not described, so not imported: \"x\"",
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
            !events[0].targets[0].object.fields[0].optional,
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
            "\"bad action\" can't be an action",
        ),
        (
            "a.b.json",
            r#"{"action": "a/b", "targets": [{"type": "t"}]}"#,
            "\"a/b\" can't be an action",
        ),
        ("a.b.json", r#"{"targets": []}"#, "it has no targets"),
        ("a.b.json", &many, "it has 21 target types"),
        (
            "a.b.json",
            r#"{"targets": [{"type": "a\"b"}]}"#,
            "\"a\\\"b\" can't be a target type",
        ),
        (
            "a.b.json",
            r#"{"targets": [{"type": ""}]}"#,
            "\"\" can't be a target type",
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
        events.iter().map(|event| event.version).collect::<Vec<_>>(),
        [10]
    );
    assert_eq!(
        warnings,
        [
            "v.json:1:1: a.b@1: not imported, as there is version 10; `--all-versions` imports both",
            "w.json:1:1: a.b@10: not imported: y.json:1 declares the same version with another schema",
            "x.json:1:1: a.b@2: not imported, as there is version 10; `--all-versions` imports both",
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
            events.iter().map(|event| event.version).collect::<Vec<_>>(),
            warnings.len()
        ),
        (vec![1, 2, 10], 1)
    );
}
