mod page;

use jiff::civil::date;

use super::*;
use crate::catalogue::Catalogue;
use crate::diff::evolution::Mode;
use crate::finding::{Level, code};
use crate::lint::{self, ALL};
use crate::testing::{entry, event};

/// `3:7: what is wrong (what to do)` of each problem.
fn problems(text: &str) -> Vec<String> {
    let problems = Config::parse(text).err().unwrap_or_default();
    let line = |problem: Problem| {
        let Position { line, column } = Position::of(text, problem.at);
        format!("{line}:{column}: {} ({})", problem.message, problem.help)
    };
    problems.into_iter().map(line).collect()
}

/// The only problem.
#[track_caller]
fn problem(text: &str) -> String {
    let problems = problems(text);
    assert_eq!(problems.len(), 1, "{problems:#?}");
    problems.concat()
}

fn read_text(text: &str) -> Result<Config, Failure> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("audit.toml");
    std::fs::write(&path, text).expect("written");
    read(&path)
}

const FULL: &str = r#"
evolution = "full-transitive"

[lints]
key-case = { level = "warn", case = "camelCase" }
action-pattern = { level = "deny", pattern = "^(user|team)[.]" }
max-keys = { level = "warn", max = 3_0 }
unbounded-string = { level = "deny" }
missing-description = "warn"
key-types = "allow"

[lints.required-targets]
level = "deny"
types = ["workspace"]

[[waivers]]
lint = "missing-description"
action = "user.signed_in"
key = "reason"
until = 2027-01-31
reason = "é"

[[waivers]]
lint = "key-removed"
until = 2028-02-29
reason = "agreed"
"#;

#[test]
fn nothing_is_set_by_default() {
    for text in [
        TEXT,
        "",
        "[lints]\n",
        "lints = {}\nwaivers = []\nevolution = \"none\"\n",
        "\u{feff}# a mark\r\n",
    ] {
        let config = Config::parse(text).expect("settings");
        assert!(
            config.lints.is_empty() && config.waivers.is_empty(),
            "{text}"
        );
        assert_eq!(config.evolution, Evolution::default());
    }
}

#[test]
fn takes_every_setting() {
    let config = Config::parse(FULL).expect("settings");
    assert_eq!(
        config.evolution,
        Evolution {
            mode: Mode::Full,
            transitive: true
        }
    );
    let levels: Vec<_> = config.lints.iter().map(|lint| lint.level).collect();
    // key-case, action-pattern, required-targets, max-keys, unbounded-string, missing-description
    assert_eq!(
        levels,
        [
            Level::Warning,
            Level::Error,
            Level::Error,
            Level::Warning,
            Level::Error,
            Level::Warning
        ]
    );
    let record = (0..31).fold(event("user.x", 1), |record, key| {
        record.string(&format!("key_{key}"))
    });
    let messages = |lint: usize| {
        let findings = lint::run(
            &config.lints[lint..=lint],
            &Catalogue::new(vec![entry(record.clone())]),
        );
        findings[0].message.clone()
    };
    assert!(
        messages(0).contains("`key_0` isn't camelCase"),
        "{}",
        messages(0)
    );
    assert!(
        messages(3).contains("at most 30 are agreed"),
        "{}",
        messages(3)
    );
    let [first, second] = &config.waivers[..] else {
        unreachable!()
    };
    assert_eq!(
        (first.action.as_deref(), first.key.as_deref()),
        (Some("user.signed_in"), Some("reason"))
    );
    assert_eq!(
        (first.until, first.reason.as_str(), first.at),
        (
            date(2027, 1, 31),
            "é",
            Position {
                line: 16,
                column: 1
            }
        )
    );
    assert_eq!(
        (second.lint.as_str(), second.action.as_deref(), second.until),
        ("key-removed", None, date(2028, 2, 29))
    );
    for (name, evolution) in VALUES {
        let config = Config::parse(&format!("evolution = {name:?}")).expect("settings");
        assert_eq!(config.evolution, evolution);
    }
    for name in ["none-transitive", "Backward", "backward_transitive"] {
        assert!(Config::parse(&format!("evolution = {name:?}")).is_err());
    }
}

#[test]
fn says_where_a_setting_is_unknown_and_what_was_meant() {
    assert_eq!(
        problems("# é\nb = 1\n  lint = {}\n"),
        [
            "2:1: unknown setting `b` (expected one of `all-features`, `environments`, `evolution`, `exclude`, `features`, `lints`, `packages`, `waivers`)",
            "3:3: unknown setting `lint` (did you mean `lints`?)"
        ]
    );
    assert_eq!(
        problem("\n[servers.production]\n"),
        "2:2: unknown setting `servers` (expected one of `all-features`, `environments`, `evolution`, `exclude`, `features`, `lints`, `packages`, `waivers`)"
    );
    assert_eq!(
        problem("[lints]\nkey-cases = \"warn\"\n"),
        "2:1: unknown lint `key-cases` (did you mean `key-case` or `key-types`?)"
    );
    assert_eq!(
        problem("lints.max-keys = { level = \"warn\", maximum = 3, max = 3 }\n"),
        "1:36: unknown setting `maximum` of `max-keys` (expected one of `level`, `max`)"
    );
    assert_eq!(
        problem("\"a\\nb\" = 1"),
        "1:1: unknown setting `a\\nb` (expected one of `all-features`, `environments`, `evolution`, `exclude`, `features`, `lints`, `packages`, `waivers`)"
    );
}

#[test]
fn says_what_a_level_can_be_and_what_a_lint_must_know() {
    let lint = |text: &str| problem(&format!("lints.{text}\n"));
    assert_eq!(
        lint("key-types = \"warning\""),
        "1:19: `key-types` can't be `warning` (expected one of `allow`, `warn`, `deny`)"
    );
    assert_eq!(
        lint("key-types = 1"),
        "1:19: `key-types` takes a level or a table, not integer (for example `key-types = \"warn\"`)"
    );
    assert_eq!(
        lint("key-types = {}"),
        "1:19: `key-types` needs `level` (for example `level = \"warn\"`)"
    );
    assert_eq!(
        lint("max-keys = \"warn\""),
        "1:18: `max-keys` needs `max` (for example `max-keys = { level = \"warn\", max = 30 }`)"
    );
    assert_eq!(
        lint("max-keys = { level = \"deny\", max = 0 }"),
        "1:42: `max` must be at least 1 (for example `max = 30`)"
    );
    assert_eq!(
        lint("max-keys = { level = \"deny\", max = \"30\" }"),
        "1:42: `max` takes a whole number, not string (for example `max = 30`)"
    );
    assert_eq!(
        lint("key-case = { level = \"deny\", case = \"snakecase\" }"),
        "1:43: `case` can't be `snakecase` (did you mean `snake_case`?)"
    );
    assert!(
        lint("action-pattern = { level = \"deny\", pattern = \"(\" }")
            .starts_with("1:52: `pattern` is no regular expression: ")
    );
    assert_eq!(
        lint("required-targets = { level = \"deny\", types = [] }"),
        "1:52: `types` is empty (for example `types = [\"workspace\"]`)"
    );
    assert_eq!(
        lint("required-targets = { level = \"deny\", types = [1] }"),
        "1:53: `types` takes a string, not integer (for example `types = [\"workspace\"]`)"
    );
    assert_eq!(
        problem("lints = 1"),
        "1:9: `lints` takes a table, not integer (for example `lints = { key-types = \"warn\" }`)"
    );
    assert_eq!(
        problem("evolution = \"backwards\""),
        "1:13: `evolution` can't be `backwards` (did you mean `backward`?)"
    );
    assert!(
        Config::parse("lints.key-case = \"warn\"\nlints.max-keys = \"allow\"").is_ok(),
        "what there's a default for, and what is off"
    );
}

#[test]
fn a_waiver_says_what_until_when_and_why() {
    let waiver = |text: &str| problem(&format!("[[waivers]]\nreason = \"r\"\n{text}"));
    let valid = "lint = \"max-keys\"\nuntil = 2027-01-31\n";
    assert_eq!(
        problems("[[waivers]]\n"),
        [
            "1:1: the waiver needs `lint` (for example `lint = \"missing-description\"`)",
            "1:1: the waiver needs `until` (for example `until = 2030-12-31`)",
            "1:1: the waiver needs `reason` (for example `reason = \"…\"`)"
        ]
    );
    assert_eq!(
        waiver("lint = \"max-keys\"\nuntil = \"2027-01-31\"\n"),
        "4:9: `until` takes a date, not string (for example `until = 2027-01-31`)"
    );
    assert_eq!(
        waiver("lint = \"max-keys\"\nuntil = 2027-01-31T00:00:00Z\n"),
        "4:9: `until` takes a date, not datetime (for example `until = 2030-12-31`)"
    );
    assert_eq!(
        waiver(&format!("{valid}actions = \"a.b\"")),
        "5:1: unknown setting `actions` of the waiver (did you mean `action`?)"
    );
    assert!(
        waiver(&format!("{valid}action = \"signed in\""))
            .starts_with("5:10: invalid action \"signed in\" (")
    );
    assert_eq!(
        problem(&format!("[[waivers]]\nreason = \" \"\n{valid}")),
        "2:10: `reason` is empty (for example `reason = \"…\"`)"
    );
    assert!(
        problem("waivers = 1").starts_with("1:11: `waivers` takes a list of tables, not integer (")
    );
    assert!(
        problem("waivers = [1]")
            .starts_with("1:12: `waivers` takes a list of tables, not integer (")
    );
    assert!(
        problem("[waivers]\nlint = \"max-keys\"")
            .starts_with("1:1: `waivers` takes a list of tables, not table (")
    );
}

#[test]
fn a_waiver_names_a_lint_or_a_rule() {
    let waiver = |name: &str| {
        problems(&format!(
            "[[waivers]]\nreason = \"r\"\nuntil = 2027-01-31\nlint = {name:?}\n"
        ))
    };
    assert_eq!(waiver("max-keys").len() + waiver("key-removed").len(), 0);
    let unknown =
        "4:8: `key-remove` is neither a lint nor a rule of `diff` (did you mean `key-removed`?)";
    assert_eq!(waiver("key-remove"), [unknown]);
    assert!(
        waiver("stale")[0]
            .starts_with("4:8: `stale` can't be waived, only lints and rules of `diff` can (")
    );
}

#[test]
fn says_where_the_syntax_is_wrong() {
    assert!(problem("a = \n").starts_with("1:5: "));
    assert!(problem("a = 1\na = 2\n").starts_with("2:1: "));
    assert!(!problem("[[waivers]]\nuntil = 2027-02-31\n").contains('\n'));
    assert!(
        problem(&format!("lints = {}", "[".repeat(100_000))).starts_with("1:"),
        "deep nesting is a problem of its own"
    );
    assert!(problem("x = 2027-02-30").starts_with("1:5: "));
}

#[test]
fn all_problems_are_reported_with_the_files_name() {
    let Err(Failure::Many(failures)) = read_text("a = 1\nb = 2\n") else {
        unreachable!()
    };
    let sentences: Vec<_> = failures
        .iter()
        .filter_map(|failure| match failure {
            Failure::Message { message, .. } => message
                .rsplit_once("audit.toml")
                .map(|(_, problem)| problem),
            _ => None,
        })
        .collect();
    assert_eq!(
        sentences,
        [":1:1: unknown setting `a`", ":2:1: unknown setting `b`"]
    );
    let many = (0..1000)
        .map(|number| format!("x{number} = 1\n"))
        .collect::<Vec<_>>()
        .concat();
    assert_eq!(problems(&many).len(), MAX_PROBLEMS);
}

#[test]
fn what_is_too_large_or_no_text_is_refused() {
    let message = |text: &str| match read_text(text) {
        Err(Failure::Message { message, .. }) => message,
        other => format!("{other:?}"),
    };
    assert!(message(&"#".repeat(2 << 20)).ends_with("audit.toml: larger than 1 MiB"));
    assert!(message("a = 1").contains("audit.toml:1:1: "));
}

#[test]
fn only_what_isnt_toml_is_a_merge_conflict() {
    let waiver = |reason: &str| {
        format!("[[waivers]]\nlint = \"key-removed\"\nuntil = 2028-02-29\nreason = {reason}\n")
    };
    let reason = "\"\"\"\nAgreed\n=======\nwith the team\"\"\"";
    assert_eq!(problems(&waiver(reason)), [""; 0]);
    let resolved_by_half = waiver("\"agreed\"") + "=======\n" + &waiver("\"agreed\"");
    assert_eq!(
        problem(&resolved_by_half),
        "5:1: a merge conflict isn't resolved: `=======` (resolve it as in any other file)"
    );
}
