//! The same where an alias hides the `Option` from the derive.

use audit_core::{AuditEntity, AuditEvent};

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User {
    #[audit(id)]
    id: String,
}

type Maybe<T> = Option<T>;
type MaybeUser = Option<User>;

#[derive(AuditEvent)]
#[audit(action = "r.alias_target", version = 1)]
struct AliasTarget {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Maybe<User>,
}

#[derive(AuditEvent)]
#[audit(action = "r.alias_beside", version = 1)]
struct AliasBeside {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    #[audit(target, type = "other")]
    other: MaybeUser,
}

#[derive(AuditEvent)]
#[audit(action = "r.alias_actor", version = 1)]
struct AliasActor {
    #[audit(actor)]
    user: MaybeUser,
    #[audit(target)]
    team: User,
}

fn main() {}
