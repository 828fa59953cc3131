//! Actors of several kinds, and targets with types of their own.

use audit_core::{AuditEntity, AuditEvent, Text};
use serde_json::Value;

use super::{Role, Team, User, is};

#[derive(AuditEntity)]
#[audit(type = "api_key")]
struct ApiKey {
    #[audit(id)]
    id: u64,
    #[audit(metadata)]
    role: Option<Role>,
    #[audit(metadata)]
    scope: Text<20>,
    #[audit(metadata)]
    admin: bool,
}

#[derive(AuditEntity)]
#[audit(type = "job")]
struct Job {
    #[audit(id)]
    id: u64,
    #[audit(metadata)]
    role: Role,
    #[audit(metadata)]
    admin: bool,
}

/// A key is required where all variants require it.
#[derive(AuditEntity)]
enum Keys {
    ApiKey(ApiKey),
    Job(Job),
}

#[derive(AuditEntity)]
enum Subject {
    User(User),
    Keys(Job),
    #[audit(type = "system", id = "cron")]
    Cron,
}

#[derive(AuditEvent)]
#[audit(action = "golden.union", version = 1)]
struct Union {
    #[audit(actor)]
    keys: Keys,
    #[audit(target, type = "z_source")]
    source: ApiKey,
    #[audit(target)]
    team: Team,
    #[audit(target, type = "a_destination")]
    destination: [ApiKey; 2],
    #[audit(target, type = "t_eam")]
    escaped: Team,
}

#[test]
fn unions_and_targets() {
    let key = r#"{"metadata": {"additionalProperties": false, "properties": {
      "admin": {"type": "boolean"},
      "role": {"enum": ["admin", "member"], "type": "string"},
      "scope": {"maxLength": 20, "type": "string"}
    }, "required": ["admin", "scope"], "type": "object"}, "type": "#;
    let body = format!(
        r#"{{
  "actor": {{"metadata": {{"additionalProperties": false, "properties": {{
      "admin": {{"type": "boolean"}},
      "role": {{"enum": ["admin", "member"], "type": "string"}},
      "scope": {{"maxLength": 20, "type": "string"}}
    }}, "required": ["admin"], "type": "object"}}}},
  "metadata": {{"additionalProperties": false, "properties": {{}}, "type": "object"}},
  "targets": [
    {key}"a_destination"}},
    {{"metadata": {{"additionalProperties": false, "properties": {{}}, "type": "object"}}, "type": "t_eam"}},
    {{"metadata": {{"additionalProperties": false, "properties": {{}}, "type": "object"}}, "type": "team"}},
    {key}"z_source"}}
  ]
}}
"#
    );
    is(Union::SCHEMA_JSON, &body);
}

#[derive(AuditEvent)]
#[audit(action = "golden.unit", version = 1, actor = Subject)]
struct ByUnit {
    #[audit(target, split = "batch")]
    teams: Vec<Team>,
}

/// A unit variant has no metadata, so it requires none.
#[test]
fn unit_variants_require_nothing() {
    let schema: Value = serde_json::from_str(ByUnit::SCHEMA_JSON).unwrap();
    let actor = &schema["actor"]["metadata"];
    assert!(actor.get("required").is_none(), "{actor}");
    let keys: Vec<_> = actor["properties"].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["admin", "role"]);
    assert!(ByUnit::SCHEMA_JSON.contains("      \"batch\": {"));
}
