//! Random events inside and just outside the limits. Each is also written as an equivalent struct of plain serde types, which knows
//! no limits: its JSON is what the event would be, were nothing refused.

mod agent_executed;
mod bulk_invited;
mod inputs;
mod probed;
mod truncated;
mod values;

use std::time::{Duration, SystemTime};

use audit_core::{AuditEvent, BuildError, Context, Envelope, Event};
use jsonschema::Validator;
use proptest::prelude::*;
use serde::Serialize;
use serde_json::Value;

use crate::rules;

/// An event as the service takes it. Its fields stand in the order of the event's bytes.
#[derive(Serialize)]
struct Twin<A, T, M> {
    action: &'static str,
    version: u32,
    occurred_at: &'static str,
    actor: A,
    targets: Vec<T>,
    context: TwinContext,
    metadata: M,
}

#[derive(Serialize)]
struct TwinContext {
    location: &'static str,
    user_agent: &'static str,
}

#[derive(Serialize)]
struct TwinEntity<M> {
    r#type: &'static str,
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    metadata: M,
}

impl<A, T, M> Twin<A, T, M> {
    fn of<E: AuditEvent>(actor: A, targets: Vec<T>, metadata: M) -> Self {
        let context = TwinContext {
            location: "203.0.113.7",
            user_agent: "\"quoted\"\u{1}é🦀",
        };
        Self {
            action: E::ACTION,
            version: E::VERSION,
            occurred_at: "2026-09-21T14:13:20.123Z",
            actor,
            targets,
            context,
            metadata,
        }
    }
}

/// What [`Twin::of`] says of context and time.
fn envelope() -> Envelope {
    let at = SystemTime::UNIX_EPOCH + Duration::from_millis(1_790_000_000_123);
    Envelope::new(Context::new("203.0.113.7").user_agent("\"quoted\"\u{1}é🦀")).occurred_at(at)
}

/// The schemas that say which events of type `E` are legal: the exported one, where it is, and what follows from the body.
fn schemas<E: AuditEvent>() -> Vec<Validator> {
    let exported = rules::exported(E::ACTION, E::VERSION);
    [Some(rules::registered(E::SCHEMA_JSON)), exported]
        .into_iter()
        .flatten()
        .map(|schema| rules::validator(&schema))
        .collect()
}

/// Accepted exactly when the schemas accept the twin; then byte for byte the twin; refused for what `expected` lists.
fn judge(
    schemas: &[Validator],
    built: Result<Event, BuildError>,
    twin: &impl Serialize,
    expected: Vec<String>,
) -> Result<(), TestCaseError> {
    let would_be: Value = serde_json::to_value(twin).expect("a twin is JSON");
    for schema in schemas {
        prop_assert_eq!(
            schema.is_valid(&would_be),
            built.is_ok(),
            "{:?} {:?}",
            &built,
            rules::complaints(schema, &would_be)
        );
    }
    match built {
        Ok(event) => {
            prop_assert_eq!(expected, Vec::<String>::new());
            let bytes = serde_json::to_string(twin).expect("a twin is JSON");
            same("as_json()", event.as_json(), &bytes)?;
            prop_assert_eq!(
                event.to_value(),
                serde_json::from_str::<Value>(&bytes).expect("a twin is JSON")
            );
            prop_assert_eq!(
                serde_json::to_value(&event).expect("events serialize"),
                event.to_value()
            );
        }
        Err(error) => {
            let paths: Vec<String> = error
                .violations()
                .iter()
                .map(|violation| violation.path().to_owned())
                .collect();
            prop_assert_eq!(&paths, &expected);
            let lines = error.to_string();
            prop_assert_eq!(lines.lines().count(), paths.len());
            for (line, path) in lines.lines().zip(paths) {
                prop_assert!(line.starts_with(&format!("{path}: ")), "{}", line);
            }
        }
    }
    Ok(())
}

/// Byte for byte; where not, what is around the first difference.
fn same(what: &str, ours: &str, theirs: &str) -> Result<(), TestCaseError> {
    let equal = ours
        .bytes()
        .zip(theirs.bytes())
        .take_while(|(one, other)| one == other)
        .count();
    let around = |text: &str| {
        String::from_utf8_lossy(
            &text.as_bytes()[equal.saturating_sub(40)..(equal + 40).min(text.len())],
        )
        .into_owned()
    };
    prop_assert!(
        ours == theirs,
        "{what} at byte {equal}: {:?} instead of {:?}",
        around(ours),
        around(theirs)
    );
    Ok(())
}

/// At least 400 cases of each property, more where the environment asks for them. The smallest failing input is printed, not written to a file.
fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(ProptestConfig::default().cases.max(400))
    }
}
