//! A broken group that is flattened, nested, and a broken value in it.

use audit_core::{AuditEvent, AuditMetadata, AuditValue, Context};

use crate::common::{Team, User, team, user};

#[derive(AuditValue)]
pub enum BrokenValue {
    A(u8), //~
}

#[derive(AuditMetadata)]
pub struct Broken {
    #[audit(max_len = 0)] //~
    note: String,
    value: BrokenValue,
}

#[derive(AuditMetadata)]
pub struct Outer {
    #[audit(flatten)]
    broken: Broken,
    flag: bool,
}

#[derive(AuditValue)]
pub struct Wrapper(BrokenValue);

#[derive(AuditEvent)]
#[audit(action = "c.group", version = 1)]
pub struct Uses {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    #[audit(flatten)]
    outer: Outer,
    wrapper: Wrapper,
    value: Option<BrokenValue>,
}

pub fn uses(outer: Outer, wrapper: Wrapper, value: BrokenValue) {
    let built = Uses::builder().user(user()).team(team()).outer(outer).wrapper(wrapper).value(value);
    let _ = built.context(Context::empty()).try_build();
}
