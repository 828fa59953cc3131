use super::*;
use State::{Adopt, AdoptLooser, Changed, Create, Drift, Mangled, UpToDate};

/// A body whose root metadata has these keys, each a required string; closed, or open to any other.
fn body(keys: &[&str], open: bool) -> String {
    let properties: Vec<_> = keys
        .iter()
        .map(|key| format!("{key:?}: {{\"type\": \"string\"}}"))
        .collect();
    let required = if open {
        String::new()
    } else {
        format!(", \"required\": {keys:?}")
    };
    format!(
        "{{\"targets\": [{{\"type\": \"team\"}}], \"metadata\": {{\"type\": \"object\", \"additionalProperties\": {open}, \
         \"properties\": {{{}}}{required}}}}}",
        properties.join(", ")
    )
}

fn wanted(keys: &[&str]) -> LocalSchema {
    let text = body(keys, false);
    LocalSchema {
        sha256: crate::body::sha256(&text),
        body: Body::parse(&text).expect("a body"),
        text,
        event: None,
        file: None,
    }
}

fn closed(number: u32, keys: &[&str]) -> RemoteSchema {
    RemoteSchema::read(number, body(keys, false))
}

fn open(number: u32, keys: &[&str]) -> RemoteSchema {
    RemoteSchema::read(number, body(keys, true))
}

fn mangled(number: u32) -> RemoteSchema {
    let metadata = r#"{"type": "object", "properties": {"type": {"type": "object"}, "properties": {"type": {"a": {"type": "string"}}}}}"#;
    RemoteSchema::read(
        number,
        format!(r#"{{"targets": [{{"type": "team"}}], "metadata": {metadata}}}"#),
    )
}

/// `(declared, server, whose text)`
fn recorded(entries: &[(u32, u32, &LocalSchema)]) -> BTreeMap<u32, Registration> {
    let of = |(version, server, wanted): &(u32, u32, &LocalSchema)| {
        (
            *version,
            Registration {
                server: *server,
                sha256: wanted.sha256.clone(),
            },
        )
    };
    entries.iter().map(of).collect()
}

fn stands(
    wanted: &[(u32, &LocalSchema)],
    recorded: &BTreeMap<u32, Registration>,
    there: &[RemoteSchema],
) -> Vec<(State, Option<u32>)> {
    let stands = Action {
        local: wanted,
        registered: recorded,
        remote: there,
    }
    .matches();
    stands
        .into_iter()
        .map(|Match { state, server }| (state, server))
        .collect()
}

#[test]
fn what_isnt_there_is_created() {
    let one = wanted(&["a"]);
    assert_eq!(stands(&[(1, &one)], &recorded(&[]), &[]), [(Create, None)]);
    let two = wanted(&["a", "b"]);
    assert_eq!(
        stands(
            &[(1, &one), (2, &two)],
            &recorded(&[(1, 1, &one)]),
            &[closed(1, &["a"])]
        ),
        [(UpToDate, Some(1)), (Create, None)]
    );
}

#[test]
fn of_several_that_mean_the_same_the_recorded_one_is_taken_or_else_the_lowest() {
    let one = wanted(&["a"]);
    let there = [closed(1, &["b"]), closed(4, &["a"]), closed(5, &["a"])];
    assert_eq!(
        stands(&[(1, &one)], &recorded(&[]), &there),
        [(Adopt, Some(4))]
    );
    assert_eq!(
        stands(&[(1, &one)], &recorded(&[(1, 5, &one)]), &there),
        [(UpToDate, Some(5))]
    );
}

#[test]
fn another_form_of_the_same_is_the_same() {
    let text = r#"{"metadata": {"required": ["a"], "properties": {"a": {"description": "x", "type": "string"}}, "additionalProperties": false},
        "targets": [{"type": "team"}], "actor": {}}"#;
    let there = RemoteSchema::read(
        7,
        text.replace("{\"description\": \"x\", \"type\": \"string\"}", A_STRING),
    );
    assert_eq!(
        stands(
            &[(1, &wanted(&["a"]))],
            &recorded(&[]),
            &[RemoteSchema::read(7, text.into())]
        ),
        [(Adopt, Some(7))]
    );
    assert_eq!(
        stands(&[(1, &wanted(&["a"]))], &recorded(&[]), &[there]),
        [(Adopt, Some(7))]
    );
}

/// What other tools make of a string that may be `null`.
const A_STRING: &str = r#"{"anyOf": [{"type": ["string"], "minLength": 0.0, "maxLength": 500}, {"type": "null"}], "default": null}"#;

#[test]
fn an_object_without_a_schema_isnt_asked_for() {
    let with_actor =
        body(&["a"], false).replacen('{', r#"{"actor": {"metadata": {"type": "object"}}, "#, 1);
    let declared = LocalSchema {
        body: Body::parse(&with_actor).expect("a body"),
        ..wanted(&["a"])
    };
    let there = RemoteSchema::read(1, with_actor);
    assert_eq!(
        stands(
            &[(1, &declared)],
            &recorded(&[]),
            std::slice::from_ref(&there)
        ),
        [(Adopt, Some(1))]
    );
    assert_eq!(
        stands(&[(1, &declared)], &recorded(&[]), &[closed(1, &["a"])]),
        [(AdoptLooser, Some(1))]
    );
    assert_eq!(
        stands(&[(1, &wanted(&["a"]))], &recorded(&[]), &[there]),
        [(Drift, Some(1))]
    );
}

#[test]
fn a_looser_one_is_adopted_once_and_by_the_lowest() {
    let (one, two) = (wanted(&["a"]), wanted(&["a", "b"]));
    let there = [open(7, &[]), open(8, &["a"])];
    assert_eq!(
        stands(&[(1, &one)], &recorded(&[]), &there),
        [(AdoptLooser, Some(8))],
        "the newest is nearest"
    );
    assert_eq!(
        stands(&[(1, &one), (2, &two)], &recorded(&[]), &there),
        [(AdoptLooser, Some(8)), (Create, None)]
    );
    assert_eq!(
        stands(&[(1, &one), (2, &two)], &recorded(&[(1, 8, &one)]), &there),
        [(UpToDate, Some(8)), (Create, None)],
        "who raised a version meant another schema, although version 7 accepts it"
    );
    assert_eq!(
        stands(&[(2, &two)], &recorded(&[(1, 8, &one)]), &there),
        [(Create, None)],
        "what a version held that isn't wanted any more isn't free"
    );
}

#[test]
fn without_registrations_versions_are_found_again() {
    let (one, two) = (wanted(&["a"]), wanted(&["a", "b"]));
    let there = [open(8, &["a"]), closed(9, &["a", "b"])];
    assert_eq!(
        stands(&[(1, &one), (2, &two)], &recorded(&[]), &there),
        [(AdoptLooser, Some(8)), (Adopt, Some(9))]
    );
}

#[test]
fn what_refuses_an_event_stands_for_nothing() {
    let one = wanted(&["a"]);
    for there in [
        closed(1, &["b"]),
        closed(1, &["a", "b"]),
        closed(1, &[]),
        RemoteSchema::read(1, "{\"targets\": []}".into()),
    ] {
        assert_eq!(
            stands(&[(1, &one)], &recorded(&[]), &[there]),
            [(Drift, Some(1))]
        );
    }
    let other_target = body(&["a"], true).replace("team", "user");
    assert_eq!(
        stands(
            &[(1, &one)],
            &recorded(&[]),
            &[RemoteSchema::read(1, other_target)]
        ),
        [(Drift, Some(1))]
    );
}

#[test]
fn what_cant_be_read_stands_for_nothing() {
    let one = wanted(&["a"]);
    let nested =
        r#"{"targets": [{"type": "team"}], "metadata": {"properties": {"b": {"type": "object"}}}}"#;
    let there = RemoteSchema::read(1, nested.into());
    assert!(there.body.is_err());
    assert_eq!(
        stands(&[(1, &one)], &recorded(&[]), &[there]),
        [(Drift, Some(1))]
    );
    let examples = r#"{"targets": [{"type": "team"}], "metadata": {"properties": {"a": {"type": 10}, "b": {"type": true}}}}"#;
    let there = RemoteSchema::read(1, examples.into());
    assert_eq!(
        there
            .body
            .as_ref()
            .err()
            .map(|problem| problem.message.as_str()),
        Some("`properties` has example values in place of types: \"a\" (integer), \"b\" (boolean)")
    );
    assert_eq!(
        stands(&[(1, &one)], &recorded(&[]), &[there]),
        [(Drift, Some(1))]
    );
}

#[test]
fn the_vendors_accident_is_called_so() {
    let one = wanted(&["a"]);
    assert_eq!(
        stands(&[(1, &one)], &recorded(&[]), &[mangled(3)]),
        [(Mangled, Some(3))]
    );
    assert_eq!(
        stands(
            &[(1, &one)],
            &recorded(&[]),
            &[mangled(3), closed(4, &["a"])]
        ),
        [(Adopt, Some(4))]
    );
}

#[test]
fn registrations_that_arent_true_are_not_believed() {
    let one = wanted(&["a"]);
    let recorded = recorded(&[(1, 3, &one)]);
    assert_eq!(
        stands(
            &[(1, &one)],
            &recorded,
            &[closed(2, &["a"]), closed(3, &["b"])]
        ),
        [(Adopt, Some(2))]
    );
    assert_eq!(
        stands(&[(1, &one)], &recorded, &[closed(3, &["b"])]),
        [(Drift, Some(3))]
    );
    assert_eq!(
        stands(&[(1, &one)], &recorded, &[closed(2, &["b"])]),
        [(Drift, Some(2))]
    );
    assert_eq!(stands(&[(1, &one)], &recorded, &[]), [(Drift, None)]);
    assert_eq!(
        stands(&[(1, &one)], &recorded, &[open(3, &["a"])]),
        [(UpToDate, Some(3))],
        "it was adopted as a looser one"
    );
}

#[test]
fn a_changed_file_isnt_registered_under_its_old_name() {
    let (one, changed) = (wanted(&["a"]), wanted(&["a", "b"]));
    let recorded = recorded(&[(1, 3, &one)]);
    for there in [
        vec![closed(3, &["a"])],
        vec![open(3, &["a"])].into_iter().take(0).collect(),
        vec![closed(3, &["a"]), closed(4, &["a", "b"])],
    ] {
        assert_eq!(
            stands(&[(1, &changed)], &recorded, &there),
            [(Changed, Some(3))]
        );
    }
}

#[test]
fn what_accepts_the_same_is_another_body_all_the_same() {
    let one = wanted(&["a"]);
    let text = one.text.replace(
        r#""type": "string""#,
        r#""maxLength": 500, "type": "string""#,
    );
    let bounded = LocalSchema {
        sha256: crate::body::sha256(&text),
        body: Body::parse(&text).expect("a body"),
        text,
        event: None,
        file: None,
    };
    let there = [closed(3, &["a"])];
    assert_eq!(
        compatibility(&bounded, &there[0]),
        Some(Compatibility::Same)
    );
    assert_eq!(
        stands(&[(1, &bounded)], &recorded(&[]), &there),
        [(Adopt, Some(3))]
    );
    assert_eq!(
        stands(&[(1, &bounded)], &recorded(&[(1, 3, &one)]), &there),
        [(Changed, Some(3))]
    );
}

#[test]
fn what_another_environment_has_recorded_isnt_registered_anew() {
    use crate::registration::LocalSchemas;
    use crate::registration::Plan;
    use crate::registration::RemoteState;

    let one = wanted(&["a"]);
    let all = LocalSchemas::from([(("a.b".to_owned(), 1), one.clone())]);
    let known = BTreeMap::from([("a.b".to_owned(), recorded(&[(1, 3, &one)]))]);
    let is_of_another = |known: &BTreeMap<_, _>, there: &RemoteState| {
        Plan::of(&all, known, there).looks_like_other_environment
    };
    let with = |action: &str| RemoteState {
        actions: BTreeMap::from([(action.to_owned(), vec![closed(9, &["a"])])]),
        ..RemoteState::default()
    };
    assert!(is_of_another(&known, &RemoteState::default()) && is_of_another(&known, &with("c.d")));
    assert!(
        !is_of_another(&known, &with("a.b"))
            && !is_of_another(&BTreeMap::new(), &RemoteState::default())
    );
}
