//! Whether an event obeys the version that it names.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use audit_core::limits::is_registered_action;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::errors::Errors;
use super::event_schema::EventSchema;
use super::words::encode_uri_component;
use crate::lock::lock;
use crate::refusal::{Answered, MAX_ERROR_BYTES, MAX_ERRORS, Problems, Refusal};
use crate::store::schemas;

/// The size of the cache of compiled schemas, in bytes; beyond it, the cache is cleared.
const CACHE_BYTES: usize = 64 * 1024 * 1024;

/// The cache of compiled schemas, by action and version. Versions never change.
#[derive(Debug, Default)]
pub struct Checks(Mutex<HashMap<(String, u32), Arc<EventSchema>>>);

impl Checks {
    /// The version that holds for the event, or the reason for its absence.
    pub fn find(&self, db: &Connection, event: &Value) -> Answered<Arc<EventSchema>> {
        let action = event["action"].as_str().unwrap_or_default();
        let version = version_of(db, action, &event["version"])?;
        let key = (action.to_owned(), version);
        if let Some(schema) = lock(&self.0).get(&key) {
            return Ok(Arc::clone(schema));
        }
        let missing = || {
            Refusal::broken(&format!(
                "the database has no version {version} of {action}"
            ))
        };
        let stored = schemas::get(db, action, version)?.ok_or_else(missing)?;
        // Registration has rejected all that can't be compiled; a file of an older emulator may hold it.
        let compiled = EventSchema::compile(&stored.body).map_err(|Problems(problems)| {
            let why = problems.first().map_or("", |problem| &problem.message);
            unchecked(&format!(
                "the schema of {action} version {version} can't be used: {why}"
            ))
        })?;
        let compiled = Arc::new(compiled);
        let mut cache = lock(&self.0);
        let bytes: usize = cache.values().map(|schema| schema.bytes).sum();
        if bytes + compiled.bytes > CACHE_BYTES {
            cache.clear();
        }
        cache.insert(key, Arc::clone(&compiled));
        Ok(compiled)
    }
}

/// All problems of an event by its schema. Needs no database, and may take a while.
pub fn check(schema: &EventSchema, event: &Value) -> Answered<()> {
    match schema.check(event) {
        Err(part) => Err(unchecked(&format!(
            "{part} takes more steps than it allows for one event"
        ))),
        Ok(errors) if errors.count() == 0 => Ok(()),
        Ok(errors) => Err(disobeys(errors)),
    }
}

/// The version that an event without one means.
const DEFAULT_VERSION: u32 = 1;

/// The version that the event names, or the first one.
fn version_of(db: &Connection, action: &str, version: &Value) -> Answered<u32> {
    let count = schemas::count(db, action)?;
    match version {
        _ if count == 0 => Err(no_action(action, version)),
        Value::Null => Ok(DEFAULT_VERSION),
        Value::Number(_) => (1..=count)
            .find(|known| version == known)
            .ok_or_else(|| no_version(action, version, count)),
        // The schema of any version rejects it.
        _ => Ok(count),
    }
}

fn invalid(message: impl Into<String>, errors: Vec<Value>) -> Refusal {
    let mut refusal = Refusal::bad_request(message).code("invalid_audit_log");
    refusal.body["errors"] = errors.into();
    refusal
}

/// With as many errors as are kept, and how many there are besides.
fn disobeys(errors: Errors) -> Refusal {
    let Errors { kept, omitted, .. } = errors;
    if omitted == 0 {
        return invalid("Invalid Audit Log event", kept);
    }
    let message = format!(
        "Invalid Audit Log event. There are {omitted} more errors: this emulator shows {MAX_ERRORS}, or {} KiB of them.",
        MAX_ERROR_BYTES / 1024
    );
    let mut refusal = invalid(message, kept);
    refusal.body["omitted_errors"] = omitted.into();
    refusal
}

/// A limit of the emulator, not of the service: sending the event again doesn't help.
fn unchecked(why: &str) -> Refusal {
    Refusal::bad_request(format!("This emulator can't check the event: {why}."))
        .code("emulator_limit")
}

fn no_action(action: &str, version: &Value) -> Refusal {
    let path = if is_registered_action(action) {
        encode_uri_component(action)
    } else {
        "ACTION".into()
    };
    let help = format!("register it with POST /audit_logs/actions/{path}/schemas");
    let expected = "must be an action that has a schema";
    not_configured(action, version, &help, "action", expected)
}

fn no_version(action: &str, version: &Value, count: u32) -> Refusal {
    let help = format!("its newest version is {count}");
    let expected = "must be a version that is registered";
    not_configured(action, version, &help, "version", expected)
}

/// The service's message, which programs look for, with help; and an error in Ajv's form, though of no schema.
fn not_configured(
    action: &str,
    version: &Value,
    help: &str,
    keyword: &str,
    expected: &str,
) -> Refusal {
    let data = if keyword == "action" {
        json!(action)
    } else {
        version.clone()
    };
    let version = match version {
        Value::Null => DEFAULT_VERSION.to_string(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let message = format!(
        "event '{action}', version '{version}' has not been configured in this environment; {help}"
    );
    let error = json!({
        "instancePath": format!("/{keyword}"),
        "schemaPath": format!("#/properties/{keyword}"),
        "keyword": keyword,
        "params": {keyword: data},
        "message": expected,
        "data": data,
    });
    invalid(message, vec![error])
}
