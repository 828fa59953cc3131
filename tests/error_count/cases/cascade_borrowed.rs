//! A broken event whose optional fields borrow: its setters name the lifetime.

use audit_core::{AuditEvent, Context};

use crate::common::{Team, User, team, user};

#[derive(AuditEvent)]
#[audit(action = "a.borrowed", version = 1)]
pub struct Borrowed<'a> {
    #[audit(actor)]
    user: &'a User,
    #[audit(target)]
    team: Team,
    note: Option<&'a str>,
    #[audit(maxlen = 5)] //~
    text: String,
}

pub fn builder<'a>(user: &'a User, note: Option<&'a str>) -> Result<audit_core::Event, audit_core::BuildError> {
    let builder = Borrowed::builder().user(user).team(team()).maybe_note(note);
    builder.text("x").context(Context::empty()).try_build()
}

pub fn used() -> bool {
    builder(&user(), None).is_ok()
}
