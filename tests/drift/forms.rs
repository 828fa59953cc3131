//! Files that aren't in the canonical form: what they hold is for a reader of JSON to say, and the error claims nothing of it.

use super::package::Package;
use super::{BODY, FILE};

/// Whether that is said, and where more is.
fn is_said(error: &str) -> bool {
    let what = "holds: the file isn't in the canonical form that `export` writes\n";
    let help = |rest: &str| {
        rest.trim_start()
            .starts_with("help: `cargo audit-schema check` says what it holds\n")
    };
    error.split_once(what).is_some_and(|(_, rest)| help(rest))
}

#[test]
fn of_another_form_nothing_else_is_said() {
    let package = Package::new("forms");
    let mfa = "\"mfa\": {\"type\": \"boolean\"}";
    for (what, text) in [
        ("one line", BODY.replace('\n', "")),
        ("other spaces", BODY.replace("      \"", "  \"")),
        ("an escape", BODY.replace("\"mfa\"", "\"mf\\u0061\"")),
        ("a lone surrogate", BODY.replace("\"mfa\"", "\"\\ud800\"")),
        (
            "twice in one line",
            BODY.replace(mfa, &format!("{mfa}, \"mfa\": {{\"type\": \"string\"}}")),
        ),
        (
            "another order",
            BODY.replace("[\"attempt\", \"mfa\"]", "[\"mfa\", \"attempt\"]"),
        ),
        ("nothing", String::new()),
        ("the beginning", BODY[..BODY.len() / 2].into()),
        ("whole lines", BODY.split_inclusive('\n').take(7).collect()),
        ("two files", BODY.repeat(2)),
    ] {
        package.write(FILE, &text);
        let error = package.fails(None);
        assert!(is_said(&error), "{what}: {error}");
        assert!(
            error.contains("due to 1 previous error\n"),
            "one mistake, one error: {what}: {error}"
        );
    }
    std::fs::write(
        package.folder().join(FILE),
        BODY.replace("mfa", "mf\u{e9}")
            .chars()
            .map(|letter| letter as u8)
            .collect::<Vec<_>>(),
    )
    .expect("a file in Latin-1");
    assert!(is_said(&package.fails(None)));
}

/// Its keys say that it changed; the target itself is there before and after.
#[test]
fn a_target_that_lost_its_keys_is_no_new_target() {
    let package = Package::new("bare");
    package.replace_in_code(", #[audit(metadata)] plan: Option<String> }", " }");
    package.write(FILE, BODY);
    let error = package.fails(None);
    assert!(
        error.contains("holds: `plan` of target \"team\" was removed\n"),
        "{error}"
    );
}
