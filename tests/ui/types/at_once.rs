//! Mistakes of different kinds in one item, all at once: what its tokens show and what its types do.

use audit_core::{AuditEntity, AuditEvent, AuditMetadata};

struct Plain;

#[derive(AuditEvent)]
#[audit(action = "Bad Action", version = 1, actor = Plain)]
struct Event {
    #[audit(target)]
    team: Plain,
    #[audit(max_len = 0)]
    note: String,
    plain: Plain,
    #[audit(flatten)]
    group: Plain,
    #[audit(context)]
    place: Plain,
    #[audit(occurred_at)]
    at: Plain,
    #[audit(display)]
    shown: Option<Plain>,
}

#[derive(AuditEntity)]
#[audit(type = "")]
struct Entity {
    #[audit(id)]
    id: Plain,
    #[audit(name)]
    name: Option<Plain>,
    #[audit(metadata)]
    plain: Plain,
    secret: Plain,
}

#[derive(AuditEntity)]
enum Principal {
    Plain(Plain),
    Nobody,
}

#[derive(AuditMetadata)]
struct Group {
    #[audit(rename = "a b")]
    first: bool,
    plain: Option<Plain>,
}

fn main() {}
