//! Events as they arrived: accepted ones, and refused ones with the reason.

use rusqlite::types::Value as Sql;
use rusqlite::{Row, Transaction, params_from_iter};
use serde_json::Value;

use super::json;
use crate::clock::{Millis, iso};
use crate::received::ReceivedEvent;

/// An event that has just arrived.
#[derive(Debug)]
pub struct Arrived<'a> {
    /// Of an accepted one.
    pub id: Option<&'a str>,
    /// When it came.
    pub received_at: Millis,
    /// What was answered.
    pub status: u16,
    /// Whose it is; a refused one may not say.
    pub organization_id: Option<&'a str>,
    /// What happened; a refused one may not say.
    pub action: Option<&'a str>,
    /// When it happened; a refused one may not say.
    pub occurred_at: Option<Millis>,
    /// The event, as JSON.
    pub event: &'a str,
    /// The body of the answer, where it was refused.
    pub refusal: Option<&'a Value>,
}

/// A text that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The whole text.
    Whole(String),
    /// A part of it, in capitals or not.
    Part(String),
}

/// Which events are looked for; all of them where nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The action.
    pub action: Option<Wanted>,
    /// The actor's id, name or type.
    pub actor: Option<Wanted>,
    /// A target's id, name or type.
    pub target: Option<Wanted>,
    /// The organization's id.
    pub organization: Option<Wanted>,
    /// Only accepted ones, or only refused ones.
    pub accepted: Option<bool>,
    /// Those that came before this one.
    pub before: Option<i64>,
}

/// What an actor or a target is found by.
const CALLED: &str = "a.key IN ('id', 'name', 'type') AND a.type = 'text'";

const SELECT: &str =
    "SELECT sequence, id, received_at, status, organization_id, event, refusal FROM events";

/// Keeps it; answers its place in the sequence.
pub fn add(transaction: &Transaction<'_>, arrived: &Arrived<'_>) -> rusqlite::Result<i64> {
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
    transaction
        .prepare_cached(
            "INSERT INTO events (id, received_at, status, organization_id, action, occurred_at, event, refusal)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute((id, received_at, status, organization_id, action, occurred_at, event, refusal))?;
    Ok(transaction.last_insert_rowid())
}

/// The sequence of the newest event; 0 without events.
pub fn newest(transaction: &Transaction<'_>) -> rusqlite::Result<i64> {
    transaction
        .prepare_cached("SELECT coalesce(max(sequence), 0) FROM events")?
        .query_row([], |row| row.get(0))
}

/// Those that fit, newest first.
pub fn list(
    transaction: &Transaction<'_>,
    filter: &Filter,
    limit: Option<u32>,
) -> rusqlite::Result<Vec<ReceivedEvent>> {
    let (mut sql, mut params) = (format!("{SELECT} WHERE TRUE"), Vec::new());
    let Filter {
        action,
        actor,
        target,
        organization,
        accepted,
        before,
    } = filter;
    let mut text = |wanted: &Option<Wanted>, column: &str, condition: &dyn Fn(&str) -> String| {
        let Some(wanted) = wanted else { return };
        let (fits, value) = match wanted {
            Wanted::Whole(text) => (format!("{column} = ?"), text.clone()),
            Wanted::Part(text) => (
                format!("instr(lowered({column}), ?) > 0"),
                text.to_lowercase(),
            ),
        };
        sql.push_str(&condition(&fits));
        params.push(Sql::Text(value));
    };
    text(action, "action", &|fits| format!(" AND {fits}"));
    text(organization, "organization_id", &|fits| {
        format!(" AND {fits}")
    });
    text(actor, "a.value", &|fits| {
        format!(
            " AND EXISTS (SELECT 1 FROM json_each(event, '$.actor') AS a WHERE {CALLED} AND {fits})"
        )
    });
    // A target may be anything in a refused event, and only objects have members.
    text(target, "a.value", &|fits| {
        format!(
            " AND json_type(event, '$.targets') = 'array' AND EXISTS (SELECT 1 FROM json_each(event, '$.targets') AS t,
                json_each(CASE WHEN t.type = 'object' THEN t.value ELSE '{{}}' END) AS a WHERE {CALLED} AND {fits})"
        )
    });
    match accepted {
        None => {}
        Some(true) => sql.push_str(" AND refusal IS NULL"),
        Some(false) => sql.push_str(" AND refusal IS NOT NULL"),
    }
    if let Some(before) = before {
        sql.push_str(" AND sequence < ?");
        params.push(Sql::Integer(*before));
    }
    sql.push_str(" ORDER BY sequence DESC LIMIT ?");
    // A negative limit means no limit.
    params.push(Sql::Integer(limit.map_or(-1, i64::from)));
    let mut statement = transaction.prepare_cached(&sql)?;
    statement
        .query_map(params_from_iter(params), read)?
        .collect()
}

/// Those that came after `sequence`, oldest first.
pub fn since(
    transaction: &Transaction<'_>,
    sequence: i64,
    limit: u32,
) -> rusqlite::Result<Vec<ReceivedEvent>> {
    let mut statement = transaction.prepare_cached(&format!(
        "{SELECT} WHERE sequence > ? ORDER BY sequence LIMIT ?"
    ))?;
    statement.query_map((sequence, limit), read)?.collect()
}

fn read(row: &Row<'_>) -> rusqlite::Result<ReceivedEvent> {
    let refusal = row
        .get::<_, Option<String>>(6)?
        .map_or(Value::Null, |text| json(&text));
    Ok(ReceivedEvent {
        sequence: row.get(0)?,
        id: row.get(1)?,
        received_at: iso(row.get(2)?),
        accepted: refusal.is_null(),
        status: row.get(3)?,
        organization_id: row.get(4)?,
        event: json(&row.get::<_, String>(5)?),
        refusal: (!refusal.is_null()).then_some(refusal),
    })
}
