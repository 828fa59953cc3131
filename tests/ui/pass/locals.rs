//! Functions named like locals of the generated code.

use audit_core::{Actor, AuditEntity, AuditEvent, AuditMetadata, Context};

fn split(value: &u8) -> u8 {
    *value
}
fn out(value: &u8) -> u8 {
    *value
}
fn held(value: &u8) -> u8 {
    *value
}
fn fields(value: &u8) -> u8 {
    *value
}
fn value(value: &u8) -> u8 {
    *value
}

#[derive(AuditEntity)]
#[audit(type = "team")]
struct Team {
    #[audit(id)]
    id: u8,
    #[audit(metadata, with = out)]
    first: u8,
    #[audit(metadata, with = value)]
    second: u8,
    #[audit(flatten)]
    group: Group,
}

#[derive(AuditMetadata)]
struct Group {
    #[audit(with = value)]
    third: u8,
    #[audit(with = held)]
    fourth: u8,
}

#[derive(AuditEvent)]
#[audit(action = "pass.locals", version = 1, actor = Actor)]
struct Locals {
    #[audit(target)]
    team: Team,
    #[audit(with = split)]
    split: u8,
    #[audit(with = out)]
    out: u8,
    #[audit(with = held)]
    held: u8,
    #[audit(with = fields)]
    fields: u8,
}

fn main() {
    let team = Team { id: 1, first: 2, second: 3, group: Group { third: 4, fourth: 5 } };
    let locals = Locals { team, split: 6, out: 7, held: 8, fields: 9 };
    let event = locals.into_event_with_actor(&Actor::new("system", "cron"), Context::empty());
    assert!(event.as_json().ends_with(r#""metadata":{"split":6,"out":7,"held":8,"fields":9}}"#), "{}", event.as_json());
}
