//! Actions and their schemas: each registration is a new version, and none ever changes.

use rusqlite::types::Value as Sql;
use rusqlite::{OptionalExtension, Row, Transaction};
use serde_json::Value;

use super::page::{List, Page, Wanted};
use crate::clock::Millis;
use crate::id::{self, Kind};

/// One version of an action's schema.
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    /// Counted from 1, for each action.
    pub version: u32,
    /// What was registered: `actor`, `targets`, `metadata`.
    pub body: Value,
    /// When.
    pub created_at: Millis,
}

/// An action, with its newest schema.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// As events name it.
    pub name: String,
    /// The newest version.
    pub newest: Schema,
    /// When its first version was registered.
    pub created_at: Millis,
}

/// Registers a new version, and the action where it is new.
pub fn register(
    transaction: &Transaction<'_>,
    action: &str,
    body: &Value,
    now: Millis,
) -> rusqlite::Result<Schema> {
    transaction
        .prepare_cached("INSERT INTO actions (id, name, created_at) VALUES (?, ?, ?) ON CONFLICT (name) DO NOTHING")?
        .execute((id::new(Kind::Action, now), action, now))?;
    let sql = "INSERT INTO schemas (id, action, version, body, created_at)
        SELECT ?1, a.sequence, 1 + coalesce((SELECT max(version) FROM schemas WHERE action = a.sequence), 0), ?2, ?3
        FROM actions a WHERE a.name = ?4 RETURNING version";
    let id = id::new(Kind::Schema, now);
    let version = transaction
        .prepare_cached(sql)?
        .query_row((id, body.to_string(), now, action), |row| row.get(0))?;
    Ok(Schema {
        version,
        body: body.clone(),
        created_at: now,
    })
}

/// One version, where it is there.
pub fn get(
    transaction: &Transaction<'_>,
    action: &str,
    version: u32,
) -> rusqlite::Result<Option<Schema>> {
    let sql = "SELECT NULL, NULL, s.version, s.body, s.created_at FROM schemas s JOIN actions a ON a.sequence = s.action
        WHERE a.name = ? AND s.version = ?";
    transaction
        .prepare_cached(sql)?
        .query_row((action, version), read_schema)
        .optional()
}

/// The newest version of an action.
pub fn latest(transaction: &Transaction<'_>, action: &str) -> rusqlite::Result<Option<Schema>> {
    let newest = count(transaction, action)?;
    get(transaction, action, newest)
}

/// How many versions an action has; 0 where there is no such action.
pub fn count(transaction: &Transaction<'_>, action: &str) -> rusqlite::Result<u32> {
    let sql =
        "SELECT count(*) FROM schemas s JOIN actions a ON a.sequence = s.action WHERE a.name = ?";
    transaction
        .prepare_cached(sql)?
        .query_row([action], |row| row.get(0))
}

/// Every version, oldest first.
pub fn versions(transaction: &Transaction<'_>, action: &str) -> rusqlite::Result<Vec<Schema>> {
    let sql = "SELECT NULL, NULL, s.version, s.body, s.created_at FROM schemas s JOIN actions a ON a.sequence = s.action
        WHERE a.name = ? ORDER BY s.version";
    let mut statement = transaction.prepare_cached(sql)?;
    statement.query_map([action], read_schema)?.collect()
}

/// Every action's name, sorted.
pub fn names(transaction: &Transaction<'_>) -> rusqlite::Result<Vec<String>> {
    let mut statement = transaction.prepare_cached("SELECT name FROM actions ORDER BY name")?;
    statement.query_map([], |row| row.get(0))?.collect()
}

/// A page of an action's schemas; `None` where the cursor is of none of them.
pub fn list(
    transaction: &Transaction<'_>,
    action: &str,
    wanted: &Wanted,
) -> rusqlite::Result<Option<Page<Schema>>> {
    List {
        select: "SELECT s.sequence, s.id, s.version, s.body, s.created_at",
        from: "FROM schemas s WHERE s.action = (SELECT sequence FROM actions WHERE name = ?)",
        alias: "s",
        params: vec![Sql::Text(action.to_owned())],
        read: read_schema,
    }
    .page(transaction, wanted)
}

/// A page of actions; `None` where the cursor is of none of them.
pub fn actions(
    transaction: &Transaction<'_>,
    wanted: &Wanted,
) -> rusqlite::Result<Option<Page<Action>>> {
    List {
        select: "SELECT a.sequence, a.id, s.version, s.body, s.created_at, a.name, a.created_at",
        from: "FROM actions a JOIN schemas s ON s.action = a.sequence
            WHERE s.version = (SELECT max(version) FROM schemas WHERE action = a.sequence)",
        alias: "a",
        params: Vec::new(),
        read: |row| {
            Ok(Action {
                newest: read_schema(row)?,
                name: row.get(5)?,
                created_at: row.get(6)?,
            })
        },
    }
    .page(transaction, wanted)
}

fn read_schema(row: &Row<'_>) -> rusqlite::Result<Schema> {
    Ok(Schema {
        version: row.get(2)?,
        body: row.get(3)?,
        created_at: row.get(4)?,
    })
}
