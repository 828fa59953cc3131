//! Organizations: whose events are kept, and for how long.

use rusqlite::types::Value as Sql;
use rusqlite::{OptionalExtension, Row, Transaction};
use serde_json::{Map, Value};

use super::page::{List, Page, Wanted};
use crate::clock::Millis;
use crate::id::{self, Kind};

/// There from the start, so that a first event has an organization: the one of the API document's examples.
pub const FIRST: &str = "org_01EHZNVPK3SFK441A1RGBFSHRT";
/// The service's default, in days.
const RETENTION: u32 = 30;

/// An organization.
#[derive(Clone, Debug, PartialEq)]
pub struct Organization {
    /// `org_…`
    pub id: String,
    /// Display name.
    pub name: String,
    /// External ID.
    pub external_id: Option<String>,
    /// An object of strings.
    pub metadata: Value,
    /// The number of days for which its events are kept.
    pub retention_days: u32,
    /// When it was made.
    pub created_at: Millis,
    /// When it was changed last.
    pub updated_at: Millis,
    /// In the order of the request.
    pub domains: Vec<Domain>,
}

/// A domain of an organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain {
    /// `org_domain_…`
    pub id: String,
    /// `example.com`
    pub name: String,
    /// `pending` or `verified`
    pub state: String,
    /// When it was added.
    pub created_at: Millis,
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
    transaction: &Transaction<'_>,
    id: Option<String>,
    new: Change,
    now: Millis,
) -> rusqlite::Result<Option<Organization>> {
    let id = id.unwrap_or_else(|| id::new(Kind::Organization, now));
    let external_id = new.external_id.as_ref().and_then(Value::as_str);
    let metadata = merged(&Value::Null, new.metadata.unwrap_or_default()).to_string();
    let added = transaction
        .prepare_cached(
            "INSERT INTO organizations (id, name, external_id, metadata, retention_days, created_at, updated_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6) ON CONFLICT DO NOTHING",
        )?
        .execute((&id, new.name.unwrap_or_default(), external_id, metadata, RETENTION, now))?;
    if added == 0 {
        return Ok(None);
    }
    for (domain, state) in new.domains.unwrap_or_default() {
        add_domain(transaction, &id, &domain, &state, now)?;
    }
    get(transaction, &id)
}

/// Changes one; `None` where another organization has the external ID.
pub fn update(
    transaction: &Transaction<'_>,
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
    let name = change.name.unwrap_or(before.name);
    let sql = "UPDATE OR IGNORE organizations SET name = ?, external_id = ?, metadata = ?, updated_at = ? WHERE id = ?";
    let changed = transaction.prepare_cached(sql)?.execute((
        name,
        external_id,
        metadata.to_string(),
        now,
        &before.id,
    ))?;
    if changed == 0 {
        return Ok(None);
    }
    if let Some(domains) = change.domains {
        set_domains(transaction, &before.id, &domains, now)?;
    }
    get(transaction, &before.id)
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

/// Removes one, with its domains and links; false where there is none.
pub fn delete(transaction: &Transaction<'_>, id: &str) -> rusqlite::Result<bool> {
    for owned in ["domains", "portal_links"] {
        transaction
            .prepare_cached(&format!("DELETE FROM {owned} WHERE organization_id = ?"))?
            .execute([id])?;
    }
    Ok(transaction
        .prepare_cached("DELETE FROM organizations WHERE id = ?")?
        .execute([id])?
        > 0)
}

/// Those that are there already keep their ids.
fn set_domains(
    transaction: &Transaction<'_>,
    id: &str,
    domains: &[(String, String)],
    now: Millis,
) -> rusqlite::Result<()> {
    let names: Value = domains.iter().map(|(name, _)| name.as_str()).collect();
    transaction
        .prepare_cached("DELETE FROM domains WHERE organization_id = ? AND domain NOT IN (SELECT value FROM json_each(?))")?
        .execute((id, names.to_string()))?;
    for (name, state) in domains {
        let known = transaction
            .prepare_cached(
                "UPDATE domains SET state = ? WHERE organization_id = ? AND domain = ?",
            )?
            .execute((state, id, name))?;
        if known == 0 {
            add_domain(transaction, id, name, state, now)?;
        }
    }
    Ok(())
}

fn add_domain(
    transaction: &Transaction<'_>,
    organization: &str,
    name: &str,
    state: &str,
    now: Millis,
) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("INSERT INTO domains (id, organization_id, domain, state, created_at) VALUES (?, ?, ?, ?, ?)")?
        .execute((id::new(Kind::Domain, now), organization, name, state, now))?;
    Ok(())
}

/// The oldest one's id; makes [`FIRST`], where there is none at all.
pub fn first(transaction: &Transaction<'_>, now: Millis) -> rusqlite::Result<String> {
    let oldest = transaction
        .query_row(
            "SELECT id FROM organizations ORDER BY sequence LIMIT 1",
            [],
            |row| row.get(0),
        )
        .optional()?;
    if let Some(id) = oldest {
        return Ok(id);
    }
    let example = Change {
        name: Some("Example".to_owned()),
        ..Change::default()
    };
    add(transaction, Some(FIRST.to_owned()), example, now)?;
    Ok(FIRST.to_owned())
}

/// Whether it is there.
pub fn exists(transaction: &Transaction<'_>, id: &str) -> rusqlite::Result<bool> {
    transaction
        .prepare_cached("SELECT 1 FROM organizations WHERE id = ?")?
        .exists([id])
}

/// The organization, where it is there.
pub fn get(transaction: &Transaction<'_>, id: &str) -> rusqlite::Result<Option<Organization>> {
    find(transaction, "id", id)
}

/// The organization that the customer calls so, where it is there.
pub fn get_by_external_id(
    transaction: &Transaction<'_>,
    external_id: &str,
) -> rusqlite::Result<Option<Organization>> {
    find(transaction, "external_id", external_id)
}

fn find(
    transaction: &Transaction<'_>,
    column: &str,
    value: &str,
) -> rusqlite::Result<Option<Organization>> {
    let sql = format!("{SELECT} FROM organizations o WHERE o.{column} = ?");
    let mut found = transaction
        .prepare_cached(&sql)?
        .query_row([value], read)
        .optional()?;
    if let Some(organization) = &mut found {
        organization.domains = domains_of(transaction, &organization.id)?;
    }
    Ok(found)
}

/// A page of those whose name holds `search` and that have one of the domains; `None` where the cursor is of none of them.
pub fn list(
    transaction: &Transaction<'_>,
    search: Option<&str>,
    domains: Option<&str>,
    wanted: &Wanted,
) -> rusqlite::Result<Option<Page<Organization>>> {
    let text = |value: Option<&str>| value.map_or(Sql::Null, |value| Sql::Text(value.to_owned()));
    let list = List {
        select: SELECT,
        from: "FROM organizations o WHERE (?1 IS NULL OR instr(lower(o.name), lower(?1)) > 0)
            AND (?2 IS NULL OR EXISTS (SELECT 1 FROM domains d WHERE d.organization_id = o.id
                AND lower(d.domain) IN (SELECT lower(value) FROM json_each(?2))))",
        alias: "o",
        params: vec![text(search), text(domains)],
        read,
    };
    let mut page = list.page(transaction, wanted)?;
    for organization in page.iter_mut().flat_map(|page| &mut page.items) {
        organization.domains = domains_of(transaction, &organization.id)?;
    }
    Ok(page)
}

/// Sets for how many days events are kept; false where there is no such organization.
pub fn set_retention(
    transaction: &Transaction<'_>,
    id: &str,
    days: u32,
    now: Millis,
) -> rusqlite::Result<bool> {
    let sql = "UPDATE organizations SET retention_days = ?, updated_at = ? WHERE id = ?";
    Ok(transaction.prepare_cached(sql)?.execute((days, now, id))? > 0)
}

const SELECT: &str = "SELECT o.sequence, o.id, o.name, o.external_id, o.metadata, o.retention_days, o.created_at, o.updated_at";

fn read(row: &Row<'_>) -> rusqlite::Result<Organization> {
    Ok(Organization {
        id: row.get(1)?,
        name: row.get(2)?,
        external_id: row.get(3)?,
        metadata: row.get(4)?,
        retention_days: row.get(5)?,
        created_at: row.get(6)?,
        updated_at: row.get(7)?,
        domains: Vec::new(),
    })
}

fn domains_of(transaction: &Transaction<'_>, id: &str) -> rusqlite::Result<Vec<Domain>> {
    let sql = "SELECT id, domain, state, created_at FROM domains WHERE organization_id = ? ORDER BY sequence";
    let mut statement = transaction.prepare_cached(sql)?;
    let domains = statement.query_map([id], |row| {
        Ok(Domain {
            id: row.get(0)?,
            name: row.get(1)?,
            state: row.get(2)?,
            created_at: row.get(3)?,
        })
    })?;
    domains.collect()
}
