//! What the rules are called, what they find, and whether their classes are true.

mod table;
mod truth;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::*;
use crate::testing::{STRING, entity, event, field, fields};

const RULES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/diff/rules");
const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rules");

fn names_in(folder: &str) -> BTreeSet<String> {
    let names = fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path());
    names.map(|path| path.file_stem().expect("a name").to_string_lossy().replace('_', "-")).filter(|name| name != "mod").collect()
}

fn fixture(rule: &str, side: &str) -> Body {
    let path = Path::new(FIXTURES).join(rule).join(side);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Body::parse(&text).unwrap_or_else(|problem| panic!("{}:{problem}", path.display()))
}

#[test]
fn rules_files_and_fixtures_are_the_same_set() {
    let rules: BTreeSet<_> = ALL.iter().map(|rule| rule.name.to_owned()).collect();
    assert_eq!(rules.len(), ALL.len(), "a name stands twice");
    assert!(ALL.is_sorted_by_key(|rule| rule.name));
    assert_eq!(rules, names_in(RULES));
    assert_eq!(rules, names_in(FIXTURES));
    assert!(ALL.iter().all(|rule| rule.summary.ends_with('.')));
}

#[test]
fn every_rule_is_documented() {
    let page = include_str!("../../../../docs/evolution.md");
    for rule in ALL {
        assert!(page.contains(&format!("| `{}` | {} |", rule.name, rule.summary)), "{}", rule.name);
    }
    for mode in evolution::NAMES {
        assert!(page.contains(&format!("`{mode}`")), "{mode}");
    }
}

#[test]
fn each_pair_of_fixtures_raises_its_rule_and_no_other() {
    for rule in ALL {
        let (old, new) = (fixture(rule.name, "old.json"), fixture(rule.name, "new.json"));
        let changes = bodies(&old, &new);
        let names: Vec<_> = changes.iter().map(|change| change.rule).collect();
        assert_eq!(names, [rule.name], "{changes:?}");
        assert_ne!(changes[0].class(), Class { backward: true, forward: true }, "{changes:?}");
        assert_eq!(bodies(&old, &old), [], "{}", rule.name);
    }
}

#[test]
fn a_change_reversed_has_its_class_reversed() {
    for rule in ALL {
        let (old, new) = (fixture(rule.name, "old.json"), fixture(rule.name, "new.json"));
        assert_eq!(Class::of(&bodies(&old, &new)), Class::of(&bodies(&new, &old)).reversed(), "{}", rule.name);
    }
}

#[test]
fn what_is_written_otherwise_and_means_the_same_is_no_change() {
    let body =
        |metadata: &str| Body::parse(&format!(r#"{{"targets": [{{"type": "team"}}], "metadata": {metadata}}}"#)).expect("a body");
    for (one, other) in [
        ("{}", r#"{"type": "object", "properties": {}, "additionalProperties": true}"#),
        (r#"{"title": "T", "description": "D"}"#, "{}"),
        (
            r#"{"properties": {"a": {"enum": ["x"]}}}"#,
            r#"{"properties": {"a": {"enum": ["x", 1], "type": "string", "maxLength": 5}}}"#,
        ),
        (r#"{"properties": {"a": {"type": ["string", "null"]}}}"#, r#"{"properties": {"a": {"type": "string"}}}"#),
    ] {
        assert_eq!(bodies(&body(one), &body(other)), [], "{one} {other}");
    }
    // The hash differs, so it is said; nothing else does.
    let changes = bodies(&body(r#"{"properties": {"a": {"maxLength": 500}}}"#), &body(r#"{"properties": {"a": {}}}"#));
    assert_eq!(
        changes.iter().map(|change| (change.rule, change.class().words())).collect::<Vec<_>>(),
        [("max-length-raised", "compatible")]
    );
}

#[test]
fn says_where_a_change_is() {
    let body = |of_actor: &str, of_target: &str| {
        let object = |keys: &str| format!(r#"{{"additionalProperties": false, "properties": {{{keys}}}}}"#);
        let text = format!(
            r#"{{"actor": {{"metadata": {}}}, "metadata": {}, "targets": [{{"type": "team", "metadata": {}}}]}}"#,
            object(of_actor),
            object(""),
            object(of_target)
        );
        Body::parse(&text).expect("a body")
    };
    let mut changes = bodies(&body("", ""), &body(r#""role": {"type": "string"}"#, r#""plan": {"type": "string"}"#));
    let places: Vec<_> = changes.iter().map(|change| (change.place.as_str(), change.message.as_str())).collect();
    assert_eq!(
        places,
        [
            ("actor.metadata", "`role` of the actor was added, optional"),
            ("targets[team].metadata", "`plan` of target \"team\" was added, optional"),
        ]
    );
    let plan = field("plan", STRING).at("src/team.rs", 7);
    let team = entity(Some("team"), "Team", "", None, &[fields(&[plan])]);
    let event = event("a.b", 1).without_targets().target("team", team).event();
    locate(&mut changes, &event);
    let lines: Vec<_> = changes.iter().map(|change| (change.location.file.as_deref(), change.location.line)).collect();
    assert_eq!(lines, [(Some("src/lib.rs"), Some(1)), (Some("src/team.rs"), Some(7))]);
}
