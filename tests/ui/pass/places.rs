//! Events in function bodies, out of `macro_rules!`, with lifetimes, with aliases, and with everything at once.
#![forbid(unsafe_code)]
#![deny(warnings, rust_2018_idioms)]

use std::borrow::Cow;
use std::sync::Arc;

use audit_core::{Actor, AuditEntity, AuditEvent, AuditMetadata, AuditValue, Context, Text};

type Count = u32;
type Maybe = Option<String>;
type MaybeCount = Option<Count>;

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User<'a> {
    #[audit(id)]
    id: &'a str,
    #[audit(metadata)]
    email: Cow<'a, str>,
}

#[derive(AuditMetadata)]
struct Paged<T, const N: usize> {
    page: T,
    cursor: Text<N>,
}

#[derive(AuditMetadata)]
struct Nested<'a, T: Clone> {
    #[audit(flatten)]
    paged: Paged<T, 8>,
    label: &'a str,
}

#[derive(AuditEvent)]
#[audit(action = "l.lifetimes", version = 1)]
struct Lifetimes<'a, 'b> {
    #[audit(actor)]
    user: &'a User<'b>,
    #[audit(target)]
    one: User<'b>,
    #[audit(target)]
    many: &'a [User<'b>],
    #[audit(target, type = "watcher")]
    watchers: [User<'a>; 2],
    text: &'b str,
    optional: Option<&'a str>,
    cow: Cow<'a, str>,
    shared: Arc<str>,
    count: Count,
    maybe: Maybe,
    maybe_count_of: MaybeCount,
    #[audit(flatten)]
    nested: Nested<'a, u16>,
    #[audit(context)]
    context: &'a Context,
}

macro_rules! event {
    ($action:literal, $version:expr, $($field:ident: $type:ty),*) => {
        #[derive(AuditEvent)]
        #[audit(action = $action, version = $version, actor = Actor)]
        struct FromMacro {
            #[audit(target)]
            team: Team,
            $($field: $type,)*
            #[audit(max_len = 8)]
            inner: String,
        }
    };
}

macro_rules! value {
    ($name:ident { $($variant:ident),* }) => {
        #[derive(AuditValue)]
        enum $name { $($variant),* }
    };
}

#[derive(AuditEntity)]
#[audit(type = "team")]
struct Team {
    #[audit(id)]
    id: u64,
}

event!("m.from_macro", 3, flag: bool, count: Count, kind: Kind, maybe: Option<Text<4>>);
value!(Kind { A, B });

fn user(id: &str) -> User<'_> {
    User { id, email: "e".into() }
}

fn main() {
    let (actor, context) = (user("a"), Context::empty());
    let many = [user("b"), user("c")];
    let event = Lifetimes::builder()
        .user(&actor)
        .one(user("d"))
        .many(&many[..])
        .watchers([user("e"), user("f")])
        .text("t")
        .optional("o")
        .cow("c")
        .shared("s")
        .count(1)
        .maybe("m")
        .maybe_count_of(7)
        .nested(Nested { paged: Paged { page: 1, cursor: Text::truncated("c") }, label: "l" })
        .context(&context)
        .try_build()
        .unwrap();
    assert!(event.as_json().contains("\"maybe_count_of\":7"));

    let cron = Actor::new("system", "cron");
    let event = FromMacro { team: Team { id: 1 }, flag: true, count: 1, kind: Kind::B, maybe: None, inner: "i".into() };
    assert_eq!(event.try_into_event_with_actor(&cron, context).unwrap().version(), 3);
    let _ = FromMacro::builder()
        .team(Team { id: 1 })
        .flag(true)
        .count(1)
        .kind(Kind::A)
        .inner("i")
        .actor(&cron)
        .context(Context::empty())
        .try_build();

    #[derive(AuditValue)]
    enum Local {
        A,
    }

    /// Only here.
    #[derive(AuditEvent)]
    #[audit(action = "f.in_body", version = 1)]
    struct InBody {
        #[audit(actor)]
        actor: Actor,
        #[audit(target)]
        team: Team,
        local: Local,
    }
    let _ = InBody { actor: cron, team: Team { id: 1 }, local: Local::A }.into_event(Context::empty());
    let _ = InBody::builder().actor(Actor::new("a", "b")).team(Team { id: 1 }).local(Local::A).context(Context::empty()).build();
}
