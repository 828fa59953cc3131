//! A seed: organizations, schemas and events that are there from the start, read from a JSON file.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rusqlite::Connection;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::check::absent;
use crate::check::event::Checks;
use crate::clock::Millis;
use crate::error::Error;
use crate::id::is_organization;
use crate::ingest::ingest_within;
use crate::number::as_doubles;
use crate::register::register_missing;
use crate::store::organizations::{self, Change};
use crate::store::{Store, events};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Seed {
    #[serde(default)]
    organizations: Vec<Organization>,
    #[serde(default)]
    schemas: BTreeMap<String, Vec<Value>>,
    #[serde(default)]
    events: Vec<Event>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Organization {
    id: Option<String>,
    name: String,
    external_id: Option<String>,
    #[serde(default)]
    metadata: BTreeMap<String, String>,
    #[serde(default)]
    domains: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Event {
    organization_id: String,
    event: Value,
}

/// Adds what the file holds and the database doesn't.
pub fn plant(store: &Store, checks: &Checks, path: &Path, now: Millis) -> Result<(), Error> {
    let text = fs::read(path).map_err(|error| Error::io("read", path, &error))?;
    let help =
        "a seed is {\"organizations\": […], \"schemas\": {\"action\": […]}, \"events\": […]}";
    let at = |message: &str, help: &str| Error::new(format!("{}: {message}", path.display()), help);
    let seed: Seed = serde_json::from_slice(&text).map_err(|error| at(&error.to_string(), help))?;
    let planted = store.transaction(|db| {
        for organization in seed.organizations {
            plant_organization(db, organization, now)?;
        }
        for (action, versions) in seed.schemas {
            plant_schemas(db, &action, versions, now)?;
        }
        plant_events(db, checks, seed.events, now)
    });
    planted.map_err(|error: Error| at(error.message(), error.help()))
}

/// One that is there already stays as it is.
fn plant_organization(
    db: &Connection,
    organization: Organization,
    now: Millis,
) -> Result<(), Error> {
    let Organization {
        id,
        name,
        external_id,
        metadata,
        domains,
    } = organization;
    if let Some(id) = id.as_deref().filter(|id| !is_organization(id)) {
        return Err(Error::new(
            format!("{id:?} is no organization's id"),
            "it is `org_` and 26 of A-Z and 0-9",
        ));
    }
    let domains = domains
        .into_iter()
        .map(|domain| (domain, "verified".to_owned()))
        .collect();
    let new = Change {
        name: Some(name),
        external_id: external_id.map(Value::from),
        metadata: Some(json!(metadata)),
        domains: Some(domains),
    };
    organizations::add(db, id, new, now)?;
    Ok(())
}

fn plant_schemas(
    db: &Connection,
    action: &str,
    versions: Vec<Value>,
    now: Millis,
) -> Result<(), Error> {
    let placed = |(index, body)| (format!("schemas: {action}: {index}"), body);
    let versions = versions.into_iter().enumerate().map(placed);
    register_missing(db, action, versions, now)
}

/// Events have no name by which one could see whether they are there: they are added to a database without any.
fn plant_events(
    db: &Connection,
    checks: &Checks,
    events: Vec<Event>,
    now: Millis,
) -> Result<(), Error> {
    if events::newest(db)? > 0 {
        return Ok(());
    }
    for (
        index,
        Event {
            organization_id,
            event,
        },
    ) in events.into_iter().enumerate()
    {
        let mut body = json!({"organization_id": organization_id, "event": event});
        as_doubles(&mut body);
        absent::in_event(&mut body["event"]);
        let failed = |body: &Value| {
            Error::new(
                format!("events: {index}: {body}"),
                "the event has to obey its schema",
            )
        };
        let (status, response) =
            ingest_within(checks, db, &body, now).map_err(|refusal| failed(&refusal.body))?;
        if !status.is_success() {
            return Err(failed(&response));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plant_text(store: &Store, text: &str) -> Result<(), Error> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("seed.json");
        fs::write(&path, text).unwrap();
        plant(store, &Checks::default(), &path, 1_768_478_400_000)
    }

    const SEED: &str = r#"{
        "organizations": [{"id": "org_01EHZNVPK3SFK441A1RGBFSHRX", "name": "Acme", "domains": ["acme.example"]}],
        "schemas": {"team.signed_in": [{"targets": [{"type": "team"}]}, {"targets": [{"type": "user"}]}]},
        "events": [{"organization_id": "org_01EHZNVPK3SFK441A1RGBFSHRX", "event": {"action": "team.signed_in", "version": 1,
            "occurred_at": "2026-01-15T12:00:00.000Z", "actor": {"type": "user", "id": "1"},
            "targets": [{"type": "team", "id": "1"}], "context": {"location": "1.2.3.4"}}}]
    }"#;

    #[test]
    fn is_planted_once() {
        let store = Store::open(None).unwrap();
        for _ in 0..2 {
            plant_text(&store, SEED).unwrap();
            let counts = store.transaction(|db| {
                let versions = crate::store::schemas::count(db, "team.signed_in")?;
                let organizations: u32 =
                    db.query_row("SELECT count(*) FROM organizations", [], |row| row.get(0))?;
                Ok::<_, rusqlite::Error>((versions, organizations, events::newest(db)?))
            });
            assert_eq!(counts.unwrap(), (2, 1, 1));
        }
    }

    #[test]
    fn a_mistake_is_named_and_nothing_is_kept() {
        for (text, said) in [
            (
                "{\n  \"organisations\": []\n}",
                "unknown field `organisations`, expected one of `organizations`, `schemas`, `events` at line 2 column 17",
            ),
            ("{", "at line 1 column 1"),
            (
                r#"{"organizations": [{"name": "A", "id": "org_1"}]}"#,
                "\"org_1\" is no organization's id",
            ),
            (
                r#"{"schemas": {"a.b": [{"targets": []}]}}"#,
                "schemas: a.b: 0",
            ),
            (
                &SEED.replace("\"version\": 1", "\"version\": 3"),
                "version '3' has not been configured in this environment; its newest version is 2",
            ),
        ] {
            let store = Store::open(None).unwrap();
            let error = plant_text(&store, text).unwrap_err().to_string();
            assert!(
                error.contains(said) && error.contains("seed.json"),
                "{error}"
            );
            assert!(
                store
                    .transaction(crate::store::schemas::names)
                    .unwrap()
                    .is_empty()
            );
        }
    }
}
