//! Actions and their schemas: each registration is a new version, and none ever changes.

use rusqlite::{Connection, Row};
use serde::Serialize;
use serde_json::{Value, json};

use super::page::{List, Request};
use super::{execute, row, rows};
use crate::clock::{Millis, iso};
use crate::id;
use crate::refusal::Answered;

/// One version of an action's schema.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Schema {
    /// Counted from 1, for each action.
    pub version: u32,
    /// The registered body: `actor`, `targets`, `metadata`.
    #[serde(rename = "schema")]
    pub body: Value,
    /// The time of the registration.
    pub created_at: String,
}

impl Schema {
    /// As the API shows it.
    pub fn to_json(&self) -> Value {
        let Self {
            version,
            body,
            created_at,
        } = self;
        let mut shown =
            json!({"object": "audit_log_schema", "version": version, "created_at": created_at});
        for part in ["actor", "targets", "metadata"] {
            if let Some(value) = body.get(part) {
                shown[part] = value.clone();
            }
        }
        shown
    }
}

/// Registers a new version, and the action where it is new.
pub fn register(
    db: &Connection,
    action: &str,
    body: &Value,
    now: Millis,
) -> rusqlite::Result<Schema> {
    let sql =
        "INSERT INTO actions (id, name, created_at) VALUES (?, ?, ?) ON CONFLICT (name) DO NOTHING";
    execute(db, sql, (id::new(id::ACTION, now), action, now))?;
    let sql = "INSERT INTO schemas (id, action, version, body, created_at)
        SELECT ?1, a.sequence, 1 + coalesce((SELECT max(version) FROM schemas WHERE action = a.sequence), 0), ?2, ?3
        FROM actions a WHERE a.name = ?4 RETURNING sequence, id, version, body, created_at";
    let id = id::new(id::SCHEMA, now);
    db.prepare_cached(sql)?
        .query_row((id, body.to_string(), now, action), read_schema)
}

/// One version, if it exists.
pub fn get(db: &Connection, action: &str, version: u32) -> rusqlite::Result<Option<Schema>> {
    let sql = format!("{OF_ACTION} AND s.version = ?");
    row(db, &sql, (action, version), read_schema)
}

/// The newest version of an action.
pub fn latest(db: &Connection, action: &str) -> rusqlite::Result<Option<Schema>> {
    get(db, action, count(db, action)?)
}

/// The number of an action's versions; 0 for an unknown action.
pub fn count(db: &Connection, action: &str) -> rusqlite::Result<u32> {
    let sql =
        "SELECT count(*) FROM schemas s JOIN actions a ON a.sequence = s.action WHERE a.name = ?";
    db.prepare_cached(sql)?
        .query_row([action], |row| row.get(0))
}

/// Every version, oldest first.
pub fn versions(db: &Connection, action: &str) -> rusqlite::Result<Vec<Schema>> {
    let sql = format!("{OF_ACTION} ORDER BY s.version");
    rows(db, &sql, [action], read_schema)
}

/// Every action's name, sorted.
pub fn names(db: &Connection) -> rusqlite::Result<Vec<String>> {
    let sql = "SELECT name FROM actions ORDER BY name";
    rows(db, sql, [], |row| row.get(0))
}

/// A page of an action's schemas.
pub fn list(db: &Connection, action: &str, request: &Request) -> Answered<Value> {
    List {
        select: "SELECT s.sequence, s.id, s.version, s.body, s.created_at",
        from: "FROM schemas s WHERE s.action = (SELECT sequence FROM actions WHERE name = ?)",
        alias: "s",
        params: vec![action.to_owned().into()],
        read: &|row| Ok(read_schema(row)?.to_json()),
    }
    .page(db, request)
}

/// A page of actions, each with its newest schema.
pub fn actions(db: &Connection, request: &Request) -> Answered<Value> {
    List {
        select: "SELECT a.sequence, a.id, s.version, s.body, s.created_at, a.name, a.created_at",
        from: "FROM actions a JOIN schemas s ON s.action = a.sequence
            WHERE s.version = (SELECT max(version) FROM schemas WHERE action = a.sequence)",
        alias: "a",
        params: Vec::new(),
        read: &|row| {
            let newest = read_schema(row)?;
            Ok(json!({
                "object": "audit_log_action",
                "name": row.get::<_, String>(5)?,
                "schema": newest.to_json(),
                "created_at": iso(row.get(6)?),
                "updated_at": newest.created_at,
            }))
        },
    }
    .page(db, request)
}

const OF_ACTION: &str = "SELECT s.sequence, s.id, s.version, s.body, s.created_at
    FROM schemas s JOIN actions a ON a.sequence = s.action WHERE a.name = ?";

fn read_schema(row: &Row<'_>) -> rusqlite::Result<Schema> {
    Ok(Schema {
        version: row.get(2)?,
        body: row.get(3)?,
        created_at: iso(row.get(4)?),
    })
}
