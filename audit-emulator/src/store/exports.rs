//! Exports: what was chosen, the events that belong to it, the addresses under which it can be fetched for a while.

use rusqlite::{Connection, Row};
use serde::Serialize;
use serde_json::json;

use super::{events, execute, row, rows};
use crate::clock::{MINUTE, Millis, iso};
use crate::id;

/// How long an address lives.
const LIFETIME: Millis = 10 * MINUTE;
/// After that it is forgotten that there was one.
const REMEMBERED: Millis = 24 * 60 * MINUTE;

/// What an export is made of. An empty list chooses everything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Filter {
    /// Whose events.
    pub organization_id: String,
    /// From this time on …
    pub start: Millis,
    /// … and before that one.
    pub end: Millis,
    /// Actions.
    pub actions: Vec<String>,
    /// Names of actors.
    pub actor_names: Vec<String>,
    /// Ids of actors.
    pub actor_ids: Vec<String>,
    /// Types of targets.
    pub targets: Vec<String>,
}

/// An export, as the API shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "object", rename = "audit_log_export")]
pub struct Export {
    /// `audit_log_export_…`
    pub id: String,
    /// `pending` or `ready`
    pub state: String,
    /// The time of the order.
    pub created_at: String,
    /// The time at which it became ready.
    pub updated_at: String,
    /// The address of a ready export's file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// An export's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// When its address expires.
    pub expires_at: Millis,
    /// The sequences of its events, in its order.
    pub events: Vec<i64>,
}

/// A row of an export, with one cell for each of [`COLUMNS`]: text as it is, other values as JSON, `None` where the event has no value.
pub type Cells = [Option<String>; COLUMNS.len()];

/// The columns of an export, each with the SQL expression of its cells.
pub const COLUMNS: [(&str, &str); 13] = [
    ("id", "id"),
    ("action", "event ->> '$.action'"),
    ("version", "CAST(event ->> '$.version' AS TEXT)"),
    ("occurred_at", "event ->> '$.occurred_at'"),
    ("actor_id", "event ->> '$.actor.id'"),
    ("actor_name", "event ->> '$.actor.name'"),
    ("actor_type", "event ->> '$.actor.type'"),
    ("actor_metadata", "event ->> '$.actor.metadata'"),
    ("targets", "event ->> '$.targets'"),
    ("context_location", "event ->> '$.context.location'"),
    ("context_user_agent", "event ->> '$.context.user_agent'"),
    ("metadata", "event ->> '$.metadata'"),
    ("organization_id", "organization_id"),
];

/// Orders one.
pub fn add(db: &Connection, filter: &Filter, now: Millis) -> rusqlite::Result<Export> {
    let sql = "INSERT INTO exports (id, state, filter, last_event, created_at, updated_at)
        VALUES (?1, 'pending', ?2, ?3, ?4, ?4) RETURNING id, state, created_at, updated_at";
    let params = (
        id::new(id::EXPORT, now),
        json!(filter),
        events::newest(db)?,
        now,
    );
    db.prepare_cached(sql)?.query_row(params, read)
}

/// Makes an export ready and returns it with the secret of a new address.
pub fn fetch(db: &Connection, id: &str, now: Millis) -> rusqlite::Result<Option<(Export, String)>> {
    let sql =
        "UPDATE exports SET state = 'ready', updated_at = iif(state = 'pending', ?, updated_at)
        WHERE id = ? RETURNING id, state, created_at, updated_at";
    let Some(export) = row(db, sql, (now, id), read)? else {
        return Ok(None);
    };
    let oldest = now.saturating_sub(REMEMBERED);
    execute(db, "DELETE FROM export_urls WHERE expires_at < ?", [oldest])?;
    let token = id::secret();
    let sql = "INSERT INTO export_urls (token, export_id, expires_at) VALUES (?, ?, ?)";
    execute(db, sql, (&token, id, now.saturating_add(LIFETIME)))?;
    Ok(Some((export, token)))
}

fn read(row: &Row<'_>) -> rusqlite::Result<Export> {
    Ok(Export {
        id: row.get(0)?,
        state: row.get(1)?,
        created_at: iso(row.get(2)?),
        updated_at: iso(row.get(3)?),
        url: None,
    })
}

/// What an address leads to; `None` where there is no such address.
pub fn open(db: &Connection, id: &str, token: &str) -> rusqlite::Result<Option<File>> {
    let sql = "SELECT u.expires_at, e.filter, e.last_event FROM export_urls u JOIN exports e ON e.id = u.export_id
        WHERE u.token = ? AND u.export_id = ?";
    row(db, sql, (token, id), |row| {
        let (filter, last_event): (String, i64) = (row.get(1)?, row.get(2)?);
        Ok(File {
            expires_at: row.get(0)?,
            events: rows(db, &chosen(), (filter, last_event), |row| row.get(0))?,
        })
    })
}

/// Selects the sequences of the events of a filter, oldest first.
fn chosen() -> String {
    let filters = [
        ("actions", "action {}"),
        ("actor_names", "event ->> '$.actor.name' {}"),
        ("actor_ids", "event ->> '$.actor.id' {}"),
        (
            "targets",
            "EXISTS (SELECT 1 FROM json_each(event, '$.targets') AS t WHERE t.value ->> '$.type' {})",
        ),
    ];
    let filters = filters.map(|(list, condition)| {
        let is_chosen = format!("IN (SELECT value FROM json_each(?1, '$.{list}'))");
        let condition = condition.replace("{}", &is_chosen);
        format!("AND (?1 ->> '$.{list}' = '[]' OR {condition})")
    });
    format!(
        "SELECT sequence FROM events
        WHERE refusal IS NULL AND organization_id = ?1 ->> '$.organization_id' AND sequence <= ?2
            AND occurred_at >= ?1 ->> '$.start' AND occurred_at < ?1 ->> '$.end' {}
        ORDER BY occurred_at, sequence",
        filters.concat()
    )
}

/// Selects the cells of some events, oldest first.
fn shown() -> String {
    let cells = COLUMNS.map(|(_, cell)| cell).join(", ");
    format!(
        "SELECT {cells} FROM events WHERE sequence IN (SELECT value FROM json_each(?))
        ORDER BY occurred_at, sequence"
    )
}

/// The rows of some events.
pub fn cells(db: &Connection, events: &[i64]) -> rusqlite::Result<Vec<Cells>> {
    rows(db, &shown(), [json!(events)], |row| {
        let mut cells = [const { None }; COLUMNS.len()];
        for (index, cell) in cells.iter_mut().enumerate() {
            *cell = row.get(index)?;
        }
        Ok(cells)
    })
}

#[cfg(test)]
mod tests {
    use rusqlite::StatementStatus;

    use super::*;
    use crate::store::Store;
    use crate::store::events::Arrived;

    /// How many steps the database takes for a whole export of events of one time.
    fn steps(count: usize) -> i32 {
        let store = Store::open(None).unwrap();
        let whole = store.transaction(|db| {
            for number in 0..count {
                let id = format!("audit_event_{number}");
                let arrived = Arrived {
                    id: Some(&id),
                    received_at: 1,
                    status: 200,
                    organization_id: Some("org_1"),
                    action: Some("a.b"),
                    occurred_at: Some(5),
                    event: "{}",
                    refusal: None,
                };
                events::add(db, &arrived)?;
            }
            let filter = Filter {
                organization_id: "org_1".into(),
                start: 0,
                end: 10,
                actions: Vec::new(),
                actor_names: Vec::new(),
                actor_ids: Vec::new(),
                targets: Vec::new(),
            };
            let id = add(db, &filter, 1)?.id;
            let (_, token) = fetch(db, &id, 1)?.unwrap();
            let file = open(db, &id, &token)?.unwrap();
            let mut found = 0;
            for events in file.events.chunks(100) {
                found += cells(db, events)?.len();
            }
            assert_eq!(found, count);
            let steps = |sql: String| {
                db.prepare_cached(&sql)
                    .unwrap()
                    .get_status(StatementStatus::VmStep)
            };
            Ok::<_, rusqlite::Error>(steps(chosen()) + steps(shown()))
        });
        whole.unwrap()
    }

    #[test]
    fn a_cell_is_what_the_event_holds() {
        let store = Store::open(None).unwrap();
        let event = r#"{"action":"a.b","version":1,"actor":{"id":"=1+1","name":"a \"b\", c\nd","metadata":{"z":1.5,"a":"é","t":true}},"targets":[{"type":"t","id":"1"}]}"#;
        let arrived = Arrived {
            id: Some("audit_event_1"),
            received_at: 1,
            status: 200,
            organization_id: Some("org_1"),
            action: Some("a.b"),
            occurred_at: Some(5),
            event,
            refusal: None,
        };
        let found = store.transaction(|db| {
            let sequence = events::add(db, &arrived)?;
            cells(db, &[sequence])
        });
        let cells = found.unwrap().remove(0);
        assert_eq!(
            cells.each_ref().map(Option::as_deref),
            [
                Some("audit_event_1"),
                Some("a.b"),
                Some("1"),
                None,
                Some("=1+1"),
                Some("a \"b\", c\nd"),
                None,
                Some(r#"{"z":1.5,"a":"é","t":true}"#),
                Some(r#"[{"type":"t","id":"1"}]"#),
                None,
                None,
                None,
                Some("org_1"),
            ]
        );
    }

    #[test]
    fn events_of_one_time_cost_the_same_each() {
        let (few, many) = (steps(1_000), steps(8_000));
        assert!(
            many < few * 9,
            "{few} steps for 1,000 events, {many} for 8,000"
        );
    }
}
