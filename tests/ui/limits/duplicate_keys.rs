//! One key, given twice within one item.

use audit_core::{AuditEntity, AuditEvent, AuditMetadata};

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User {
    #[audit(id)]
    id: String,
    #[audit(metadata)]
    plan: bool,
    #[audit(metadata, rename = "plan")]
    tariff: bool,
}

#[derive(AuditEvent)]
#[audit(action = "l.duplicate", version = 1)]
struct Event {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    #[audit(rename = "type")]
    kind: bool,
    r#type: bool,
}

#[derive(AuditEvent)]
#[audit(action = "l.duplicate_split", version = 1)]
struct SplitKey {
    #[audit(actor)]
    user: User,
    #[audit(target, split = "batch")]
    teams: Vec<User>,
    batch: bool,
}

#[derive(AuditMetadata)]
#[audit(rename_all = "camelCase")]
struct Group {
    run_id: bool,
    #[audit(rename = "runId")]
    run: bool,
}

fn main() {}
