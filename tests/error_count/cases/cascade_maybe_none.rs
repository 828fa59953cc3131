//! A broken event that others use: `maybe_…(None)`.

use audit_core::{AuditEvent, Context, Text};

use crate::common::{Team, User, team, user};

#[derive(AuditEvent)]
#[audit(action = "broken", version = 1)] //~
pub struct Broken {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    flag: bool,
    note: Option<char>,
    #[audit(skip)]
    bad: u8,
}

mod uses {
    use audit_core::{AuditEvent, Context, Event};

    use super::Broken;
    use crate::common::{team, user};

    pub fn builder() -> Event {
        Broken::builder().user(user()).team(team()).flag(true).maybe_note(None).context(Context::empty()).build()
    }

    pub fn try_builder() -> String {
        Broken::builder().context(Context::empty()).flag(true).team(team()).user(user()).note('n').try_build().unwrap().into_json()
    }

    pub fn literal(broken: Broken) -> Event {
        broken.into_event(Context::empty())
    }

    pub fn try_literal() -> Event {
        Broken { user: user(), team: team(), flag: true, note: None, bad: Default::default() }
            .try_into_event(Context::empty())
            .unwrap()
    }

    pub const ALL: (&str, u32, &str) = (Broken::ACTION, Broken::VERSION, Broken::SCHEMA_JSON);

    pub fn record(value: impl AuditEvent) -> &'static str {
        let _ = value.try_into_event(Context::empty());
        ""
    }

    pub fn recorded(broken: Broken) {
        record(broken);
    }
}
