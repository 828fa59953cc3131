//! What the rules are called, what they find, and whether their classes are true.

mod spelling;
mod table;
mod truth;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::rules::ALL;
use super::*;
use crate::testing::{STRING, entity, event, field, fields};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rules");

fn names_of_fixtures() -> BTreeSet<String> {
    let folders = fs::read_dir(FIXTURES).expect("a folder");
    let names = folders.map(|folder| folder.expect("a folder").file_name().into_string());
    names.collect::<Result<_, _>>().expect("names")
}

fn fixture(rule: &str, side: &str) -> Body {
    let path = Path::new(FIXTURES).join(rule).join(side);
    let text =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Body::parse(&text).unwrap_or_else(|problem| panic!("{}:{problem}", path.display()))
}

#[test]
fn rules_and_fixtures_are_the_same_set() {
    let rules: BTreeSet<_> = ALL.iter().map(|rule| rule.name.to_owned()).collect();
    assert_eq!(rules.len(), ALL.len(), "a name stands twice");
    assert!(ALL.is_sorted_by_key(|rule| rule.name));
    assert_eq!(rules, names_of_fixtures());
    assert!(ALL.iter().all(|rule| rule.summary.ends_with('.')));
}

#[test]
fn every_rule_is_documented() {
    let page = include_str!("../../../../docs/evolution.md");
    for rule in ALL {
        assert!(
            page.contains(&format!("| `{}` | {} |", rule.name, rule.summary)),
            "{}",
            rule.name
        );
    }
    for (mode, _) in evolution::VALUES {
        assert!(page.contains(&format!("`{mode}`")), "{mode}");
    }
}

#[test]
fn each_pair_of_fixtures_raises_its_rule_and_no_other() {
    for rule in ALL {
        let (old, new) = (
            fixture(rule.name, "old.json"),
            fixture(rule.name, "new.json"),
        );
        let changes = bodies(&old, &new);
        let names: Vec<_> = changes.iter().map(|change| change.rule).collect();
        assert_eq!(names, [rule.name], "{changes:?}");
        assert_ne!(
            changes[0].class,
            Class {
                backward: true,
                forward: true
            },
            "{changes:?}"
        );
        assert_eq!(bodies(&old, &old), [], "{}", rule.name);
    }
}

#[test]
fn a_change_reversed_has_its_class_reversed() {
    for rule in ALL {
        let (old, new) = (
            fixture(rule.name, "old.json"),
            fixture(rule.name, "new.json"),
        );
        let Class { backward, forward } = Class::of(&bodies(&new, &old));
        let reversed = Class {
            backward: forward,
            forward: backward,
        };
        assert_eq!(Class::of(&bodies(&old, &new)), reversed, "{}", rule.name);
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn what_is_written_otherwise_and_means_the_same_is_no_change() {
    let body = |metadata: &str| {
        Body::parse(&format!(
            r#"{{"targets": [{{"type": "team"}}], "metadata": {metadata}}}"#
        ))
        .expect("a body")
    };
    for (one, other) in [
        (
            "{}",
            r#"{"type": "object", "properties": {}, "additionalProperties": true}"#,
        ),
        (
            "{}",
            r#"{"type": ["object"], "required": [], "minProperties": 0, "additionalProperties": {}, "items": {}}"#,
        ),
        (r#"{"title": "T", "description": "D"}"#, "{}"),
        (
            "{}",
            r#"{"maxProperties": 50, "propertyNames": true, "patternProperties": {}, "$defs": {"a": {}}, "x-owner": "us"}"#,
        ),
        (
            r#"{"additionalProperties": false, "properties": {"a": {}}, "required": ["a"]}"#,
            r#"{"allOf": [{"additionalProperties": false, "properties": {"a": {}}, "required": ["a"], "minProperties": 1}]}"#,
        ),
    ] {
        assert_eq!(bodies(&body(one), &body(other)), [], "{one} {other}");
    }
    for (one, other) in [
        (
            r#"{"enum": ["x"]}"#,
            r#"{"enum": ["x", 1], "type": "string", "maxLength": 5}"#,
        ),
        (r#"{"enum": ["x"]}"#, r#"{"const": "x"}"#),
        (
            r#"{"const": 1}"#,
            r#"{"type": "integer", "const": 1.0, "pattern": "x"}"#,
        ),
        (r#"{"type": ["string", "null"]}"#, r#"{"type": "string"}"#),
        (
            r#"{"type": "string"}"#,
            r#"{"type": ["string"], "minLength": 0, "minimum": 3, "items": {}}"#,
        ),
        (
            r#"{"type": "string"}"#,
            r#"{"anyOf": [{"type": "string"}, {"type": "null"}], "title": "A", "default": null}"#,
        ),
        (
            r#"{"type": "string"}"#,
            r#"{"type": "string", "nullable": true, "if": {}, "not": {"type": "array"}}"#,
        ),
        (
            r#"{"type": "integer"}"#,
            r#"{"type": ["integer"], "minLength": 3, "multipleOf": 1}"#,
        ),
        (
            r#"{"type": "integer"}"#,
            r#"{"type": "number", "multipleOf": 1.0}"#,
        ),
        (
            r#"{"type": "number"}"#,
            r#"{"type": ["integer", "number"]}"#,
        ),
        (
            r#"{"type": ["string", "number"]}"#,
            r#"{"oneOf": [{"type": "number"}, {"type": "string"}]}"#,
        ),
        (
            r#"{"type": "integer", "minimum": 1}"#,
            r#"{"allOf": [{"type": "integer"}], "exclusiveMinimum": 0.0}"#,
        ),
        (
            r#"{"type": "integer", "minimum": 1, "maximum": 3}"#,
            r#"{"enum": [1, 2, 3.0]}"#,
        ),
        (r#"{"type": "boolean"}"#, r#"{"enum": [true, false]}"#),
        (
            r#"{"type": "string", "pattern": "^a", "maxLength": 5}"#,
            r#"{"allOf": [{"pattern": "^a"}], "type": "string", "maxLength": 5.0}"#,
        ),
        (
            r#"{"type": "string", "format": "uuid"}"#,
            r#"{"anyOf": [{"type": "string", "format": "uuid"}, {"type": "null"}]}"#,
        ),
        ("{}", "true"),
        (r#"{"not": {}}"#, "false"),
        (
            r#"{"type": "string"}"#,
            r#"{"type": "string", "maxLength": 500}"#,
        ),
        (
            r#"{"type": "integer"}"#,
            r#"{"type": "integer", "multipleOf": 0.5, "minimum": -9007199254740991, "maximum": 9007199254740991}"#,
        ),
        (
            r#"{"type": "integer", "multipleOf": 3}"#,
            r#"{"type": "integer", "multipleOf": 1.5}"#,
        ),
        (
            r#"{"type": "string", "not": {"enum": ["q"]}}"#,
            r#"{"type": "string", "not": {"const": "q"}}"#,
        ),
        (
            r#"{"type": "string"}"#,
            r#"{"type": "string", "if": {"const": "x"}, "then": true, "else": {}}"#,
        ),
        (
            r#"{"enum": ["x"]}"#,
            r#"{"enum": ["x"], "items": true, "contains": {}, "minContains": 0, "uniqueItems": false}"#,
        ),
        (
            r#"{"type": "string", "pattern": "a"}"#,
            r#"{"oneOf": [{"type": "integer", "const": "x"}, {"type": "string", "pattern": "a"}]}"#,
        ),
        (
            r#"{"allOf": [{"pattern": "a"}, {"pattern": "b"}]}"#,
            r#"{"pattern": "b", "allOf": [{"pattern": "a"}]}"#,
        ),
    ] {
        let of_key = |schema: &str| body(&format!(r#"{{"properties": {{"a": {schema}}}}}"#));
        assert_eq!(bodies(&of_key(one), &of_key(other)), [], "{one} {other}");
    }
}

#[test]
fn what_isnt_understood_is_named() {
    let body = |a: &str| {
        Body::parse(&format!(
            r#"{{"targets": [{{"type": "team"}}], "metadata": {{"properties": {{{a}}}}}}}"#
        ))
        .expect("a body")
    };
    for (one, other, message, class) in [
        (
            r#""a": {"type": "string"}"#,
            r#""a": {"type": "string", "pattern": "^x"}"#,
            r#"`pattern: "^x"` of `a` was added (`pattern` isn't compared)"#,
            Class::NARROWER,
        ),
        (
            r#""a": {"anyOf": [{"minLength": 1}, {"pattern": "x"}]}"#,
            r#""a": {}"#,
            "`a` may accept other things than before (`anyOf` isn't compared)",
            Class::WIDER,
        ),
        (
            "",
            r#""a": {"not": {"const": "x"}}"#,
            "`a` was added, optional (`not` isn't compared)",
            Class::NARROWER,
        ),
        (
            r#""a": {"type": "string", "pattern": "^x"}"#,
            r#""a": {"type": "integer"}"#,
            "`a` changed from string to integer (`pattern` isn't compared)",
            Class::OTHER,
        ),
        (
            r##""a": {"$ref": "#/$defs/x"}"##,
            r#""a": {"type": "string"}"#,
            "`a` may accept other things than before (`$ref` isn't compared)",
            Class::OTHER,
        ),
        (
            r##""a": {"$ref": "#/$defs/x", "$defs": {"x": {}}}"##,
            r##""a": {"$ref": "#/$defs/x", "$defs": {"x": {"type": "string"}}}"##,
            "`a` may accept other things than before (`$defs` isn't compared)",
            Class::OTHER,
        ),
        (
            r#""a": {"oneOf": [{"minLength": 1}, {"maxLength": 2}]}"#,
            r#""a": {"type": "string"}"#,
            "`a` may accept other things than before (`oneOf` isn't compared)",
            Class::OTHER,
        ),
    ] {
        let changes = bodies(&body(one), &body(other));
        let told: Vec<_> = changes
            .iter()
            .map(|change| {
                (
                    change.message.as_str(),
                    change.class,
                    change.unread.all().len(),
                )
            })
            .collect();
        assert_eq!(told, [(message, class, 1)]);
    }
    let changes = bodies(
        &body(r#""a": {"type": "string"}"#),
        &body(r#""a": {"type": "integer", "minimum": 1}"#),
    );
    assert!(
        changes.iter().all(|change| change.unread.all().is_empty()),
        "{changes:?}"
    );
}

#[test]
fn says_where_a_change_is() {
    let body = |of_actor: &str, of_target: &str| {
        let object =
            |keys: &str| format!(r#"{{"additionalProperties": false, "properties": {{{keys}}}}}"#);
        let text = format!(
            r#"{{"actor": {{"metadata": {}}}, "metadata": {}, "targets": [{{"type": "team", "metadata": {}}}]}}"#,
            object(of_actor),
            object(""),
            object(of_target)
        );
        Body::parse(&text).expect("a body")
    };
    let mut changes = bodies(
        &body("", ""),
        &body(
            r#""role": {"type": "string"}"#,
            r#""plan": {"type": "string"}"#,
        ),
    );
    let places: Vec<_> = changes
        .iter()
        .map(|change| (change.place.as_str(), change.message.as_str()))
        .collect();
    assert_eq!(
        places,
        [
            ("actor.metadata", "`role` of the actor was added, optional"),
            (
                "targets[team].metadata",
                "`plan` of target \"team\" was added, optional"
            ),
        ]
    );
    let plan = field("plan", STRING).at("src/team.rs", 7);
    let team = entity(Some("team"), "Team", "", None, &[fields(&[plan])]);
    let event = event("a.b", 1)
        .without_targets()
        .target("team", team)
        .event();
    locate(&mut changes, &event);
    let lines: Vec<_> = changes
        .iter()
        .map(|change| (change.location.file.as_deref(), change.location.line))
        .collect();
    assert_eq!(
        lines,
        [
            (Some("src/lib.rs"), Some(1)),
            (Some("src/team.rs"), Some(7))
        ]
    );
}
