//! What is missing or given too often: reported at the type's name or at the second of two.

use audit_core::{AuditEntity, AuditEvent, Context, Timestamp};

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User {
    #[audit(id)]
    id: String,
}

#[derive(AuditEvent)]
#[audit(action = "r.no_target", version = 1)]
struct NoTarget {
    #[audit(actor)]
    user: User,
    note: bool,
}

#[derive(AuditEvent)]
#[audit(action = "r.no_actor", version = 1)]
struct NoActor {
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = "r.neither", version = 1)]
struct Neither {
    note: bool,
}

#[derive(AuditEvent)]
#[audit(action = "r.two_actors", version = 1)]
struct TwoActors {
    #[audit(actor)]
    user: User,
    #[audit(actor)]
    other: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = "r.both_actors", version = 1, actor = User)]
struct BothActors {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = "r.two_contexts", version = 1)]
struct TwoContexts {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    #[audit(context)]
    from: Context,
    #[audit(context)]
    from_too: Context,
}

#[derive(AuditEvent)]
#[audit(action = "r.two_times", version = 1)]
struct TwoTimes {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    #[audit(occurred_at)]
    at: Timestamp,
    #[audit(occurred_at)]
    at_too: Timestamp,
}

#[derive(AuditEvent)]
#[audit(action = "r.two_splits", version = 1)]
struct TwoSplits {
    #[audit(actor)]
    user: User,
    #[audit(target, split = "batch")]
    teams: Vec<User>,
    #[audit(target, type = "other", split = "other_batch")]
    others: Vec<User>,
}

fn main() {}
