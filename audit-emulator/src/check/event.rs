//! Whether an event obeys the version that it names.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use audit_core::limits::is_action;
use axum::http::StatusCode;
use rusqlite::Transaction;
use serde_json::{Value, json};

use super::ajv::{Node, Problem, compile};
use super::event_schema::compose;
use crate::http::refusal::Refusal;
use crate::state::Answered;
use crate::store::schemas;

/// So many compiled schemas are kept; then all of them are made again.
const KEPT: usize = 1_024;

/// Compiled schemas, by action and version. Versions never change.
#[derive(Debug, Default)]
pub struct Checks {
    compiled: Mutex<HashMap<(String, u32), Arc<Node>>>,
}

impl Checks {
    /// The version that holds for the event, or why there is none; then all that is wrong by it.
    pub fn check(&self, transaction: &Transaction<'_>, action: &str, event: &Value) -> Answered<()> {
        let schema = self.find(transaction, action, event)?;
        let errors: Vec<Value> = schema.problems(event).iter().map(Problem::to_json).collect();
        if errors.is_empty() { Ok(()) } else { Err(invalid("Invalid Audit Log event", errors)) }
    }

    fn find(&self, transaction: &Transaction<'_>, action: &str, event: &Value) -> Answered<Arc<Node>> {
        let version = wanted(transaction, action, &event["version"])?;
        let name = (action.to_owned(), version);
        if let Some(schema) = self.lock().get(&name) {
            return Ok(Arc::clone(schema));
        }
        let Some(schema) = schemas::get(transaction, action, version)? else { return Err(no_version(action, &version.into())) };
        // Registration has refused all that can't be compiled.
        let node = compile(&compose(&schema.body), "#")
            .map_err(|refused| Refusal::broken(&format!("the schema of {action} version {version}: {refused:?}")))?;
        let node = Arc::new(node);
        let mut compiled = self.lock();
        if compiled.len() >= KEPT {
            compiled.clear();
        }
        compiled.insert(name, Arc::clone(&node));
        Ok(node)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<(String, u32), Arc<Node>>> {
        self.compiled.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The version that the event names, or the only one.
fn wanted(transaction: &Transaction<'_>, action: &str, version: &Value) -> Answered<u32> {
    let count = schemas::count(transaction, action)?;
    match version {
        _ if count == 0 => Err(no_action(action)),
        Value::Null if count == 1 => Ok(1),
        Value::Null => Err(ambiguous(action, count)),
        // Not a number at all: any version's schema says so.
        version if !version.is_number() => Ok(count),
        version => {
            let number = version.as_u64().and_then(|version| u32::try_from(version).ok());
            number.filter(|number| (1..=count).contains(number)).ok_or_else(|| no_version(action, version))
        }
    }
}

fn invalid(message: impl Into<String>, errors: Vec<Value>) -> Refusal {
    let mut refusal = Refusal::new(StatusCode::BAD_REQUEST, message).code("invalid_audit_log");
    refusal.body["errors"] = errors.into();
    refusal
}

/// In Ajv's form, though no schema said it.
fn one(at: &str, keyword: &str, params: &Value, message: &str, data: &Value) -> Vec<Value> {
    let schema_path = format!("#/properties{at}");
    vec![
        json!({"instancePath": at, "schemaPath": schema_path, "keyword": keyword, "params": params, "message": message, "data": data}),
    ]
}

fn no_action(action: &str) -> Refusal {
    let way_out = if is_action(action) {
        format!("register one with POST /audit_logs/actions/{action}/schemas")
    } else {
        "register one with POST /audit_logs/actions/ACTION/schemas".to_owned()
    };
    let message = format!("Invalid Audit Log event: the action '{action}' has no schema; {way_out}");
    invalid(message, one("/action", "action", &json!({"action": action}), "must be an action that has a schema", &action.into()))
}

fn ambiguous(action: &str, count: u32) -> Refusal {
    let message = format!("Invalid Audit Log event: the action '{action}' has {count} versions, and the event names none");
    let mut errors =
        one("", "required", &json!({"missingProperty": "version"}), "must have required property 'version'", &Value::Null);
    errors[0]["schemaPath"] = "#/required".into();
    invalid(message, errors)
}

fn no_version(action: &str, version: &Value) -> Refusal {
    let message = format!("Invalid Audit Log event: the action '{action}' has no version {version}");
    invalid(message, one("/version", "version", &json!({"version": version}), "must be a version that is registered", version))
}
