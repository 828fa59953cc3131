//! Organizations: whose events are kept, and for how long.

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, Row};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::page::{List, Request};
use super::{execute, row, rows};
use crate::clock::{Millis, iso};
use crate::id;
use crate::refusal::{Answered, Refusal};

/// There from the start, so that a first event has an organization: the one of the API document's examples.
pub const FIRST: &str = "org_01EHZNVPK3SFK441A1RGBFSHRT";
/// The service's default, in days.
const RETENTION: u32 = 30;

/// An organization, as the API shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "object", rename = "organization")]
#[expect(clippy::struct_field_names, reason = "the names of the API")]
pub struct Organization {
    /// `org_…`
    pub id: String,
    /// Display name.
    pub name: String,
    /// Always false.
    pub allow_profiles_outside_organization: bool,
    /// External ID.
    pub external_id: Option<String>,
    /// An object of strings.
    pub metadata: Value,
    /// The retention period of its events, in days.
    #[serde(skip)]
    pub retention_days: u32,
    /// The time of its creation.
    pub created_at: String,
    /// The time of its last change.
    pub updated_at: String,
    /// In the order of the request.
    pub domains: Vec<Domain>,
}

/// A domain of an organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "object", rename = "organization_domain")]
#[expect(clippy::struct_field_names, reason = "the names of the API")]
pub struct Domain {
    /// `org_domain_…`
    pub id: String,
    /// The organization's identifier.
    pub organization_id: String,
    /// `example.com`
    pub domain: String,
    /// `pending` or `verified`
    pub state: String,
    /// The time of its creation.
    pub created_at: String,
    /// The same time.
    pub updated_at: String,
}

/// The members of a request that creates or changes an organization; `None` leaves a member as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    /// Display name.
    pub name: Option<String>,
    /// External ID; `null` removes it.
    pub external_id: Option<Value>,
    /// The keys to set, and those to remove, which are `null`; `null` itself removes all keys.
    pub metadata: Option<Value>,
    /// All domains, each with its state.
    pub domains: Option<Vec<(String, String)>>,
}

/// Creates one; `None` where the ID or the external ID is taken.
pub fn add(
    db: &Connection,
    id: Option<String>,
    new: Change,
    now: Millis,
) -> rusqlite::Result<Option<Organization>> {
    let id = id.unwrap_or_else(|| id::new(id::ORGANIZATION, now));
    let external_id = new.external_id.as_ref().and_then(Value::as_str);
    let metadata = merged(&Value::Null, new.metadata.unwrap_or_default()).to_string();
    let sql = "INSERT INTO organizations (id, name, external_id, metadata, retention_days, created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6) ON CONFLICT DO NOTHING";
    let name = new.name.unwrap_or_default();
    let added = execute(db, sql, (&id, name, external_id, metadata, RETENTION, now))?;
    if added == 0 {
        return Ok(None);
    }
    set_domains(db, &id, &new.domains.unwrap_or_default(), now)?;
    get(db, &id)
}

/// Changes one; `None` where another organization has the external ID.
pub fn update(
    db: &Connection,
    before: Organization,
    change: Change,
    now: Millis,
) -> rusqlite::Result<Option<Organization>> {
    let external_id = match change.external_id {
        None => before.external_id,
        Some(id) => id.as_str().map(str::to_owned),
    };
    let metadata = match change.metadata {
        None => before.metadata,
        Some(metadata) => merged(&before.metadata, metadata),
    };
    let (id, name) = (&before.id, change.name.unwrap_or(before.name));
    let sql = "UPDATE OR IGNORE organizations SET name = ?, external_id = ?, metadata = ?, updated_at = ? WHERE id = ?";
    let changed = execute(db, sql, (name, external_id, metadata.to_string(), now, id))?;
    if changed == 0 {
        return Ok(None);
    }
    if let Some(domains) = change.domains {
        set_domains(db, id, &domains, now)?;
    }
    get(db, id)
}

/// Metadata after a change: an object without `null`.
fn merged(before: &Value, change: Value) -> Value {
    let Value::Object(change) = change else {
        return Map::new().into();
    };
    let mut all = before.as_object().cloned().unwrap_or_default();
    all.extend(change);
    all.retain(|_, value| !value.is_null());
    all.into()
}

/// Removes one, with its domains and links.
pub fn delete(db: &Connection, id: &str) -> rusqlite::Result<()> {
    for (table, column) in [
        ("domains", "organization_id"),
        ("portal_links", "organization_id"),
        ("organizations", "id"),
    ] {
        execute(db, &format!("DELETE FROM {table} WHERE {column} = ?"), [id])?;
    }
    Ok(())
}

/// Replaces the domains; known ones keep their identifiers.
fn set_domains(
    db: &Connection,
    id: &str,
    domains: &[(String, String)],
    now: Millis,
) -> rusqlite::Result<()> {
    let names: Value = domains.iter().map(|(name, _)| name.as_str()).collect();
    let sql = "DELETE FROM domains WHERE organization_id = ? AND domain NOT IN (SELECT value FROM json_each(?))";
    execute(db, sql, (id, names.to_string()))?;
    for (name, state) in domains {
        let sql = "UPDATE domains SET state = ? WHERE organization_id = ? AND domain = ?";
        if execute(db, sql, (state, id, name))? == 0 {
            let sql = "INSERT INTO domains (id, organization_id, domain, state, created_at) VALUES (?, ?, ?, ?, ?)";
            execute(db, sql, (id::new(id::DOMAIN, now), id, name, state, now))?;
        }
    }
    Ok(())
}

/// The oldest organization's identifier; creates [`FIRST`] where there is none.
pub fn first(db: &Connection, now: Millis) -> rusqlite::Result<String> {
    let sql = "SELECT id FROM organizations ORDER BY sequence LIMIT 1";
    if let Some(id) = row(db, sql, [], |row| row.get(0))? {
        return Ok(id);
    }
    let example = Change {
        name: Some("Example".to_owned()),
        ..Change::default()
    };
    add(db, Some(FIRST.to_owned()), example, now)?;
    Ok(FIRST.to_owned())
}

/// Refuses where there is no such organization. Reads nothing of it: every event asks.
pub fn require(db: &Connection, id: &str) -> Answered<()> {
    let exists = db
        .prepare_cached("SELECT 1 FROM organizations WHERE id = ?")?
        .exists([id])?;
    exists.then_some(()).ok_or_else(|| missing(id))
}

/// The organization; the refusal says that there is none.
pub fn existing(db: &Connection, id: &str) -> Answered<Organization> {
    get(db, id)?.ok_or_else(|| missing(id))
}

fn missing(id: &str) -> Refusal {
    Refusal::not_found("Organization", id)
}

/// The organization, if it exists.
fn get(db: &Connection, id: &str) -> rusqlite::Result<Option<Organization>> {
    find(db, "id", id)
}

/// The organization with an external ID, if it exists.
pub fn get_by_external_id(
    db: &Connection,
    external_id: &str,
) -> rusqlite::Result<Option<Organization>> {
    find(db, "external_id", external_id)
}

fn find(db: &Connection, column: &str, value: &str) -> rusqlite::Result<Option<Organization>> {
    let sql = format!("{SELECT} FROM organizations o WHERE o.{column} = ?");
    row(db, &sql, [value], |row| read(db, row))
}

/// A page of those whose name contains `search` and that have one of the domains.
pub fn list(
    db: &Connection,
    search: Option<String>,
    domains: Option<String>,
    request: &Request,
) -> Answered<Value> {
    List {
        select: SELECT,
        from: "FROM organizations o WHERE (?1 IS NULL OR instr(lower(o.name), lower(?1)) > 0)
            AND (?2 IS NULL OR EXISTS (SELECT 1 FROM domains d WHERE d.organization_id = o.id
                AND lower(d.domain) IN (SELECT lower(value) FROM json_each(?2))))",
        alias: "o",
        params: vec![Sql::from(search), Sql::from(domains)],
        read: &|row| Ok(json!(read(db, row)?)),
    }
    .page(db, request)
}

/// Sets the retention period.
pub fn set_retention(db: &Connection, id: &str, days: u32, now: Millis) -> rusqlite::Result<()> {
    let sql = "UPDATE organizations SET retention_days = ?, updated_at = ? WHERE id = ?";
    execute(db, sql, (days, now, id))?;
    Ok(())
}

const SELECT: &str = "SELECT o.sequence, o.id, o.name, o.external_id, o.metadata, o.retention_days, o.created_at, o.updated_at";

fn read(db: &Connection, row: &Row<'_>) -> rusqlite::Result<Organization> {
    let id: String = row.get(1)?;
    Ok(Organization {
        domains: domains_of(db, &id)?,
        id,
        name: row.get(2)?,
        allow_profiles_outside_organization: false,
        external_id: row.get(3)?,
        metadata: row.get(4)?,
        retention_days: row.get(5)?,
        created_at: iso(row.get(6)?),
        updated_at: iso(row.get(7)?),
    })
}

fn domains_of(db: &Connection, id: &str) -> rusqlite::Result<Vec<Domain>> {
    let sql = "SELECT id, domain, state, created_at FROM domains WHERE organization_id = ? ORDER BY sequence";
    rows(db, sql, [id], |row| {
        let created_at = iso(row.get(3)?);
        Ok(Domain {
            id: row.get(0)?,
            organization_id: id.to_owned(),
            domain: row.get(1)?,
            state: row.get(2)?,
            updated_at: created_at.clone(),
            created_at,
        })
    })
}
