mod fields;

use super::*;
use crate::config::Config;
use crate::finding::code;
use crate::testing::{BOOLEAN, INTEGER, Record, STRING, entity, entry, event, field, fields};

fn catalogue(records: impl IntoIterator<Item = Record>) -> Catalogue {
    Catalogue::new(records.into_iter().map(entry).collect())
}

/// What `[lints]` finds, each finding as `level code file:line key: message`.
#[track_caller]
fn found(lints: &str, records: impl IntoIterator<Item = Record>) -> Vec<String> {
    let config = Config::parse(&format!("[lints]\n{lints}\n")).expect("settings");
    let sentences = merged(run(&config.lints, &catalogue(records)))
        .into_iter()
        .map(|finding| {
            let Finding {
                code,
                level,
                key,
                message,
                location,
                help,
                ..
            } = finding;
            assert!(!help.is_empty() && code::ALL.contains(&code));
            let place = format!(
                "{}:{}",
                location.file.unwrap_or_default(),
                location.line.unwrap_or_default()
            );
            format!(
                "{} {} {place} {}: {message}",
                level.name(),
                code.name,
                key.unwrap_or_default()
            )
        });
    sentences.collect()
}

fn user(keys: &[&str]) -> Vec<u8> {
    let keys: Vec<_> = keys
        .iter()
        .map(|key| {
            field(key, STRING)
                .docs("A key.")
                .max_len(9)
                .at("src/user.rs", 7)
        })
        .collect();
    entity(Some("user"), "User", "", None, &[fields(&keys)])
}

#[test]
fn every_lint_has_a_code_of_its_name_once() {
    let mut names: Vec<_> = ALL.iter().map(|lint| lint.code.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), ALL.len());
    assert!(ALL.iter().all(|lint| code::ALL.contains(&lint.code)));
}

#[test]
fn looks_at_the_highest_version_only() {
    let records = || {
        [
            event("a.b", 1).string("Old"),
            event("a.b", 10),
            event("a.b", 9).string("Older"),
            event("c.d", 1).string("New"),
        ]
    };
    assert_eq!(
        found("key-case = \"deny\"", records()),
        ["error key-case src/lib.rs:0 New: c.d version 1: the key `New` isn't snake_case"]
    );
    assert!(found("key-case = \"allow\"", records()).is_empty());
}

#[test]
fn keys_of_actors_and_targets_count_too() {
    let inner = entity(None, "Who", "", None, &[user(&["Role"]), user(&["role"])]);
    let record = event("a.b", 1)
        .actor(inner)
        .target("folder", user(&["Size"]));
    assert_eq!(
        found("key-case = \"warn\"", [record]),
        [
            "warning key-case src/user.rs:7 Role: a.b version 1: the key `Role` of the actor isn't snake_case",
            "warning key-case src/user.rs:7 Size: a.b version 1: the key `Size` of target \"folder\" isn't snake_case",
        ]
    );
}

#[test]
fn what_events_share_is_reported_once() {
    let of = |action: &str| event(action, 2).actor(user(&["Role"]));
    assert_eq!(
        found("key-case = \"warn\"", [of("a.b"), of("a.c"), of("a.d")]),
        [
            "warning key-case src/user.rs:7 Role: a.b version 2 and 2 more events: the key `Role` of the actor isn't snake_case"
        ]
    );
    assert_eq!(
        found(
            "key-case = \"warn\"",
            [of("a.b").target("user", user(&["Role"])), of("a.c")]
        ),
        [
            "warning key-case src/user.rs:7 Role: a.b version 2 and 1 more event: the key `Role` of the actor isn't snake_case"
        ]
    );
    let unplaced = |action: &str| {
        event(action, 1)
            .field(field("Role", STRING).at("", 0))
            .at("", 0)
    };
    assert_eq!(
        found("key-case = \"warn\"", [unplaced("a.b"), unplaced("a.c")]).len(),
        2,
        "who knows where they are?"
    );
}

#[test]
fn actions_are_dotted_lower_case() {
    let what =
        "the action isn't two or more lower-case words joined by dots, such as user.signed_in";
    assert_eq!(
        found(
            "action-name = \"warn\"",
            [
                event("user.left", 1),
                event("agents:create", 1),
                event("LOGIN", 2).at("src/x.rs", 4)
            ]
        ),
        [
            format!("warning action-name src/x.rs:4 : LOGIN version 2: {what}"),
            format!("warning action-name src/lib.rs:1 : agents:create version 1: {what}")
        ]
    );
}

#[test]
fn actions_fit_the_pattern() {
    let lints = r#"action-pattern = { level = "deny", pattern = "^(user|team)[.]" }"#;
    assert_eq!(
        found(
            lints,
            [
                event("user.left", 1),
                event("superuser.left", 1).at("src/x.rs", 4),
                event("team.made", 1)
            ]
        ),
        [
            "error action-pattern src/x.rs:4 : superuser.left version 1: the action doesn't fit `^(user|team)[.]`"
        ]
    );
}

#[test]
fn every_event_has_the_targets_that_it_must() {
    let lints = r#"required-targets = { level = "deny", types = ["team", "workspace", "region"] }"#;
    let workspace = || entity(Some("workspace"), "Workspace", "", None, &[]);
    assert_eq!(
        found(
            lints,
            [
                event("a.b", 1),
                event("a.c", 1)
                    .at("src/x.rs", 2)
                    .target("workspace", workspace())
                    .target("region", workspace())
            ]
        ),
        [
            "error required-targets src/lib.rs:1 : a.b version 1: the target types `workspace`, `region` must be there"
        ]
    );
}

#[test]
fn metadata_objects_stay_small_each_by_itself() {
    let record = event("a.b", 1)
        .string("a")
        .string("b")
        .actor(user(&["a", "b", "c"]))
        .target("folder", user(&["a", "b"]));
    assert_eq!(
        found("max-keys = { level = \"warn\", max = 2 }", [record.clone()]),
        [
            "warning max-keys src/lib.rs:0 : a.b version 1: the metadata of the actor has 3 keys, at most 2 are agreed"
        ]
    );
    assert_eq!(
        found("max-keys = { level = \"warn\", max = 1 }", [record]).len(),
        3
    );
    assert_eq!(
        found(
            "max-keys = { level = \"warn\", max = 1 }",
            [event("a.b", 1).string("a").string("b")]
        ),
        [
            "warning max-keys src/lib.rs:1 : a.b version 1: the root metadata has 2 keys, at most 1 are agreed"
        ]
    );
}
