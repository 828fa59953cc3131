//! Under any lint: nothing that is generated raises one, and nothing of it allows one, which `forbid` would reject (E0453).

use std::collections::BTreeSet;
use std::process::Command;

use super::consumer::Consumer;

const CLEAN: &str = include_str!("fixture/clean.rs");
const PRIVATE: &str = include_str!("fixture/private.rs");
const STYLE: &str = include_str!("fixture/style.rs");

/// What the fixtures raise by themselves: a public type of a private module; a lint for programs only.
const OF_FIXTURES: [&str; 3] = ["unnameable_types", "linker_messages", UNKNOWN];

/// Lints of another compiler are no mistake of the list.
const UNKNOWN: &str = "unknown_lints";

/// The lints and the groups that the compiler knows.
fn known() -> (Vec<String>, Vec<String>) {
    let output = Command::new("rustc")
        .args(["-W", "help"])
        .output()
        .expect("there is a compiler");
    let help = String::from_utf8(output.stdout).expect("rustc writes text");
    let (lints, groups) = help
        .split_once("Lint groups provided by rustc")
        .expect("the help has two lists");
    let level = |line: &str| {
        line.split_whitespace()
            .nth(1)
            .is_some_and(|level| ["allow", "warn", "deny"].contains(&level))
    };
    let name = |line: &str| {
        line.split_whitespace()
            .next()
            .map(|name| name.replace('-', "_"))
    };
    let lints: BTreeSet<String> = lints
        .lines()
        .filter(|line| level(line))
        .filter_map(name)
        .collect();
    let groups: BTreeSet<String> = groups
        .lines()
        .filter(|line| line.contains(", "))
        .filter_map(name)
        .collect();
    (lints.into_iter().collect(), groups.into_iter().collect())
}

/// The fixtures as one crate, under the lints at a level.
fn crate_under(level: &str, lints: &[String]) -> String {
    let lints: Vec<&str> = lints
        .iter()
        .map(String::as_str)
        .filter(|lint| !OF_FIXTURES.contains(lint))
        .collect();
    let lints = lints.join(", ");
    format!(
        "//! Events.\n#![allow({UNKNOWN})]\n#![{level}({lints})]\npub mod clean {{\n{CLEAN}\n}}\npub mod private {{\n{PRIVATE}\n}}\n"
    )
}

#[test]
fn no_lint_is_raised_or_allowed_in_generated_code() {
    let consumer = Consumer::new("lints");
    let (lints, groups) = known();
    assert!(
        lints.len() > 100 && groups.len() > 8,
        "{lints:?} {groups:?}"
    );
    // `warnings` has a rule of its own: it stands for whatever is a warning by then.
    let warnings = vec!["warnings".to_owned()];
    for (level, lints) in [
        ("forbid", &lints),
        ("deny", &lints),
        ("forbid", &groups),
        ("forbid", &warnings),
    ] {
        assert_eq!(
            consumer.messages(&crate_under(level, lints)),
            [""; 0],
            "{level}"
        );
    }
}

#[test]
fn clippy_has_nothing_to_say() {
    let consumer = Consumer::new("clippy");
    let groups = ["clippy::all", "clippy::pedantic", "clippy::nursery"].map(String::from);
    for level in ["forbid", "deny"] {
        assert_eq!(
            consumer.clippy(&crate_under(level, &groups)),
            [""; 0],
            "{level}"
        );
    }
}

/// What the user allows on an item isn't said of what is generated from it.
#[test]
fn what_is_allowed_on_an_item_stays_quiet() {
    let consumer = Consumer::new("style");
    assert_eq!(
        consumer.messages(&format!(
            "#![deny(warnings)]\n{}",
            STYLE.replacen("//! ", "// ", 1)
        )),
        [""; 0]
    );
}

/// Where the user hasn't allowed it, it is said once, of what the user wrote.
#[test]
fn the_users_own_warnings_stay_single() {
    let consumer = Consumer::new("single");
    let source = "use audit_core::{Actor, AuditEntity, AuditEvent};
#[derive(AuditEntity)]
#[audit(type = \"user\")]
pub struct User { #[audit(id)] pub userId: u32, #[audit(metadata)] #[deprecated] pub role: u8 }
#[derive(AuditEvent)]
#[audit(action = \"s.single\", version = 1, actor = Actor)]
pub struct styled_event { #[audit(target)] pub oneUser: User, pub count: Option<u8> }
";
    let messages = consumer.messages(source);
    let words: Vec<&str> = messages
        .iter()
        .filter_map(|message| message.split(": ").nth(2))
        .collect();
    let expected = [
        "structure field `userId` should have a snake case name",
        "type `styled_event` should have an upper camel case name",
        "structure field `oneUser` should have a snake case name",
    ];
    assert_eq!(
        words
            .iter()
            .map(|word| expected.iter().any(|text| word.starts_with(text)))
            .collect::<Vec<_>>(),
        [true; 3],
        "{messages:#?}"
    );
}
