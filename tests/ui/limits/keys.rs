//! Keys that the service rejects, at the token that names them.

use audit_core::{AuditEntity, AuditEvent, AuditMetadata};

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User {
    #[audit(id)]
    id: String,
    #[audit(metadata, rename = "e mail")]
    email: bool,
    #[audit(metadata, rename = "")]
    plan: bool,
}

#[derive(AuditEvent)]
#[audit(action = "l.keys", version = 1)]
struct Event {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    #[audit(rename = "")]
    empty: bool,
    #[audit(rename = "a.b")]
    dot: bool,
    #[audit(rename = "Größe")]
    not_ascii: bool,
    größe: bool,
    #[audit(rename = "Abcdefghijklmnopqrstuvwxyz_abcdefghijklmn")]
    long: bool,
    abcdefghijklmnopqrstuvwxyz_abcdefghijklmn: bool,
    #[audit(rename = "abcdefghijklmnopqrstuvwxyz_abcdefghijklm")]
    just_right: bool,
}

#[derive(AuditEvent)]
#[audit(action = "l.split_key", version = 1)]
struct SplitKey {
    #[audit(actor)]
    user: User,
    #[audit(target, split = "a b")]
    teams: Vec<User>,
}

#[derive(AuditMetadata)]
#[audit(rename_all = "SCREAMING-KEBAB-CASE")]
struct Group {
    #[audit(rename = "a/b")]
    slash: bool,
}

fn main() {}
