//! Received events: accepted ones, and rejected ones with the reason.

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, Row, params_from_iter};
use serde_json::Value;

use super::{execute, json, rows};
use crate::clock::{Millis, iso};
use crate::received::ReceivedEvent;

/// A new event.
#[derive(Debug, Default)]
pub struct Arrived<'a> {
    /// The identifier of an accepted event.
    pub id: Option<&'a str>,
    /// The time of the request.
    pub received_at: Millis,
    /// The response's status.
    pub status: u16,
    /// A rejected event may lack it.
    pub organization_id: Option<&'a str>,
    /// A rejected event may lack it.
    pub action: Option<&'a str>,
    /// A rejected event may lack it.
    pub occurred_at: Option<Millis>,
    /// The event, as JSON.
    pub event: &'a str,
    /// The body of the response to a rejected event.
    pub refusal: Option<&'a Value>,
}

/// The searched fields: the query parameter, the column, and the condition around its comparison `{}`.
const FIELDS: [(&str, &str, &str); 4] = [
    ("action", "action", "{}"),
    ("organization", "organization_id", "{}"),
    (
        "actor",
        "a.value",
        "EXISTS (SELECT 1 FROM json_each(event, '$.actor') AS a
            WHERE a.key IN ('id', 'name', 'type') AND a.type = 'text' AND {})",
    ),
    // A target may be anything in a rejected event, and only objects have members.
    (
        "target",
        "a.value",
        "json_type(event, '$.targets') = 'array' AND EXISTS (SELECT 1 FROM json_each(event, '$.targets') AS t,
            json_each(CASE WHEN t.type = 'object' THEN t.value ELSE '[]' END) AS a
            WHERE a.key IN ('id', 'name', 'type') AND a.type = 'text' AND {})",
    ),
];

/// The events to list; by default, all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Conditions, each with the text that it compares.
    pub texts: Vec<(String, String)>,
    /// Only accepted events, or only rejected ones.
    pub accepted: Option<bool>,
    /// Only events before this sequence.
    pub before: Option<i64>,
}

/// The conditions that a query's parameters ask for: a field is its whole text, with `_contains` a part of it in any case.
pub fn texts<'a>(parameter: impl Fn(&str) -> Option<&'a str>) -> Vec<(String, String)> {
    let condition = |(name, column, condition): (&str, &str, &str)| {
        let (comparison, text) = match parameter(name) {
            Some(text) => (format!("{column} = ?"), text.to_owned()),
            None => (
                format!("instr(lowered({column}), ?) > 0"),
                parameter(&format!("{name}_contains"))?.to_lowercase(),
            ),
        };
        Some((condition.replace("{}", &comparison), text))
    };
    FIELDS.into_iter().filter_map(condition).collect()
}

const SELECT: &str =
    "SELECT sequence, id, received_at, status, organization_id, event, refusal FROM events";

/// Adds an event and returns its sequence.
pub fn add(db: &Connection, arrived: &Arrived<'_>) -> rusqlite::Result<i64> {
    let Arrived {
        id,
        received_at,
        status,
        organization_id,
        action,
        occurred_at,
        event,
        refusal,
    } = arrived;
    let refusal = refusal.map(Value::to_string);
    execute(
        db,
        "INSERT INTO events (id, received_at, status, organization_id, action, occurred_at, event, refusal)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (id, received_at, status, organization_id, action, occurred_at, event, refusal),
    )?;
    Ok(db.last_insert_rowid())
}

/// The sequence of the newest event; 0 without events.
pub fn newest(db: &Connection) -> rusqlite::Result<i64> {
    db.prepare_cached("SELECT coalesce(max(sequence), 0) FROM events")?
        .query_row([], |row| row.get(0))
}

/// The events of a filter, newest first.
pub fn list(
    db: &Connection,
    filter: &Filter,
    limit: Option<u32>,
) -> rusqlite::Result<Vec<ReceivedEvent>> {
    let mut sql = format!("{SELECT} WHERE sequence < ?");
    let mut params: Vec<Sql> = vec![filter.before.unwrap_or(i64::MAX).into()];
    for (condition, text) in &filter.texts {
        sql += " AND ";
        sql += condition;
        params.push(text.clone().into());
    }
    if let Some(accepted) = filter.accepted {
        sql += " AND (refusal IS NULL) = ?";
        params.push(accepted.into());
    }
    sql += " ORDER BY sequence DESC LIMIT ?";
    // A negative limit means no limit.
    params.push(limit.map_or(-1, i64::from).into());
    rows(db, &sql, params_from_iter(params), read)
}

/// The events after a sequence, oldest first.
pub fn since(db: &Connection, sequence: i64, limit: u32) -> rusqlite::Result<Vec<ReceivedEvent>> {
    let sql = format!("{SELECT} WHERE sequence > ? ORDER BY sequence LIMIT ?");
    rows(db, &sql, (sequence, limit), read)
}

fn read(row: &Row<'_>) -> rusqlite::Result<ReceivedEvent> {
    let refusal: Option<String> = row.get(6)?;
    Ok(ReceivedEvent {
        sequence: row.get(0)?,
        id: row.get(1)?,
        received_at: iso(row.get(2)?),
        accepted: refusal.is_none(),
        status: row.get(3)?,
        organization_id: row.get(4)?,
        event: json(&row.get::<_, String>(5)?),
        refusal: refusal.as_deref().map(json),
    })
}
