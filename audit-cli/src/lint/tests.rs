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

#[test]
fn strings_have_limits() {
    let record = event("a.b", 1)
        .string("free")
        .field(field("short", STRING).max_len(500))
        .field(field("state", STRING).value("on", ""))
        .field(field("on", BOOLEAN))
        .integer("count");
    assert_eq!(
        found("unbounded-string = \"deny\"", [record]),
        [
            "error unbounded-string src/lib.rs:0 free: a.b version 1: the string `free` has no limit of its own"
        ]
    );
    // The record doesn't tell an open enum from a string, and `max_len` is an error there.
    let config = Config::parse("[lints]\nunbounded-string = \"deny\"\n").expect("settings");
    let help = &run(&config.lints, &catalogue([event("a.b", 1).string("free")]))[0].help;
    assert!(
        help.contains("or close the enum where it is an `open` one"),
        "{help}"
    );
}

#[test]
fn events_and_keys_are_described() {
    let record = |docs: &str| {
        event("a.b", 1)
            .docs(docs)
            .field(field("said", STRING).docs("Why."))
            .field(field("blank", STRING).docs("  ").at("src/x.rs", 5))
    };
    let of_key = "error missing-description src/x.rs:5 blank: a.b version 1: the key `blank` has no doc comment";
    assert_eq!(
        found("missing-description = \"deny\"", [record("Said.")]),
        [of_key]
    );
    assert_eq!(
        found("missing-description = \"deny\"", [record("")]),
        [
            "error missing-description src/lib.rs:1 : a.b version 1: the event has no doc comment",
            of_key
        ]
    );
}

/// The advice is at the field, whatever stands before its key.
#[test]
fn what_a_field_lacks_is_said_once_behind_all_its_prefixes() {
    let of = |key: &str, prefix: &str| {
        field(&format!("{prefix}{key}"), STRING)
            .at("src/x.rs", 5)
            .of_group("Request", prefix)
    };
    let twice = event("a.b", 1)
        .docs("Said.")
        .field(of("city", "billed_"))
        .field(of("city", "paid_"))
        .field(of("zip", "paid_"));
    let once = event("a.c", 1).docs("Said.").field(of("city", ""));
    let lints = "missing-description = \"deny\"\nunbounded-string = \"warn\"";
    let said = |lint: &str, key: &str, more: &str, text: &str| {
        format!("{lint} src/x.rs:5 {key}: a.b version 1{more}: {text}")
    };
    let (unbounded, blank) = ("warning unbounded-string", "error missing-description");
    assert_eq!(
        found(lints, [twice, once]),
        [
            said(
                unbounded,
                "billed_city",
                " and 1 more event",
                "the string `billed_city` has no limit of its own"
            ),
            said(
                unbounded,
                "paid_zip",
                "",
                "the string `paid_zip` has no limit of its own"
            ),
            said(
                blank,
                "billed_city",
                " and 1 more event",
                "the key `billed_city` has no doc comment"
            ),
            said(
                blank,
                "paid_zip",
                "",
                "the key `paid_zip` has no doc comment"
            ),
        ]
    );
}

#[test]
fn the_key_of_a_split_has_no_author() {
    let mut split = entry(event("a.b", 1).docs("Said.").string("batch_id"));
    split.event.split = Some("batch_id".into());
    let config =
        Config::parse("[lints]\nmissing-description = \"deny\"\nunbounded-string = \"deny\"\n")
            .expect("settings");
    assert!(run(&config.lints, &Catalogue::new(vec![split])).is_empty());
}

#[test]
fn a_key_has_one_type_and_both_places_are_named() {
    let of =
        |action: &str, json, line| event(action, 1).field(field("size", json).at("src/x.rs", line));
    assert_eq!(
        found(
            "key-types = \"deny\"",
            [
                of("a.b", STRING, 1),
                of("a.c", INTEGER, 2),
                of("a.d", INTEGER, 3)
            ]
        ),
        [
            "error key-types src/x.rs:1 size: a.b version 1: the key `size` is a string (src/x.rs:1), but an integer in a.c version 1 (src/x.rs:2)"
        ]
    );
    assert_eq!(
        found(
            "key-types = \"deny\"",
            [of("a.b", STRING, 1), of("a.c", INTEGER, 2)]
        ),
        [
            "error key-types src/x.rs:2 size: a.c version 1: the key `size` is an integer (src/x.rs:2), but a string in a.b version 1 (src/x.rs:1)"
        ]
    );
    assert!(
        found(
            "key-types = \"deny\"",
            [of("a.b", STRING, 1), of("a.c", STRING, 2)]
        )
        .is_empty()
    );
    let elsewhere = event("a.c", 1).actor(entity(
        Some("user"),
        "User",
        "",
        None,
        &[fields(&[field("size", INTEGER)])],
    ));
    assert!(
        found("key-types = \"deny\"", [of("a.b", STRING, 1), elsewhere]).is_empty(),
        "an actor's key is another column"
    );
}

#[test]
fn two_targets_of_one_type_are_told_apart_by_nothing() {
    let folder = || entity(Some("folder"), "Folder", "", None, &[]);
    let record = |last: Record| last.target("team", entity(Some("team"), "Team", "", None, &[]));
    assert_eq!(
        found(
            "ambiguous-targets = \"deny\"",
            [record(event("a.b", 1)).target("folder", folder())]
        ),
        [
            "error ambiguous-targets src/lib.rs:0 : a.b version 1: the targets `team`, `team` are both of type \"team\", and nothing in the event tells them apart"
        ]
    );
    let apart = event("a.b", 1)
        .target("source_folder", folder())
        .target("destination_folder", folder())
        .targets("team", folder());
    assert_eq!(found("ambiguous-targets = \"deny\"", [apart]), [""; 0]);
}

#[test]
fn keys_named_like_personal_data_are_sent_as_they_are() {
    let record = event("a.b", 1)
        .string("plan")
        .string("userEmail")
        .integer("pin")
        .integer("tokens")
        .field(field("token", BOOLEAN))
        .actor(user(&["phone"]));
    let of_user = "error unmarked-pii src/user.rs:7 phone: a.b version 1 and 1 more event: the key `phone` of the actor is named like personal data or a secret (phone) and is sent as it is";
    assert_eq!(
        found(
            "unmarked-pii = \"deny\"",
            [record, event("a.c", 1).actor(user(&["phone"]))]
        ),
        [
            "error unmarked-pii src/lib.rs:0 userEmail: a.b version 1: the key `userEmail` is named like personal data or a secret (email) and is sent as it is",
            "error unmarked-pii src/lib.rs:0 pin: a.b version 1: the key `pin` is named like personal data or a secret (pin) and is sent as it is",
            of_user,
        ]
    );
}
