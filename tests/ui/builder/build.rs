//! `build()` where something can be rejected: it says which type is in the way.

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
    Free::builder().user(user()).team(user()).text("").context(Context::empty()).build()
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
    Limited::builder().user(user()).team(user()).text("").context(Context::empty()).build()
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
    Optional::builder().user(user()).team(user()).context(Context::empty()).build()
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
    Float::builder().user(user()).team(user()).float(1.0).context(Context::empty()).build()
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
    Single::builder().user(user()).team(user()).float(1.0).context(Context::empty()).build()
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
    Wide::builder().user(user()).team(user()).wide(1).context(Context::empty()).build()
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
    Signed::builder().user(user()).team(user()).wide(1).context(Context::empty()).build()
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
    Pointer::builder().user(user()).team(user()).wide(1).context(Context::empty()).build()
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
    List::builder().user(user()).team(user()).more(Vec::new()).context(Context::empty()).build()
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
    Slice::builder().user(user()).team(user()).more(&[] as &[User]).context(Context::empty()).build()
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
    Narrower::builder().user(user()).team(user()).text(Text::truncated("")).context(Context::empty()).build()
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
    Shown::builder().user(user()).team(user()).path(Shout).context(Context::empty()).build()
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
    Converted::builder().user(user()).team(user()).byte(1).context(Context::empty()).build()
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
    Flattened::builder().user(user()).team(user()).group(Group { note: String::new() }).context(Context::empty()).build()
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
    Targeted::builder().user(user()).team(user()).space(space()).context(Context::empty()).build()
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
    Wrapped::builder().user(user()).team(user()).id(Name(String::new())).context(Context::empty()).build()
}

#[derive(AuditEvent)]
#[audit(action = "b.joined", version = 1)]
struct Joined {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    #[audit(join)]
    items: Vec<u8>,
}

fn joined() -> Event {
    Joined::builder().user(user()).team(user()).items(vec![1]).context(Context::empty()).build()
}

#[derive(AuditEvent)]
#[audit(action = "b.joined_short", version = 1)]
struct JoinedShort {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    #[audit(join = "; ", max_len = 9)]
    items: Vec<u8>,
}

fn joined_short() -> Event {
    JoinedShort::builder().user(user()).team(user()).items(vec![1]).context(Context::empty()).build()
}

fn main() {}
