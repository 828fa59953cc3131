use super::*;
use crate::import::{Options, express, forms};

/// The plan for files, and the warnings.
fn planned(files: &[(&str, &str)], options: &Options) -> (Plan, Vec<String>) {
    let read = |(file, text): &(&str, &str)| {
        forms::read(file, text.as_bytes())
            .unwrap_or_else(|problem| panic!("{file}:{problem}"))
            .declared
    };
    let declared = files.iter().flat_map(read).collect();
    let events = express::all(declared, options, &mut Vec::new());
    let plan = plan(events, Vec::new());
    let warnings = plan.warnings.iter().map(ToString::to_string).collect();
    (plan, warnings)
}

fn map(targets: &str, metadata: &str) -> String {
    format!(r#"{{"targets": [{targets}], "metadata": {{{metadata}}}}}"#)
}

/// Each entity with its type and keys.
fn entities(plan: &Plan) -> Vec<String> {
    let idents = |entity: &Entity| {
        entity
            .keys
            .fields
            .iter()
            .map(|field| field.named.ident.clone())
            .collect::<Vec<_>>()
            .join(",")
    };
    plan.entities
        .iter()
        .map(|entity| format!("{} {} [{}]", entity.name, entity.kind, idents(entity)))
        .collect()
}

fn event<'p>(plan: &'p Plan, action: &str) -> &'p EventType {
    plan.events
        .iter()
        .find(|event| event.event.origin.action == action)
        .expect("an event")
}

#[test]
fn targets_of_one_type_and_schema_are_one_struct() {
    let rich = r#"{"type": "team"}, {"type": "document", "metadata": {"size": "number"}}"#;
    let bare = r#"{"type": "document"}"#;
    let files = [
        ("a.b.json", map(bare, "")),
        ("c.d.json", map(rich, "")),
        ("e.f.json", map(rich, "")),
        ("g.h.json", map(bare, "")),
    ];
    let files: Vec<_> = files
        .iter()
        .map(|(file, text)| (*file, text.as_str()))
        .collect();
    let (plan, warnings) = planned(&files, &Options::default());
    assert_eq!(
        entities(&plan),
        [
            "CDDocument document [size]",
            "Document document []",
            "Team team []"
        ],
        "the first has the plain name"
    );
    assert_eq!(
        (
            event(&plan, "e.f").targets[1].entity.as_str(),
            warnings.len()
        ),
        ("CDDocument", 0)
    );
}

#[test]
fn names_are_free_and_no_one_elses() {
    let targets = r#"{"type": "user_login"}, {"type": "option"}, {"type": "user_login_builder"}, {"type": "api_key"}, {"type": "apiKey"}, {"type": "日本"}, {"type": "2fa"}"#;
    let text = map(
        targets,
        r#""result": {"type": "string", "enum": ["ok"]}, "user": {"type": "string", "enum": ["x"]}"#,
    );
    let (plan, _) = planned(
        &[
            ("user.login.json", &text),
            ("user_login.x.json", &map(r#"{"type": "user"}"#, "")),
        ],
        &Options::default(),
    );
    assert_eq!(
        plan.entities
            .iter()
            .map(|entity| entity.name.as_str())
            .collect::<Vec<_>>(),
        [
            "ApiKey",
            "Entity",
            "Entity2fa",
            "User",
            "UserLoginApiKey",
            "UserLoginOption",
            "UserLoginUserLogin",
            "UserLoginUserLoginBuilder"
        ]
    );
    assert_eq!(
        plan.choices
            .iter()
            .map(|choice| choice.name.as_str())
            .collect::<Vec<_>>(),
        ["UserLoginResult", "UserLoginUser"]
    );
    assert_eq!(
        plan.events
            .iter()
            .map(|event| event.name.as_str())
            .collect::<Vec<_>>(),
        ["UserLogin", "UserLoginX"]
    );
}

#[test]
fn older_versions_say_which_they_are() {
    let of = |version: u32| {
        format!(
            r#"{{"version": {version}, "targets": [{{"type": "t"}}], "metadata": {{"k{version}": "string"}}}}"#
        )
    };
    let files = [
        ("a.b.json", of(1)),
        ("a.b.json", of(3)),
        ("a.b_v1.json", of(1)),
    ];
    let files: Vec<_> = files
        .iter()
        .map(|(file, text)| (*file, text.as_str()))
        .collect();
    let (plan, _) = planned(
        &files,
        &Options {
            all_versions: true,
            ..Options::default()
        },
    );
    let names: Vec<_> = plan
        .events
        .iter()
        .map(
            |EventType {
                 event: Event { origin, .. },
                 name,
                 ..
             }| (origin.action.as_str(), origin.version, name.as_str()),
        )
        .collect();
    assert_eq!(
        names,
        [
            ("a.b", 1, "ABV1_2"),
            ("a.b", 3, "AB"),
            ("a.b_v1", 1, "ABV1")
        ]
    );
}

#[test]
fn enums_of_the_same_values_are_one() {
    let roles = r#"{"type": "string", "enum": ["admin", "member"]}"#;
    let others = r#"{"type": "string", "enum": ["owner"]}"#;
    let first = map(
        r#"{"type": "t"}"#,
        &format!(r#""previous_role": {roles}, "newRole": {roles}, "mode": {roles}"#),
    );
    let second = map(
        &format!(r#"{{"type": "user", "metadata": {{"role": {others}}}}}"#),
        &format!(r#""role": {roles}, "granted_scope": {others}"#),
    );
    let (plan, _) = planned(
        &[("a.b.json", &first), ("c.d.json", &second)],
        &Options::default(),
    );
    let lists: Vec<_> = plan
        .choices
        .iter()
        .map(|choice| format!("{} {}", choice.name, choice.variants.len()))
        .collect();
    assert_eq!(lists, ["ABRole 2", "Mode 2", "Role 1", "Scope 1"]);
    let value = |field: &KeyField| field.choice.clone();
    let of_first: Vec<_> = event(&plan, "a.b").keys.fields.iter().map(value).collect();
    assert_eq!(
        of_first,
        ["ABRole", "ABRole", "Mode"].map(|name| Some(name.into()))
    );
    assert_eq!(plan.entities[1].keys.fields[0].choice, Some("Role".into()));
}

#[test]
fn actors_with_metadata_have_a_struct_and_a_warning() {
    let of = |actor: &str, targets: &str| {
        format!(r#"{{"actor": {{"metadata": {{{actor}}}}}, "targets": [{targets}]}}"#)
    };
    let bare = r#"{"type": "team"}"#;
    let files = [
        ("a.b.json", of(r#""role": "string""#, bare)),
        ("c.d.json", of(r#""role": "string""#, bare)),
        ("e.f.json", of(r#""mfa": "boolean""#, bare)),
        ("g.h.json", of("", bare)),
    ];
    let files: Vec<_> = files
        .iter()
        .map(|(file, text)| (*file, text.as_str()))
        .collect();
    let (plan, warnings) = planned(&files, &Options::default());
    assert_eq!(
        entities(&plan),
        [
            "EFUserActor user [mfa]",
            "Team team []",
            "UserActor user [role]"
        ]
    );
    assert_eq!(
        plan.events
            .iter()
            .map(|event| event.actor.entity.as_str())
            .collect::<Vec<_>>(),
        ["UserActor", "UserActor", "EFUserActor", "Actor"]
    );
    assert_eq!(
        warnings,
        [
            "a.b.json:1:1: a.b@1: schemas don't contain the actor's type: `UserActor` assumes \"user\"; change it if others act",
            "e.f.json:1:1: e.f@1: schemas don't contain the actor's type: `EFUserActor` assumes \"user\"; change it if others act",
        ]
    );
    let same = of(
        r#""role": "string""#,
        r#"{"type": "user", "metadata": {"role": "string"}}"#,
    );
    let (plan, warnings) = planned(&[("a.b.json", &same)], &Options::default());
    assert_eq!(
        (entities(&plan), warnings.len()),
        (vec!["User user [role]".to_owned()], 1),
        "a target's struct does"
    );
}

#[test]
fn descriptions_are_kept_or_reported() {
    let of = |docs: &str, key: &str| {
        format!(
            r#"{{"targets": [{{"type": "t", "metadata": {{"description": "{docs}", "properties": {{"k": {{"type": "string", "description": "{key}"}}}}}}}}]}}"#
        )
    };
    let files = [
        ("a.b.json", of("", "")),
        ("c.d.json", of("One.", "Key.")),
        ("e.f.json", of("Two.", "Other.")),
    ];
    let files: Vec<_> = files
        .iter()
        .map(|(file, text)| (*file, text.as_str()))
        .collect();
    let (plan, warnings) = planned(&files, &Options::default());
    assert_eq!(
        (
            plan.entities[0].docs.as_str(),
            plan.entities[0].keys.fields[0].field.docs.as_str()
        ),
        ("One.", "Key.")
    );
    assert_eq!(
        plan.events
            .iter()
            .map(|event| event.targets[0].docs.as_str())
            .collect::<Vec<_>>(),
        ["", "", "Two."]
    );
    assert_eq!(warnings.len(), 1);
    assert!(
        warnings[0].starts_with("e.f.json:1:84: e.f@1: description of \"k\" of \"t\" dropped"),
        "{warnings:?}"
    );
}
