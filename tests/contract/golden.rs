//! The canonical registration bodies, written by hand: bytes that may never change, because committed files and their hashes hold them.

#![expect(
    dead_code,
    reason = "only the schemas are looked at, no variant is ever made"
)]

use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr};

use audit_core::{Actor, AuditEntity, AuditEvent, AuditMetadata, AuditValue, Text};

mod second_opinion;
mod sorting;
mod unions;

#[derive(AuditValue)]
#[audit(rename_all = "snake_case")]
enum Role {
    Member,
    Admin,
}

#[derive(AuditValue)]
#[audit(max_len = 2)]
struct CountryCode(String);

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User {
    #[audit(id)]
    id: String,
    #[audit(metadata)]
    role: Role,
}

#[derive(AuditEntity)]
#[audit(type = "team")]
struct Team {
    #[audit(id)]
    id: String,
}

#[track_caller]
fn is(schema: &str, body: &str) {
    assert_eq!(schema, body);
}

/// The contract's own.
#[derive(AuditEvent)]
#[audit(action = "golden.contract", version = 1)]
struct Contract {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    mfa: bool,
    country: Option<CountryCode>,
}

#[test]
fn contract() {
    let body = r#"{
  "actor": {"metadata": {"additionalProperties": false, "properties": {
      "role": {"enum": ["admin", "member"], "type": "string"}
    }, "required": ["role"], "type": "object"}},
  "metadata": {"additionalProperties": false, "properties": {
      "country": {"maxLength": 2, "type": "string"},
      "mfa": {"type": "boolean"}
    }, "required": ["mfa"], "type": "object"},
  "targets": [
    {"metadata": {"additionalProperties": false, "properties": {}, "type": "object"}, "type": "team"}
  ]
}
"#;
    is(Contract::SCHEMA_JSON, body);
}

/// The same in another order, with descriptions, a setter less and another version.
#[derive(AuditEvent)]
#[audit(action = "golden.reordered", version = 2)]
struct Reordered<'a> {
    /// Where from.
    country: Option<&'a CountryCode>,
    /// With a second factor.
    mfa: bool,
    #[audit(skip)]
    cached: bool,
    /// Where.
    #[audit(target)]
    teams: Vec<Team>,
    /// Who.
    #[audit(actor)]
    user: &'a User,
}

#[test]
fn order_docs_and_holding_change_nothing() {
    is(Reordered::SCHEMA_JSON, Contract::SCHEMA_JSON);
}

#[derive(AuditEvent)]
#[audit(action = "golden.smallest", version = 1, actor = Actor)]
struct Smallest {
    #[audit(target)]
    team: Team,
}

#[test]
fn what_declares_no_metadata_is_closed() {
    let body = r#"{
  "actor": {"metadata": {"additionalProperties": false, "properties": {}, "type": "object"}},
  "metadata": {"additionalProperties": false, "properties": {}, "type": "object"},
  "targets": [
    {"metadata": {"additionalProperties": false, "properties": {}, "type": "object"}, "type": "team"}
  ]
}
"#;
    is(Smallest::SCHEMA_JSON, body);
}

#[derive(AuditValue)]
#[audit(open)]
enum Open {
    A,
}

#[derive(AuditValue)]
enum Escaped {
    #[audit(rename = "b\"\\\n\u{1}é🦀/")]
    B,
    #[audit(rename = "")]
    Empty,
}

#[derive(AuditValue)]
struct Wrapped(i64);

#[derive(AuditMetadata)]
struct Request {
    request_id: Text<36>,
    trace_id: Option<Text<32>>,
}

#[derive(AuditEvent)]
#[audit(action = "golden.types", version = 1, actor = Actor)]
struct Types<'a> {
    #[audit(target)]
    team: Team,
    string: String,
    cow: Option<Cow<'a, str>>,
    letter: char,
    byte: u8,
    wide: Option<u64>,
    wrapped: Wrapped,
    double: f64,
    single: Option<f32>,
    #[audit(rename = "Flag-1")]
    flag: bool,
    ip: IpAddr,
    v4: Ipv4Addr,
    id: uuid::Uuid,
    #[audit(max_len = 500)]
    longest: String,
    #[audit(max_len = 8)]
    narrowed: Text<9>,
    #[audit(max_len = 9)]
    kept: Text<8>,
    #[audit(truncate)]
    cut: String,
    #[audit(truncate = 10)]
    cut_short: Option<&'a str>,
    #[audit(display)]
    shown: u16,
    #[audit(display, max_len = 4)]
    shown_short: String,
    open: Open,
    escaped: Escaped,
    #[audit(flatten)]
    request: Request,
    r#type: bool,
}

#[test]
fn types() {
    let body = r#"{
  "actor": {"metadata": {"additionalProperties": false, "properties": {}, "type": "object"}},
  "metadata": {"additionalProperties": false, "properties": {
      "Flag-1": {"type": "boolean"},
      "byte": {"type": "integer"},
      "cow": {"type": "string"},
      "cut": {"maxLength": 500, "type": "string"},
      "cut_short": {"maxLength": 10, "type": "string"},
      "double": {"type": "number"},
      "escaped": {"enum": ["", "b\"\\\n\u0001é🦀/"], "type": "string"},
      "id": {"maxLength": 36, "type": "string"},
      "ip": {"maxLength": 45, "type": "string"},
      "kept": {"maxLength": 8, "type": "string"},
      "letter": {"maxLength": 1, "type": "string"},
      "longest": {"maxLength": 500, "type": "string"},
      "narrowed": {"maxLength": 8, "type": "string"},
      "open": {"type": "string"},
      "request_id": {"maxLength": 36, "type": "string"},
      "shown": {"maxLength": 5, "type": "string"},
      "shown_short": {"maxLength": 4, "type": "string"},
      "single": {"type": "number"},
      "string": {"type": "string"},
      "trace_id": {"maxLength": 32, "type": "string"},
      "type": {"type": "boolean"},
      "v4": {"maxLength": 15, "type": "string"},
      "wide": {"type": "integer"},
      "wrapped": {"type": "integer"}
    }, "required": ["Flag-1", "byte", "cut", "double", "escaped", "id", "ip", "kept", "letter", "longest", "narrowed", "open", "request_id", "shown", "shown_short", "string", "type", "v4", "wrapped"], "type": "object"},
  "targets": [
    {"metadata": {"additionalProperties": false, "properties": {}, "type": "object"}, "type": "team"}
  ]
}
"#;
    is(Types::SCHEMA_JSON, body);
}
