//! The table: add and remove × required and optional × open and closed, types, enums, lengths, targets. Each row has what is found and both classes.

use super::*;

/// A row: the root metadata before and after, the rules that are found, backward and forward compatible.
type Row = (
    &'static str,
    &'static str,
    &'static [&'static str],
    bool,
    bool,
);

const CLOSED: &str = r#""additionalProperties": false, "#;
const STRINGS: &str = r#""additionalProperties": {"type": "string"}, "#;

#[rustfmt::skip]
const METADATA: &[Row] = &[
    // A key is added: closed, open before, opened, closed on the way.
    ("closed {}",              "closed {a}",             &["key-added-optional"],                  true,  false),
    ("closed {}",              "closed {a!}",            &["key-added-required"],                  false, false),
    ("open {}",                "open {a}",               &["key-added-optional"],                  false, true),
    ("open {}",                "open {a!}",              &["key-added-required"],                  false, true),
    ("open {}",                "open {a: {}}",           &["key-added-optional"],                  true,  true),
    ("open {}",                "open {a!: {}}",          &["key-added-required"],                  false, true),
    ("closed {}",              "open {a}",               &["object-opened", "key-added-optional"], true,  false),
    ("closed {}",              "open {a!}",              &["object-opened", "key-added-required"], false, false),
    ("open {}",                "closed {a}",             &["object-closed", "key-added-optional"], false, true),
    ("open {}",                "closed {a!}",            &["object-closed", "key-added-required"], false, true),
    // A key is removed: the same, seen from the other side.
    ("closed {a}",             "closed {}",              &["key-removed"],                         false, true),
    ("closed {a!}",            "closed {}",              &["key-removed"],                         false, false),
    ("open {a}",               "open {}",                &["key-removed"],                         true,  false),
    ("open {a!}",              "open {}",                &["key-removed"],                         true,  false),
    ("open {a: {}}",           "open {}",                &["key-removed"],                         true,  true),
    ("open {a!: {}}",          "open {}",                &["key-removed"],                         true,  false),
    ("open {a}",               "closed {}",              &["object-closed", "key-removed"],        false, true),
    ("open {a!}",              "closed {}",              &["object-closed", "key-removed"],        false, false),
    ("closed {a}",             "open {}",                &["object-opened", "key-removed"],        true,  false),
    ("closed {a!}",            "open {}",                &["object-opened", "key-removed"],        true,  false),
    // Required and optional, open and closed.
    ("closed {a}",             "closed {a!}",            &["key-required"],                        false, true),
    ("closed {a!}",            "closed {a}",             &["key-optional"],                        true,  false),
    ("open {a}",               "open {a!}",              &["key-required"],                        false, true),
    ("open {a!}",              "open {a}",               &["key-optional"],                        true,  false),
    ("open {a}",               "closed {a}",             &["object-closed"],                       false, true),
    ("closed {a}",             "open {a}",               &["object-opened"],                       true,  false),
    // Types.
    ("closed {a: integer}",    "closed {a: number}",     &["type-widened"],                        true,  false),
    ("closed {a: number}",     "closed {a: integer}",    &["type-narrowed"],                       false, true),
    ("closed {a: integer}",    "closed {a: string}",     &["type-changed"],                        false, false),
    ("closed {a: boolean}",    "closed {a: string}",     &["type-changed"],                        false, false),
    ("closed {a: string}",     "closed {a: {}}",         &["type-widened"],                        true,  false),
    ("closed {a: {}}",         "closed {a: string}",     &["type-narrowed"],                       false, true),
    // Enums.
    ("closed {a: string}",     "closed {a: x|y}",        &["enum-added"],                          false, true),
    ("closed {a: max 1}",      "closed {a: x|yy}",       &["enum-added"],                          false, false),
    ("closed {a: x|y}",        "closed {a: string}",     &["enum-removed"],                        true,  false),
    ("closed {a: x|yy}",       "closed {a: max 1}",      &["enum-removed"],                        false, false),
    ("closed {a: x|y}",        "closed {a: x|y|z}",      &["enum-value-added"],                    true,  false),
    ("closed {a: x|y|z}",      "closed {a: x|y}",        &["enum-value-removed"],                  false, true),
    ("closed {a: x|y}",        "closed {a: x|z}",        &["enum-value-added", "enum-value-removed"], false, false),
    ("closed {a: integer}",    "closed {a: x|y}",        &["enum-added", "type-changed"],          false, false),
    // Lengths.
    ("closed {a: string}",     "closed {a: max 64}",     &["max-length-lowered"],                  false, true),
    ("closed {a: max 64}",     "closed {a: string}",     &["max-length-raised"],                   true,  false),
    ("closed {a: max 64}",     "closed {a: max 63}",     &["max-length-lowered"],                  false, true),
    ("closed {a: max 63}",     "closed {a: max 64}",     &["max-length-raised"],                   true,  false),
    ("closed {a: string}",     "closed {a: max 500}",    &[],                                      true,  true),
    ("closed {a: max 500}",    "closed {a: string}",     &[],                                      true,  true),
    ("closed {a: max 600}",    "closed {a: max 700}",    &[],                                      true,  true),
    ("closed {a: integer}",    "closed {a: max 64}",     &["type-changed"],                        false, false),
    // An object that isn't declared at all.
    ("absent",                 "open {}",                &["object-declared"],                     false, true),
    ("open {}",                "absent",                 &["object-undeclared"],                   true,  false),
    ("absent",                 "closed {}",              &["object-declared", "object-closed"],    false, true),
    // Other keys are accepted, of one type only.
    ("string {a}",             "string {a, b}",          &["key-added-optional"],                  true,  true),
    ("string {a}",             "string {a, b!}",         &["key-added-required"],                  false, true),
    ("string {a}",             "string {a, b: integer}", &["key-added-optional"],                  false, false),
    ("string {a}",             "string {a, b: max 2}",   &["key-added-optional"],                  false, true),
    ("string {a, b}",          "string {a}",             &["key-removed"],                         true,  true),
    ("open {}",                "string {}",              &["constraint-added"],                    false, true),
    ("string {}",              "open {}",                &["constraint-removed"],                  true,  false),
    ("string {}",              "closed {}",              &["object-closed"],                       false, true),
    ("closed {}",              "string {}",              &["object-opened"],                       true,  false),
    // Keywords that say nothing, or the same in another way.
    ("closed {a: string}",     "closed {a: min 0}",      &[],                                      true,  true),
    ("closed {a: const x}",    "closed {a: x}",          &[],                                      true,  true),
    ("closed {a: const x}",    "closed {a: x|y}",        &["enum-value-added"],                    true,  false),
    // What the derives don't know.
    ("closed {a: string}",     "closed {a: min 3}",      &["constraint-added"],                    false, true),
    ("closed {a: min 3}",      "closed {a: string}",     &["constraint-removed"],                  true,  false),
    ("closed {a: min 3}",      "closed {a: min 4}",      &["constraint-changed"],                  false, true),
    ("closed {a: min 4}",      "closed {a: min 3}",      &["constraint-changed"],                  true,  false),
    // Keywords that say which keys are described: nothing can be said of the others.
    ("closed {}",              "closed {} x_",           &["not-comparable"],                      false, false),
    ("closed {} x_",           "closed {}",              &["not-comparable"],                      false, false),
    ("closed {} x_",           "closed {a} x_",          &["not-comparable"],                      false, false),
    ("closed {a} x_",          "closed {a!} x_",         &["key-required"],                        false, true),
    ("closed {a: max 5} x_",   "closed {a: max 3} x_",   &["max-length-lowered"],                  false, true),
    // Nothing.
    ("closed {a!, b: x|y}",    "closed {b: y|x, a!}",    &[],                                      true,  true),
];

/// Targets before and after.
#[rustfmt::skip]
const TARGETS: &[Row] = &[
    ("team",      "team user", &["target-added"],                   false, false),
    ("team user", "team",      &["target-removed"],                 false, false),
    ("team",      "user",      &["target-added", "target-removed"], false, false),
    ("team user", "user team", &[],                                 true,  true),
];

/// `closed {a!, b: x|y} x_` as a JSON Schema; `x_` is what other keys may begin with, `string` in place of `closed` that they are strings.
fn metadata(words: &str) -> String {
    if words == "absent" {
        return "null".into();
    }
    let (words, patterns) = match words.strip_suffix(" x_") {
        Some(words) => (words, r#""patternProperties": {"^x_": {}}, "#),
        None => (words, ""),
    };
    let (content, keys) = words.split_once(" {").expect("a mode and keys");
    let keys: Vec<_> = keys
        .strip_suffix('}')
        .expect("a brace")
        .split(", ")
        .filter(|key| !key.is_empty())
        .collect();
    let named = |key: &str| key.split(['!', ':']).next().expect("a name").to_owned();
    let properties: Vec<_> = keys
        .iter()
        .map(|key| format!("{:?}: {}", named(key), value(key)))
        .collect();
    let required: Vec<_> = keys
        .iter()
        .filter(|key| key.contains('!'))
        .map(|key| format!("{:?}", named(key)))
        .collect();
    let rest = match content {
        "closed" => CLOSED,
        "string" => STRINGS,
        _ => "",
    };
    format!(
        "{{{rest}{patterns}\"properties\": {{{}}}, \"required\": [{}], \"type\": \"object\"}}",
        properties.join(", "),
        required.join(", ")
    )
}

fn value(key: &str) -> String {
    let words = key.split_once(": ").map_or("string", |(_, words)| words);
    match words.split_once(' ') {
        _ if words == "{}" => "{}".into(),
        Some(("max", length)) => format!(r#"{{"maxLength": {length}, "type": "string"}}"#),
        Some(("const", value)) => format!(r#"{{"const": "{value}"}}"#),
        Some(("min", length)) => format!(r#"{{"minLength": {length}, "type": "string"}}"#),
        _ if words == "x" || words.contains('|') => {
            format!(
                r#"{{"enum": ["{}"], "type": "string"}}"#,
                words.replace('|', "\", \"")
            )
        }
        _ => format!(r#"{{"type": "{words}"}}"#),
    }
}

fn body(metadata: &str, targets: &str) -> Body {
    let targets: Vec<_> = targets
        .split(' ')
        .map(|kind| format!(r#"{{"type": "{kind}"}}"#))
        .collect();
    let metadata = if metadata == "null" {
        String::new()
    } else {
        format!(r#""metadata": {metadata}, "#)
    };
    Body::parse(&format!(
        r#"{{{metadata}"targets": [{}]}}"#,
        targets.join(", ")
    ))
    .expect("a body")
}

#[track_caller]
fn holds(old: &Body, new: &Body, (before, after, rules, backward, forward): Row) {
    let changes = bodies(old, new);
    let mut found: Vec<_> = changes.iter().map(|change| change.rule).collect();
    let mut expected = rules.to_vec();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected, "{before} → {after}");
    assert_eq!(
        Class::of(&changes),
        Class { backward, forward },
        "{before} → {after}"
    );
}

#[test]
fn every_row_holds() {
    for row in METADATA {
        holds(
            &body(&metadata(row.0), "team"),
            &body(&metadata(row.1), "team"),
            *row,
        );
    }
    for row in TARGETS {
        holds(&body("{}", row.0), &body("{}", row.1), *row);
    }
}

#[test]
fn every_rule_has_a_row() {
    let rows: BTreeSet<_> = METADATA
        .iter()
        .chain(TARGETS)
        .flat_map(|row| row.2)
        .copied()
        .collect();
    assert_eq!(rows, ALL.iter().map(|rule| rule.name).collect());
}
