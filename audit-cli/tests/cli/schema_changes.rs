//! The table of `docs/schema-changes.md`: what `diff`, `check` and `bump` say of each task.

use serde_json::{Value, json};

use crate::support::Project;

/// What the page calls a task, and the fields of an event before and after it.
const TASKS: &[(&str, &str, &str)] = &[
    ("add an optional key", "", "note: Option<u8>,"),
    ("add a required key", "", "mfa: bool,"),
    ("rename a key", "mfa: bool,", "strong: bool,"),
    (
        "rename a field and keep its key, by `rename = \"…\"`",
        "mfa: bool,",
        "#[audit(rename = \"mfa\")] strong: bool,",
    ),
    ("remove a required key", "mfa: bool,", ""),
    ("remove an optional key", "note: Option<u8>,", ""),
    (
        "make a required key optional",
        "note: u8,",
        "note: Option<u8>,",
    ),
    (
        "make an optional key required",
        "note: Option<u8>,",
        "note: u8,",
    ),
    ("add a variant", "plan: Plan,", "plan: MorePlans,"),
    ("remove a variant", "plan: MorePlans,", "plan: Plan,"),
    ("rename a variant", "plan: Plan,", "plan: RenamedPlan,"),
    (
        "take any text in place of an enum",
        "plan: Plan,",
        "plan: &'static str,",
    ),
    (
        "take an enum in place of any text",
        "plan: &'static str,",
        "plan: Plan,",
    ),
    (
        "change a number to a boolean",
        "retries: u8,",
        "retries: bool,",
    ),
    ("change an integer to a float", "ratio: u8,", "ratio: f64,"),
    ("change a float to an integer", "ratio: f64,", "ratio: u8,"),
    (
        "widen an integer (`u32` to `u64`)",
        "size: u32,",
        "size: u64,",
    ),
    (
        "raise a length limit",
        "#[audit(max_len = 100)] name: String,",
        "#[audit(max_len = 200)] name: String,",
    ),
    (
        "lower a length limit",
        "#[audit(max_len = 200)] name: String,",
        "#[audit(max_len = 100)] name: String,",
    ),
    (
        "add a target type",
        "",
        "#[audit(target)] document: Document,",
    ),
    (
        "remove a target type",
        "#[audit(target)] document: Document,",
        "",
    ),
    (
        "rename a target type",
        "#[audit(target)] document: Document,",
        "#[audit(target, type = \"file\")] document: Document,",
    ),
    (
        "take a list of targets in place of one",
        "#[audit(target)] document: Document,",
        "#[audit(target)] documents: Vec<Document>,",
    ),
    (
        "split a list of targets over several events (`split = \"batch_id\"`)",
        "#[audit(target)] documents: Vec<Document>,",
        "#[audit(target, split = \"batch_id\")] documents: Vec<Document>,",
    ),
    (
        "add a metadata key to a target",
        "#[audit(target)] document: Document,",
        "#[audit(target)] document: PublicDocument,",
    ),
    (
        "edit a doc comment",
        "/// Old. \n mfa: bool,",
        "/// New. \n mfa: bool,",
    ),
    (
        "reorder fields",
        "mfa: bool, note: u8,",
        "note: u8, mfa: bool,",
    ),
];

const SHARED: &str = r#"
use audit_core::{AuditEntity, AuditEvent, AuditValue};

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User { #[audit(id)] id: u64 }

#[derive(AuditEntity)]
#[audit(type = "team")]
struct Team { #[audit(id)] id: u64 }

#[derive(AuditEntity)]
#[audit(type = "document")]
struct Document { #[audit(id)] id: u64 }

#[derive(AuditEntity)]
#[audit(type = "document")]
struct PublicDocument { #[audit(id)] id: u64, #[audit(metadata)] public: bool }

#[derive(AuditValue)]
enum Plan { Free, Pro }

#[derive(AuditValue)]
enum MorePlans { Free, Pro, Trial }

#[derive(AuditValue)]
enum RenamedPlan { Free, Team }
"#;

fn event(action: &str, name: &str, fields: &str) -> String {
    format!(
        "/// Happened.\n#[derive(AuditEvent)]\n#[audit(action = {action:?}, version = 1)]\n\
         struct {name} {{ #[audit(actor)] user: User, #[audit(target)] team: Team, {fields} }}\n"
    )
}

fn action(task: usize) -> String {
    format!("task.number_{task}")
}

/// The events of all tasks, with the fields that `fields` takes of one, and those of `others`.
fn source(
    fields: fn(&(&'static str, &'static str, &'static str)) -> &'static str,
    others: &str,
) -> String {
    let events = TASKS.iter().enumerate();
    let events = events
        .map(|(number, task)| event(&action(number), &format!("Event{number}"), fields(task)));
    SHARED.to_owned() + &events.collect::<String>() + others
}

fn found(project: &Project, args: &[&str], status: i32) -> Vec<Value> {
    let run = project.run(args).ends(status);
    serde_json::from_str(&run.stdout).expect("an array")
}

/// The line of the page's table that a task is, by the entry of `diff` for it.
fn line(task: &str, entry: Option<&Value>) -> String {
    let rules = entry.map_or("none".to_owned(), |entry| {
        let changes = entry["changes"].as_array().expect("changes").iter();
        let rules: Vec<_> = changes
            .map(|change| format!("`{}`", change["rule"].as_str().expect("a rule")))
            .collect();
        rules.join(", ")
    });
    let class = |direction: &str| match entry {
        Some(entry) if entry[direction] == false => "breaking",
        _ => "compatible",
    };
    format!(
        "| {task} | {rules} | {} | {} |",
        class("backward"),
        class("forward")
    )
}

#[test]
fn the_page_says_what_is_said() {
    let gone = event("event.deleted", "Deleted", "") + &event("event.renamed", "Renamed", "");
    let project = Project::library("schema-changes", &source(|task| task.1, &gone));
    project.run(&["init"]).ends(0);
    project.run(&["export"]).ends(0);
    let mut registrations = json!({});
    for item in found(&project, &["list", "--format", "json"], 0) {
        let action = item["action"].as_str().expect("an action");
        registrations[action] = json!({"1": {"server": 1, "sha256": item["sha256"]}});
    }
    project.write(
        "schemas/registrations/production.json",
        &registrations.to_string(),
    );
    project.write(
        "src/lib.rs",
        &source(|task| task.2, &event("event.named", "Renamed", "")),
    );

    let differences = found(&project, &["diff", "--format", "json"], 1);
    let entry = |action: &str| differences.iter().find(|entry| entry["action"] == action);
    let table: Vec<_> = TASKS
        .iter()
        .enumerate()
        .map(|(number, task)| line(task.0, entry(&action(number))))
        .collect();
    let page = include_str!("../../../docs/schema-changes.md");
    assert!(
        page.contains(&(table.join("\n") + "\n\n")),
        "the page's table should be\n{}",
        table.join("\n")
    );
    let changed: Vec<_> = (0..TASKS.len())
        .map(action)
        .filter(|action| entry(action).is_some())
        .collect();

    // What changed is a finding at once, and so is the new action; the actions that are gone aren't.
    let findings = found(&project, &["check", "--format", "json"], 1);
    let of = |code: &str| {
        let mut actions: Vec<_> = findings
            .iter()
            .filter(|finding| finding["code"] == code)
            .flat_map(|finding| {
                let shared = finding["events"].as_array().cloned().unwrap_or_default();
                shared
                    .into_iter()
                    .map(|event| event["action"].clone())
                    .chain([finding["action"].clone()])
            })
            .collect();
        actions.sort_by_key(ToString::to_string);
        actions.dedup();
        actions
    };
    let mut expected: Vec<_> = changed.iter().map(|action| json!(action)).collect();
    expected.sort_by_key(ToString::to_string);
    assert_eq!(of("registered"), expected, "{findings:#?}");
    assert_eq!(of("missing"), [json!("event.named")]);
    assert_eq!(of("orphaned"), [] as [Value; 0]);

    // `bump` raises just these, and the build is content.
    let raised = project.run(&["bump", "-q"]).ends(0).stdout;
    let raised = raised.lines().filter(|line| line.contains("1 → 2")).count();
    assert_eq!(raised, changed.len());
    project.run(&["export", "-q"]).ends(0);
    project.run(&["check", "-q"]).ends(0);
}
