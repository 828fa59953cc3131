//! What the contract promises and doesn't hold yet. Each test moves to its family when it passes.

use std::fmt;

use audit_core::{Actor, AuditEntity, AuditEvent, AuditValue, Context};
use serde_json::Value;

#[path = "error_count/runner.rs"]
mod runner;

#[test]
fn compiles() {
    trybuild::TestCases::new().pass("ui/defects/*.rs");
}

#[test]
fn one_error_a_mistake() {
    runner::run("defects");
}

/// clippy itself crashes where it evaluates a constant that points into a static.
#[test]
fn clippy_survives() {
    runner::clippy("clippy");
}

#[derive(AuditEntity, Clone)]
#[audit(type = "document")]
struct Document {
    #[audit(id)]
    id: u32,
    #[audit(metadata)]
    owner: String,
}

#[derive(AuditValue)]
enum Level {
    Low,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("quite low, as levels go")
    }
}

#[derive(AuditEntity)]
#[audit(type = "team")]
struct Team {
    #[audit(id)]
    id: u32,
}

#[derive(AuditEvent)]
#[audit(action = "defect.display", version = 1, actor = Actor)]
struct Displayed {
    #[audit(target)]
    team: Team,
    #[audit(display)]
    level: Level,
}

/// The schema promises the longest variant's length, and the text is longer: the service refuses an event that `build()` made.
#[test]
fn displayed_enums_fit_their_schema() {
    let displayed = Displayed { team: Team { id: 1 }, level: Level::Low };
    let event = displayed.into_event_by(&Actor::new("system", "cron"), Context::empty()).to_value();
    let text = event["metadata"]["level"].as_str().unwrap().chars().count();
    let schema: Value = serde_json::from_str(<Displayed as AuditEvent<Actor>>::SCHEMA_JSON).unwrap();
    let max = schema["metadata"]["properties"]["level"]["maxLength"].as_u64();
    assert!(max.is_none_or(|max| text as u64 <= max), "{text} characters, maxLength is {max:?}");
}

#[derive(AuditEvent)]
#[audit(action = "defect.split", version = 1, actor = Actor)]
struct Bulk {
    #[audit(target, split = "batch_id")]
    documents: Vec<Document>,
    note: String,
}

/// All violations, of all the events that the list is split into; what they share is refused once.
#[test]
fn a_split_reports_every_violation() {
    let mut documents = vec![Document { id: 1, owner: "o".into() }; 45];
    documents[3].owner = "o".repeat(501);
    documents[44].owner = "o".repeat(502);
    let cron = Actor::new("system", "cron");
    let bulk = Bulk::builder().actor(&cron).documents(documents).note("n".repeat(503)).context(Context::empty());
    let error = bulk.try_build_all().unwrap_err();
    let mut found: Vec<_> = error.violations().iter().map(audit_core::Violation::found).collect();
    found.sort_unstable();
    assert_eq!(found, ["501 characters", "502 characters", "503 characters"], "{error}");
}
