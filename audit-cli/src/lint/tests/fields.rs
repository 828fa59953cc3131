//! Lints of what single keys and fields are.

use super::*;

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
            "error unbounded-string src/lib.rs:0 free: a.b version 1: the key `free` is a string without a limit of its own"
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
                "the key `billed_city` is a string without a limit of its own"
            ),
            said(
                unbounded,
                "paid_zip",
                "",
                "the key `paid_zip` is a string without a limit of its own"
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
            "error ambiguous-targets src/lib.rs:0 : a.b version 1: the targets `team`, `team` have one type, \"team\", and nothing in the event tells them apart"
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
