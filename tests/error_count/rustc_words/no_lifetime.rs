//! Borrowed fields without a lifetime, or with one that isn't declared: rustc says so once, and the derives add nothing.

use audit_core::{AuditEntity, AuditEvent, AuditMetadata, AuditValue, Context};

use crate::common::{Team, User, team, user};

#[derive(AuditEvent)]
#[audit(action = "c.borrowed", version = 1)]
pub struct Borrowed {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    note: &str, //~
}

#[derive(AuditEvent)]
#[audit(action = "c.undeclared", version = 1)]
pub struct Undeclared {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: &'t Team, //~
    reason: Option<u8>,
}

#[derive(AuditEntity)]
#[audit(type = "x")]
pub struct Entity {
    #[audit(id)]
    id: &str, //~
}

#[derive(AuditMetadata)]
pub struct Group {
    word: Option<&str>, //~
}

#[derive(AuditValue)]
#[audit(max_len = 5)]
pub struct Newtype(&str); //~

#[derive(AuditEntity)]
pub enum Principal {
    User(&User), //~
}

pub fn uses() {
    let _ = Borrowed::builder().user(user()).team(team()).note("").context(Context::empty()).build();
    let _ = Undeclared::builder().user(user()).reason(1).team(&team()).context(Context::empty()).try_build();
    let _ = Newtype::new("de");
}
