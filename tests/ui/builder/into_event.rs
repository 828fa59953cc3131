//! `into_event(…)` where something can be rejected: it says which type is in the way.

use std::fmt::{self, Display, Formatter};

use audit_core::{AuditEntity, AuditEvent, AuditMetadata, AuditValue, Context, Event, Text};

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User {
    #[audit(id)]
    id: String,
}

fn user() -> User {
    User { id: String::new() }
}

#[derive(AuditMetadata)]
struct Group {
    note: String,
}

#[derive(AuditEntity)]
#[audit(type = "space")]
struct Space {
    #[audit(id)]
    id: u32,
    #[audit(metadata)]
    owner: String,
}

fn space() -> Space {
    Space { id: 1, owner: String::new() }
}

#[derive(AuditValue)]
struct Name(String);

struct Shout;

impl Display for Shout {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("!")
    }
}

fn to_text(byte: &u8) -> String {
    byte.to_string()
}

#[derive(AuditEvent)]
#[audit(action = "b.free", version = 1)]
struct Free {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    text: String,
}

fn free() -> Event {
    Free { user: user(), team: user(), text: String::new() }.into_event(Context::empty())
}

#[derive(AuditEvent)]
#[audit(action = "b.limited", version = 1)]
struct Limited {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    #[audit(max_len = 64)]
    text: String,
}

fn limited() -> Event {
    Limited { user: user(), team: user(), text: String::new() }.into_event(Context::empty())
}

#[derive(AuditEvent)]
#[audit(action = "b.optional", version = 1)]
struct Optional {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    text: Option<String>,
}

fn optional() -> Event {
    Optional { user: user(), team: user(), text: None }.into_event(Context::empty())
}

#[derive(AuditEvent)]
#[audit(action = "b.float", version = 1)]
struct Float {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    float: f64,
}

fn float() -> Event {
    Float { user: user(), team: user(), float: 1.0 }.into_event(Context::empty())
}

#[derive(AuditEvent)]
#[audit(action = "b.single", version = 1)]
struct Single {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    float: f32,
}

fn single() -> Event {
    Single { user: user(), team: user(), float: 1.0 }.into_event(Context::empty())
}

#[derive(AuditEvent)]
#[audit(action = "b.wide", version = 1)]
struct Wide {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    wide: u64,
}

fn wide() -> Event {
    Wide { user: user(), team: user(), wide: 1 }.into_event(Context::empty())
}

#[derive(AuditEvent)]
#[audit(action = "b.signed", version = 1)]
struct Signed {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    wide: i64,
}

fn signed() -> Event {
    Signed { user: user(), team: user(), wide: 1 }.into_event(Context::empty())
}

#[derive(AuditEvent)]
#[audit(action = "b.pointer", version = 1)]
struct Pointer {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    wide: usize,
}

fn pointer() -> Event {
    Pointer { user: user(), team: user(), wide: 1 }.into_event(Context::empty())
}

#[derive(AuditEvent)]
#[audit(action = "b.list", version = 1)]
struct List {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    #[audit(target)]
    more: Vec<User>,
}

fn list() -> Event {
    List { user: user(), team: user(), more: Vec::new() }.into_event(Context::empty())
}

#[derive(AuditEvent)]
#[audit(action = "b.slice", version = 1)]
struct Slice {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    #[audit(target)]
    more: &'static [User],
}

fn slice() -> Event {
    Slice { user: user(), team: user(), more: &[] }.into_event(Context::empty())
}

#[derive(AuditEvent)]
#[audit(action = "b.narrower", version = 1)]
struct Narrower {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    #[audit(max_len = 4)]
    text: Text<8>,
}

fn narrower() -> Event {
    Narrower { user: user(), team: user(), text: Text::truncated("") }.into_event(Context::empty())
}

#[derive(AuditEvent)]
#[audit(action = "b.shown", version = 1)]
struct Shown {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    #[audit(display)]
    path: Shout,
}

fn shown() -> Event {
    Shown { user: user(), team: user(), path: Shout }.into_event(Context::empty())
}

#[derive(AuditEvent)]
#[audit(action = "b.converted", version = 1)]
struct Converted {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    #[audit(with = to_text)]
    byte: u8,
}

fn converted() -> Event {
    Converted { user: user(), team: user(), byte: 1 }.into_event(Context::empty())
}

#[derive(AuditEvent)]
#[audit(action = "b.flattened", version = 1)]
struct Flattened {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    #[audit(flatten)]
    group: Group,
}

fn flattened() -> Event {
    Flattened { user: user(), team: user(), group: Group { note: String::new() } }.into_event(Context::empty())
}

#[derive(AuditEvent)]
#[audit(action = "b.targeted", version = 1)]
struct Targeted {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    #[audit(target)]
    space: Space,
}

fn targeted() -> Event {
    Targeted { user: user(), team: user(), space: space() }.into_event(Context::empty())
}

#[derive(AuditEvent)]
#[audit(action = "b.wrapped", version = 1)]
struct Wrapped {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    id: Name,
}

fn wrapped() -> Event {
    Wrapped { user: user(), team: user(), id: Name(String::new()) }.into_event(Context::empty())
}

fn main() {}
