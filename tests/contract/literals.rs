//! Events without a builder: struct literals are all there is.

use std::time::{Duration, SystemTime};

use audit_core::{Actor, AuditEvent, Context, Envelope, Limit, Text, Timestamp};
use serde_json::json;

use crate::fixtures::{
    Document, Team, User, broken, context, document, metadata, repeated, team, timeless, user,
};

#[derive(AuditEvent)]
#[audit(action = "suite.literal", version = 2, builder = false)]
struct Literal<'a> {
    #[audit(actor)]
    by: User,
    #[audit(target)]
    team: &'a Team,
    #[audit(target)]
    documents: Vec<Document>,
    // Each would be a setter that is taken.
    actor: u8,
    context: Option<&'a str>,
    occurred_at: Text<4>,
    build: bool,
    try_build: bool,
    encode_into: i32,
    maybe_context: Option<u8>,
    #[audit(skip)]
    cached: bool,
}

#[derive(AuditEvent)]
#[audit(action = "suite.literal", version = 2, builder = true)]
struct Built<'a> {
    #[audit(actor)]
    by: User,
    #[audit(target)]
    team: &'a Team,
    #[audit(target)]
    documents: Vec<Document>,
    #[audit(rename = "actor")]
    a: u8,
    #[audit(rename = "context")]
    b: Option<&'a str>,
    #[audit(rename = "occurred_at")]
    c: Text<4>,
    #[audit(rename = "build")]
    d: bool,
    #[audit(rename = "try_build")]
    e: bool,
    #[audit(rename = "encode_into")]
    f: i32,
    #[audit(rename = "maybe_context")]
    g: Option<u8>,
}

#[derive(AuditEvent)]
#[audit(action = "suite.literal_own", version = 1, builder = false)]
struct OwnContext {
    #[audit(actor)]
    actor: Actor,
    #[audit(target)]
    team: Team,
    #[audit(context)]
    from: Context,
    #[audit(occurred_at)]
    at: Option<SystemTime>,
    flag: bool,
}

#[derive(AuditEvent)]
#[audit(action = "suite.literal_by", version = 1, actor = User, builder = false)]
struct CallersActor<'a> {
    #[audit(target)]
    team: Team,
    actor: &'a str,
}

#[derive(AuditEvent)]
#[audit(action = "suite.literal_split", version = 1, builder = false)]
struct Splitting {
    #[audit(actor)]
    by: Actor,
    #[audit(target, split = "batch")]
    documents: Vec<Document>,
    #[audit(occurred_at)]
    at: SystemTime,
    try_build_all: bool,
}

/// What a type without a `builder` of its own has.
trait NoBuilder {
    fn builder() -> &'static str {
        "none"
    }
}
impl NoBuilder for Literal<'_> {}
impl NoBuilder for OwnContext {}
impl NoBuilder for CallersActor<'_> {}

fn literal(team: &Team) -> Literal<'_> {
    Literal {
        by: user(),
        team,
        documents: vec![document("o")],
        actor: 1,
        context: Some("c"),
        occurred_at: Text::truncated("late"),
        build: true,
        try_build: false,
        encode_into: -1,
        maybe_context: None,
        cached: true,
    }
}

#[test]
fn there_is_no_builder() {
    assert_eq!(
        (
            Literal::builder(),
            OwnContext::builder(),
            CallersActor::builder()
        ),
        ("none", "none", "none")
    );
}

#[test]
fn the_event_is_the_builder_s() {
    let team = team();
    let built = Built::builder()
        .by(user())
        .team(&team)
        .documents(vec![document("o")])
        .a(1)
        .b("c")
        .c(Text::truncated("late"));
    let built = built
        .d(true)
        .e(false)
        .f(-1)
        .context(context())
        .try_build()
        .expect("it is valid");
    let event = literal(&team)
        .try_into_event(context())
        .expect("it is valid");
    assert_eq!(timeless(&event), timeless(&built));
    assert_eq!(Literal::SCHEMA_JSON, Built::SCHEMA_JSON);
    assert_eq!((Literal::ACTION, Literal::VERSION), ("suite.literal", 2));
    let mut bytes = Vec::new();
    let at = Envelope::new(context()).occurred_at(Timestamp::from(SystemTime::UNIX_EPOCH));
    literal(&team)
        .encode_into(at.clone(), &mut bytes)
        .expect("it is valid");
    assert_eq!(
        bytes,
        literal(&team)
            .try_into_event(at)
            .expect("it is valid")
            .as_json()
            .as_bytes()
    );
}

#[test]
fn violations_are_all_there() {
    let team = team();
    let long = repeated('x', 501);
    let event = Literal {
        documents: Vec::new(),
        context: Some(&long),
        ..literal(&team)
    };
    let expected = [
        ("/targets".to_owned(), Limit::TargetType("document")),
        ("/metadata/context".to_owned(), Limit::Characters(500)),
    ];
    assert_eq!(broken(event.try_into_event(context())), expected);
}

#[test]
fn own_context_and_time() {
    let event = || OwnContext {
        actor: Actor::new("system", "cron"),
        team: team(),
        from: context(),
        at: None,
        flag: true,
    };
    assert_eq!(
        event().into_event().to_value()["context"]["location"],
        "203.0.113.7"
    );
    let at = SystemTime::UNIX_EPOCH + Duration::from_millis(1);
    let built = OwnContext {
        at: Some(at),
        ..event()
    }
    .try_into_event()
    .expect("it is valid");
    assert_eq!(built.to_value()["occurred_at"], "1970-01-01T00:00:00.001Z");
}

#[test]
fn the_callers_actor() {
    let event = CallersActor {
        team: team(),
        actor: "a key",
    }
    .try_into_event_with_actor(&user(), context())
    .expect("it is valid");
    assert_eq!(metadata(&event), json!({"actor": "a key"}));
    assert_eq!(event.to_value()["actor"]["id"], "user_1");
}

#[test]
fn a_list_is_split() {
    let documents = (0..45)
        .map(|id| Document {
            id,
            owner: "o".into(),
        })
        .collect();
    let event = Splitting {
        by: Actor::new("system", "cron"),
        documents,
        at: SystemTime::UNIX_EPOCH,
        try_build_all: true,
    };
    let events = event.try_into_events(context()).expect("it is valid");
    let batches: Vec<_> = events
        .iter()
        .map(|event| metadata(event)["batch"].clone())
        .collect();
    assert!(
        batches.len() == 3
            && batches
                .iter()
                .all(|batch| batch.is_string() && *batch == batches[0]),
        "{batches:?}"
    );
    assert!(
        events
            .iter()
            .all(|event| event.to_value()["occurred_at"] == "1970-01-01T00:00:00.000Z")
    );
}
