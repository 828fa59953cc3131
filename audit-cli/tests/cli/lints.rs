//! What a team has agreed on in `audit.toml`, with the real derives and real builds.

use crate::support::{Project, manifest};
use serde_json::Value;

/// Two events that share an actor, each of whose flaws is one lint's.
const SOURCE: &str = r#"
use audit_core::{AuditEntity, AuditEvent};

#[derive(AuditEntity)]
#[audit(type = "user")]
pub struct User {
    #[audit(id)]
    id: String,
    #[audit(metadata, rename = "Role")]
    role: String,
}

#[derive(AuditEntity)]
#[audit(type = "team")]
pub struct Team {
    #[audit(id)]
    id: String,
}

#[derive(AuditEntity)]
#[audit(type = "workspace")]
pub struct Workspace {
    #[audit(id)]
    id: String,
}

/// A member signed in.
#[derive(AuditEvent)]
#[audit(action = "user.signed_in", version = 1)]
pub struct SignedIn {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    workspace: Workspace,
    /// How often.
    attempts: u8,
}

#[derive(AuditEvent)]
#[audit(action = "session.ended", version = 1)]
pub struct Ended {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    /// How long.
    attempts: bool,
    /// Why.
    #[audit(truncate)]
    reason: String,
    /// Which, in a text that is limited by itself.
    #[audit(join)]
    sessions: Vec<String>,
}
"#;

const DENIED: &str = r#"
[lints]
key-case = { level = "deny", case = "snake_case" }
action-pattern = { level = "deny", pattern = "^user[.]" }
required-targets = { level = "deny", types = ["workspace"] }
max-keys = { level = "deny", max = 1 }
unbounded-string = "deny"
missing-description = "deny"
key-types = "deny"
"#;

/// Each finding as `code file:line key`.
fn found(json: &str) -> Vec<String> {
    let findings: Vec<Value> = serde_json::from_str(json).expect("JSON");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let of = |finding: &Value| {
        let place = format!("{}:{}", text(&finding["file"]), finding["line"]);
        format!(
            "{} {place} {}",
            text(&finding["code"]),
            text(&finding["key"])
        )
        .trim_end()
        .to_owned()
    };
    let mut found: Vec<_> = findings.iter().map(of).collect();
    found.sort();
    found
}

/// The line in the source, counted from 1.
fn line(words: &str) -> usize {
    SOURCE
        .lines()
        .position(|line| line.contains(words))
        .expect("the words are there")
        + 1
}

fn violations() -> Vec<String> {
    let (role, ended) = (line("    role: String"), line("pub struct Ended"));
    let mut all = vec![
        format!("action-pattern src/lib.rs:{ended}"),
        format!("key-case src/lib.rs:{role} Role"),
        // Of two types that are equally frequent the one of the first action is right.
        format!("key-types src/lib.rs:{} attempts", line("attempts: u8")),
        format!("max-keys src/lib.rs:{ended}"),
        format!("missing-description src/lib.rs:{ended}"),
        format!("missing-description src/lib.rs:{role} Role"),
        format!("required-targets src/lib.rs:{ended}"),
        format!("unbounded-string src/lib.rs:{role} Role"),
    ];
    all.sort();
    all
}

#[test]
#[expect(clippy::too_many_lines, reason = "one story")]
fn lints_levels_and_waivers() {
    let project = Project::library("linted", SOURCE);
    project.run(&["init"]).ends(0);
    project.run(&["export"]).ends(0);
    let check = |settings: &str, args: &[&str]| {
        project.write("schemas/audit.toml", settings);
        project.run(&[&["check", "-q"], args].concat())
    };

    // All are off until they are set.
    assert_eq!(
        check("", &[]).ends(0).stdout,
        "2 schemas, nothing to report\n"
    );
    assert_eq!(
        check(&DENIED.replace("deny", "allow"), &[]).ends(0).stdout,
        "2 schemas, nothing to report\n"
    );

    // Each finds what it should, shared keys once; a denied one fails, a warning doesn't.
    assert_eq!(
        found(&check(DENIED, &["--format", "json"]).ends(1).stdout),
        violations()
    );
    let warned = DENIED.replace("deny", "warn");
    assert_eq!(
        found(&check(&warned, &["--format", "json"]).ends(0).stdout),
        violations()
    );
    let run = check(&warned, &[]).ends(0);
    assert_eq!(run.summary(), "8 findings");
    let role = line("    role: String");
    let sentence = format!(
        "warning[key-case]: session.ended version 1 and 1 more event: the key `Role` of the actor isn't snake_case (src/lib.rs:{role})\n"
    );
    assert!(run.stdout.contains(&sentence), "{}", run.stdout);

    // A waiver takes away what it covers, for its action only.
    let waiver = |lint: &str, until: &str, more: &str| {
        format!(
            "{DENIED}\n[[waivers]]\nlint = \"{lint}\"\nuntil = {until}\nreason = \"agreed\"\n{more}\n"
        )
    };
    let without = |codes: &[&str]| -> Vec<String> {
        violations()
            .into_iter()
            .filter(|line| !codes.iter().any(|code| line.starts_with(code)))
            .collect()
    };
    let run = check(&waiver("key-case", "9999-12-31", ""), &["--format", "json"]).ends(1);
    assert_eq!(found(&run.stdout), without(&["key-case"]));
    let run = check(
        &waiver("key-case", "9999-12-31", "action = \"session.ended\""),
        &[],
    )
    .ends(1);
    assert!(
        run.stdout
            .contains("error[key-case]: user.signed_in version 1: the key `Role`"),
        "the other event still has it: {run:?}"
    );
    let run = check(
        &waiver("missing-description", "9999-12-31", "key = \"Role\""),
        &["--format", "json"],
    )
    .ends(1);
    assert_eq!(
        found(&run.stdout),
        without(&[&format!("missing-description src/lib.rs:{role}")])
    );

    // One that is over brings it back, one that covers nothing is said; neither is an error.
    let place = DENIED.lines().count() + 2;
    let run = check(&waiver("max-keys", "2026-01-31", ""), &["--format", "json"]).ends(1);
    let expected: Vec<_> = violations()
        .into_iter()
        .chain([format!("expired-waiver schemas/audit.toml:{place}")])
        .collect();
    assert_eq!(found(&run.stdout).len(), expected.len());
    assert!(
        expected
            .iter()
            .all(|line| found(&run.stdout).contains(line)),
        "{run:?}"
    );
    let run = check(
        &waiver("max-keys", "2026-01-31", "").replace("deny", "warn"),
        &[],
    )
    .ends(0);
    let sentence = "warning[expired-waiver]: the waiver of `max-keys` ended on 2026-01-31, and what it waived is back";
    assert!(
        run.stdout
            .contains(&format!("{sentence} (schemas/audit.toml:{place}:1)")),
        "{run:?}"
    );
    let run = check(
        &waiver("max-keys", "9999-12-31", "action = \"user.left\"").replace("deny", "allow"),
        &[],
    )
    .ends(0);
    assert!(
        run.stdout.contains(
            "warning[unused-waiver]: the waiver of `max-keys` for user.left waives nothing"
        ),
        "{run:?}"
    );

    // What is wrong with the settings is said at once, before anything is built.
    let run = check(
        "evolution = \"backwards\"\n[lints]\nkey-cases = \"warn\"\n\n[[waivers]]\nlint = \"max-keys\"\nreason = \"r\"\n",
        &[],
    )
    .ends(2);
    let errors: Vec<_> = run
        .stderr
        .lines()
        .filter_map(|line| line.strip_prefix("error: "))
        .collect();
    assert_eq!(
        errors,
        [
            "schemas/audit.toml:1:13: `evolution` can't be `backwards`",
            "schemas/audit.toml:3:1: unknown lint `key-cases`",
            "schemas/audit.toml:5:1: the waiver needs `until`",
        ]
    );
    assert!(
        run.stderr.contains("  help: did you mean `backward`?\n") && run.stdout.is_empty(),
        "{run:?}"
    );
}

#[test]
fn a_part_of_the_workspace_does_not_judge_waivers() {
    let project = Project::new();
    project.write(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"*-package\"]\n",
    );
    for (folder, name, action) in [
        ("one-package", "lint-one", "user.joined"),
        ("two-package", "lint-two", "user.left"),
    ] {
        project.write(
            &format!("{folder}/Cargo.toml"),
            &manifest(name, "audit-core"),
        );
        project.write(
            &format!("{folder}/src/lib.rs"),
            &crate::support::event(action, 1, "note: String,"),
        );
    }
    project.run(&["init"]).ends(0);
    project.run(&["export", "--workspace"]).ends(0);
    let settings = "[lints]\nunbounded-string = \"deny\"\n[[waivers]]\nlint = \"unbounded-string\"\naction = \"user.left\"\nuntil = 9999-12-31\nreason = \"r\"\n";
    project.write("schemas/audit.toml", settings);
    let run = project.run(&["check", "-p", "lint-one"]).ends(1);
    assert!(
        run.stdout.contains("(one-package/src/lib.rs:") && !run.stdout.contains("unused-waiver"),
        "{run:?}"
    );
    let run = project.run(&["check", "--workspace"]).ends(1);
    assert_eq!(run.summary(), "1 finding");
    project.write(
        "schemas/audit.toml",
        &settings.replace("user.left", "user.gone"),
    );
    assert_eq!(
        project.run(&["check", "--workspace"]).ends(1).summary(),
        "3 findings"
    );
}

#[test]
fn evolution_is_held_and_waived_by_rule() {
    let versions = |second: &str| {
        crate::support::event("user.joined", 1, "note: String,")
            + &crate::support::event("user.joined", 2, second)
    };
    let project = Project::library("evolving", &versions("attempts: u8, note: u8,"));
    project.run(&["init"]).ends(0);
    project.run(&["export"]).ends(0);
    let rules = |settings: &str, status: i32| -> Vec<(String, String)> {
        project.write("schemas/audit.toml", settings);
        let json = project
            .run(&["check", "--format", "json"])
            .ends(status)
            .stdout;
        let findings: Vec<Value> = serde_json::from_str(&json).expect("JSON");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let changes = |finding: &Value| finding["changes"].as_array().cloned().unwrap_or_default();
        findings
            .iter()
            .flat_map(|finding| {
                changes(finding)
                    .into_iter()
                    .map(|change| (text(&finding["code"]), text(&change["rule"])))
            })
            .collect()
    };
    let pair = |rule: &str| ("evolution".to_owned(), rule.to_owned());
    assert_eq!(rules("", 0), []);
    assert_eq!(
        rules("evolution = \"full\"\n", 1),
        [pair("key-added-required"), pair("type-changed")]
    );
    let waiver = |rule: &str| {
        format!("[[waivers]]\nlint = \"{rule}\"\nuntil = 9999-12-31\nreason = \"agreed\"\n")
    };
    let one = "evolution = \"full\"\n".to_owned() + &waiver("type-changed");
    assert_eq!(rules(&one, 1), [pair("key-added-required")]);
    assert_eq!(rules(&(one + &waiver("key-added-required")), 0), []);
}
