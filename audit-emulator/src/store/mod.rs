//! The database: one connection, one writer; a request's reads and writes are one transaction.

pub mod events;
pub mod exports;
pub mod idempotency;
pub mod organizations;
pub mod page;
pub mod portal;
pub mod schemas;

use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

use rusqlite::functions::FunctionFlags;
use rusqlite::types::ValueRef;
use rusqlite::{
    Connection, ErrorCode, OpenFlags, OptionalExtension, Params, Row, TransactionBehavior,
};
use serde_json::{Value, json};

use crate::error::Error;
use crate::id;
use crate::lock::lock;

/// Marks a file as one of ours (`PRAGMA application_id`): "AUDI".
const APPLICATION: i64 = 0x4155_4449;
/// The tables' form (`PRAGMA user_version`).
const FORMAT: i64 = 1;
/// What files of this form may lack, and get when they are opened.
const ADDITIONS: &str = "CREATE TABLE IF NOT EXISTS mark (mark TEXT NOT NULL) STRICT;
    CREATE INDEX IF NOT EXISTS export_urls_by_age ON export_urls (expires_at);
    CREATE TABLE IF NOT EXISTS portal_links (
        token TEXT PRIMARY KEY, organization_id TEXT NOT NULL, external_user_id TEXT, created_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS portal_links_by_age ON portal_links (created_at);
    CREATE INDEX IF NOT EXISTS portal_links_of_organization ON portal_links (organization_id, external_user_id);";
/// How long another program may hold the file while we open it.
const BUSY_TIMEOUT: Duration = Duration::from_millis(500);

/// The emulator's database.
#[derive(Debug)]
pub struct Store {
    connection: Mutex<Connection>,
}

impl Store {
    /// Opens or makes the file; without one, a temporary database that `SQLite` spills to the disk and removes.
    pub fn open(path: Option<&Path>) -> Result<Self, Error> {
        let file = path.unwrap_or_else(|| Path::new(""));
        let connection = connect(file).map_err(|error| explain(file, &error))?;
        Ok(Self {
            connection: Mutex::new(connection),
        })
    }

    /// Does `work` as one transaction: all of it is kept, or, after an error, nothing.
    pub fn transaction<T, E: From<rusqlite::Error>>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = lock(&self.connection);
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let result = work(&transaction)?;
        transaction.commit()?;
        Ok(result)
    }
}

/// Stored JSON. What can't be read, such as what is nested too deep, is shown as its text: it hides no other.
fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(
        |error| json!({"message": format!("can't be shown: {error}"), "text": text}),
    )
}

/// A random word that identifies this database; made at the first call.
pub fn mark(db: &Connection) -> rusqlite::Result<String> {
    let sql = "INSERT INTO mark SELECT ? WHERE NOT EXISTS (SELECT 1 FROM mark)";
    execute(db, sql, [&id::secret()[..8]])?;
    db.query_row("SELECT mark FROM mark", [], |row| row.get(0))
}

/// Executes a statement and returns the number of rows that it changed.
fn execute(db: &Connection, sql: &str, params: impl Params) -> rusqlite::Result<usize> {
    db.prepare_cached(sql)?.execute(params)
}

/// The first row of a query.
fn row<T>(
    db: &Connection,
    sql: &str,
    params: impl Params,
    read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Option<T>> {
    db.prepare_cached(sql)?.query_row(params, read).optional()
}

/// All rows of a query.
fn rows<T>(
    db: &Connection,
    sql: &str,
    params: impl Params,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    db.prepare_cached(sql)?.query_map(params, read)?.collect()
}

fn connect(file: &Path) -> Result<Connection, rusqlite::Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(64);
    let durable = !file.as_os_str().is_empty();
    // One emulator a file: it is locked for as long as the connection lives.
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    connection.pragma_update(None, "journal_mode", if durable { "WAL" } else { "MEMORY" })?;
    connection.pragma_update(None, "synchronous", if durable { "NORMAL" } else { "OFF" })?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // The database's own knows no letters beyond ASCII.
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("lowered", 1, flags, |context| {
        Ok(lowered(context.get_raw(0)))
    })?;
    prepare(&mut connection)?;
    Ok(connection)
}

fn lowered(value: ValueRef<'_>) -> Option<String> {
    value.as_str().ok().map(str::to_lowercase)
}

/// Makes the tables in an empty file; rejects the file of another program.
fn prepare(connection: &mut Connection) -> Result<(), rusqlite::Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let number =
        |pragma: &str| transaction.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    let is_empty = transaction.query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |row| {
        row.get(0)
    })?;
    match (is_empty, number("application_id")?, number("user_version")?) {
        (true, _, _) => {
            transaction.execute_batch(include_str!("tables.sql"))?;
            transaction.pragma_update(None, "application_id", APPLICATION)?;
            transaction.pragma_update(None, "user_version", FORMAT)?;
        }
        (false, APPLICATION, FORMAT) => {}
        _ => return Err(rusqlite::Error::InvalidQuery),
    }
    transaction.execute_batch(ADDITIONS)?;
    transaction.commit()
}

fn explain(file: &Path, error: &rusqlite::Error) -> Error {
    let shown = file.display();
    let is_other = matches!(error, rusqlite::Error::InvalidQuery);
    match error.sqlite_error_code() {
        _ if is_other => Error::new(
            format!(
                "{shown} is the database of another program, or of another version of the emulator"
            ),
            "name another file; one that isn't there is made",
        ),
        Some(ErrorCode::NotADatabase) => Error::new(
            format!("{shown} isn't a database"),
            "name another file; one that isn't there is made",
        ),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::new(
            format!("{shown} is in use by another program"),
            "stop the other emulator, or name another file",
        ),
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
            Error::new(
                format!("can't write the database {shown}: {error}"),
                "its folder has to be there, and both have to be writable",
            )
        }
        _ => Error::new(format!("can't open the database {shown}: {error}"), ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_is_wrong_with_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(
            at("text"),
            "certainly not a database, and long enough for a header of 100 bytes: ".repeat(4),
        )
        .unwrap();
        Connection::open(at("foreign"))
            .unwrap()
            .execute_batch("CREATE TABLE a (b)")
            .unwrap();
        let _held = Store::open(Some(&at("held"))).unwrap();
        for (name, said) in [
            ("text", "isn't a database"),
            ("foreign", "another program"),
            ("held", "in use by another program"),
            ("no/such/folder", "can't write the database"),
        ] {
            let error = Store::open(Some(&at(name))).unwrap_err();
            assert!(
                error.message().contains(said) && error.message().contains(name),
                "{error}"
            );
        }
    }
}
